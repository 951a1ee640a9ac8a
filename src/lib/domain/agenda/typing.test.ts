import { expect, test } from 'vitest';
import { readTimes } from './times.ts';
import { blankEvent, checkEvent, type EventFormContext, type TypedEvent, typedEvent } from './typing.ts';

const context: EventFormContext = {
	today: '2026-11-24',
	before: null,
	communes: ['bourg', 'haut'],
	maybeEverywhere: true,
	themes: ['parentalite'],
	places: [{ id: 7, nom: 'Salle de l’Étang' }]
};
const form = (own: Partial<TypedEvent>): TypedEvent => ({
	...blankEvent([]),
	titre: 'Café des parents',
	jour: '2026-12-08',
	...own
});
const read = (own: Partial<TypedEvent>, more: Partial<EventFormContext> = {}) =>
	checkEvent(form(own), { ...context, ...more });

test.each([
	['9h30-11h', '09:30', '11:00'],
	['de 9 h 30 à 11 h 30', '09:30', '11:30'],
	['18h', '18:00', null],
	['18:00 - 20:15', '18:00', '20:15'],
	['20h à minuit', '20:00', '00:00'],
	['midi – 14h', '12:00', '14:00'],
	['à 9h', '09:00', null],
	['9\u202fh\u202f30 – 11\u202fh', '09:30', '11:00'],
	['20h-24h', '20:00', '00:00'],
	['10 heures', '10:00', null]
])('« %s » is from %s to %s', (typed, debut, fin) => {
	expect(readTimes(typed)).toEqual({ debut, fin });
});

test.each(['', 'matin', '25h', '9h75', '9', '9h-9h', '9h30-11h-12h', '9h30 a', '99:99', '9h30-25h'])(
	'« %s » is no time',
	(typed) => {
		expect(readTimes(typed)).toBeUndefined();
	}
);

test('a title and a day are enough', () => {
	expect(read({}).output).toMatchObject({
		titre: 'Café des parents',
		debut: '2026-12-08',
		fin: null,
		rrule: null,
		communes: []
	});
});

test('hours, place and repetition are read as people write them', () => {
	expect(
		read({
			heures: '9h30-11h30',
			lieu: "salle de l'étang",
			repetition: 'rang',
			jusqu_au: '2027-06-30',
			hors_vacances: 'oui',
			dates_plus: '17/12/2026',
			dates_moins: '12.1.27'
		}).output
	).toMatchObject({
		debut: '2026-12-08T09:30',
		fin: '2026-12-08T11:30',
		service_id: 7,
		rrule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630',
		hors_vacances: true,
		dates: [
			{ debut: '2026-12-17T09:30', nature: 'ajout', mot: '' },
			{ debut: '2027-01-12T09:30', nature: 'retrait', mot: '' }
		]
	});
	expect(read({ heures: '20h-2h' }).output).toMatchObject({ fin: '2026-12-09T02:00' });
	expect(read({ repetition: 'semaine', jours: ['5', '5', 'x', '9'] }).output?.rrule).toBe(
		'FREQ=WEEKLY;BYDAY=TU,FR'
	);
	expect(read({ jour: '2026-12-29', repetition: 'rang' }).output?.rrule).toBe('FREQ=MONTHLY;BYDAY=-1TU');
});

test.each([
	[{ titre: ' ' }, 'titre'],
	[{ titre: 'a'.repeat(81) }, 'titre'],
	[{ jour: '' }, 'jour'],
	[{ jour: '2026-02-30' }, 'jour'],
	[{ jour: '2062-12-08' }, 'jour'],
	[{ heures: 'le matin' }, 'heures'],
	[{ jour_fin: '2026-12-07' }, 'jour_fin'],
	[{ jour_fin: '2026-12-10', heures: '18h' }, 'heures'],
	[{ repetition: '__proto__' }, 'repetition'],
	[{ repetition: 'dernier' }, 'repetition'],
	[{ repetition: 'semaine', jusqu_au: '2026-12-01' }, 'jusqu_au'],
	[{ repetition: 'semaine', jusqu_au: 'bientôt' }, 'jusqu_au'],
	[{ repetition: 'dates' }, 'dates_plus'],
	[{ dates_plus: '31/02/2027' }, 'dates_plus'],
	[{ dates_moins: 'à Noël' }, 'dates_moins'],
	[{ telephone: '04' }, 'telephone'],
	[{ courriel: 'moi' }, 'courriel'],
	[{ lien: 'javascript:alert(1)' }, 'lien'],
	[{ frais: 'cher' }, 'frais']
] as [Partial<TypedEvent>, string][])('%j is told beside its field', (own, field) => {
	const { errors, output } = read(own);
	expect(output).toBeUndefined();
	expect(Object.keys(errors ?? {})).toEqual([field]);
});

test('a project has no date, and says so', () => {
	expect(read({ jour: '', sans_date: 'oui', heures: '9h', repetition: 'semaine' }).output).toMatchObject({
		debut: null,
		rrule: null
	});
});

test('a mairie says for which of its communes, and for no other', () => {
	expect(read({}, { maybeEverywhere: false }).errors).toHaveProperty('communes');
	expect(read({ communes: ['bourg', 'ailleurs'] }, { maybeEverywhere: false }).output?.communes).toEqual([
		'bourg'
	]);
});

test('what was typed comes back as it was, and changes nothing when sent again', () => {
	for (const own of [
		{
			heures: '9h30-11h30',
			repetition: 'quinzaine',
			jours: ['4'],
			jusqu_au: '2027-06-30',
			hors_vacances: 'oui',
			dates_moins: '12/01/2027'
		},
		{ heures: '20h-2h', repetition: 'dates', dates_plus: '17/12/2026' },
		{ heures: '20h-minuit' },
		{ jour_fin: '2026-12-10' },
		{ jour_fin: '2026-12-10', heures: '18h-17h' },
		{ jour: '', sans_date: 'oui' },
		{
			jour: '2026-12-29',
			repetition: 'dernier',
			communes: ['haut'],
			telephone: '04 65 71 00 01',
			frais: 'gratuit',
			lien: 'exemple.fr'
		}
	] as Partial<TypedEvent>[]) {
		const { output } = read(own);
		if (!output) throw new Error(JSON.stringify(own));
		expect(checkEvent(typedEvent(output, null), { ...context, before: output }).output).toEqual(output);
	}
});

test('a cancelled date stays cancelled when the hour changes', () => {
	const { output } = read({ heures: '9h', repetition: 'semaine' });
	if (!output) throw new Error('nothing');
	const before = {
		...output,
		dates: [{ debut: '2026-12-15T09:00', nature: 'annulation' as const, mot: 'grève' }]
	};
	expect(
		checkEvent({ ...typedEvent(before, null), heures: '10h' }, { ...context, before }).output?.dates
	).toEqual([{ debut: '2026-12-15T10:00', nature: 'annulation', mot: 'grève' }]);
});
