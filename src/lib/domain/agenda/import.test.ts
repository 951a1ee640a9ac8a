import { expect, test } from 'vitest';
import { eventSchema } from './event.ts';
import * as v from 'valibot';
import { calendarOf } from './ics.ts';
import { CalendarFileError, readCalendar } from './import.ts';
import { occurrencesOf } from './occurrences.ts';

const calendar = (...lines: string[]) =>
	['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]) =>
	calendar('BEGIN:VEVENT', 'UID:a', 'SUMMARY:Loto', ...lines, 'END:VEVENT');
const one = (...lines: string[]) => readCalendar(event(...lines)).events[0];

test.each([
	[
		'of Paris',
		['DTSTART;TZID=Europe/Paris:20261205T140000', 'DTEND;TZID=Europe/Paris:20261205T180000'],
		'2026-12-05T14:00',
		'2026-12-05T18:00'
	],
	[
		'in UTC, in winter',
		['DTSTART:20261205T130000Z', 'DTEND:20261205T170000Z'],
		'2026-12-05T14:00',
		'2026-12-05T18:00'
	],
	['in UTC, in summer', ['DTSTART:20270605T120000Z'], '2027-06-05T14:00', null],
	['of nowhere', ['DTSTART:20261205T140000'], '2026-12-05T14:00', null],
	['of another zone', ['DTSTART;TZID=Europe/London:20261205T130000'], '2026-12-05T14:00', null],
	[
		'of a zone nobody knows',
		['DTSTART;TZID=Romance Standard Time:20261205T140000'],
		'2026-12-05T14:00',
		null
	],
	[
		'with a duration',
		['DTSTART:20261205T140000', 'DURATION:PT1H30M'],
		'2026-12-05T14:00',
		'2026-12-05T15:30'
	],
	['of one whole day', ['DTSTART;VALUE=DATE:20261205', 'DTEND;VALUE=DATE:20261206'], '2026-12-05', null],
	[
		'of three whole days',
		['DTSTART;VALUE=DATE:20261204', 'DTEND;VALUE=DATE:20261207'],
		'2026-12-04',
		'2026-12-06'
	]
])('a time %s is as a clock in Paris shows it', (_, lines, debut, fin) => {
	expect(one(...lines)?.facts).toMatchObject({ titre: 'Loto', debut, fin });
});

test('repetitions, exceptions and cancelled dates are kept', () => {
	const { events } = readCalendar(
		calendar(
			'BEGIN:VEVENT',
			'UID:a',
			'SUMMARY:Gym',
			'DTSTART;TZID=Europe/Paris:20261201T090000',
			'RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=TU',
			'EXDATE;TZID=Europe/Paris:20261208T090000',
			'LOCATION:Salle des fêtes\\, 1 rue du Lac',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:a',
			'SUMMARY:Gym',
			'RECURRENCE-ID;TZID=Europe/Paris:20261215T090000',
			'DTSTART;TZID=Europe/Paris:20261215T090000',
			'STATUS:CANCELLED',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:a',
			'SUMMARY:Gym',
			'RECURRENCE-ID;TZID=Europe/Paris:20261222T090000',
			'DTSTART;TZID=Europe/Paris:20261223T090000',
			'END:VEVENT'
		)
	);
	expect(events).toHaveLength(1);
	expect(events[0]?.facts).toMatchObject({
		rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261229',
		lieu: 'Salle des fêtes',
		adresse: '1 rue du Lac'
	});
	const facts = events[0]?.facts;
	expect(
		facts &&
			occurrencesOf(facts, [], { from: '2026-01-01', to: '2027-12-31' }).map(({ debut, annulation }) => [
				debut,
				annulation
			])
	).toEqual([
		['2026-12-01T09:00', null],
		['2026-12-15T09:00', ''],
		['2026-12-23T09:00', null],
		['2026-12-29T09:00', null]
	]);
});

test('what we write is read again as it was', () => {
	const facts = v.parse(eventSchema, {
		titre: 'Café, thé',
		debut: '2026-10-13T09:30',
		fin: '2026-10-13T11:30',
		rrule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270413',
		dates: [
			{ debut: '2026-12-08T09:30', nature: 'retrait' },
			{ debut: '2026-12-10T09:30', nature: 'ajout' }
		],
		lieu: 'Salle des fêtes'
	});
	const file = calendarOf(
		[
			{
				uid: 'u@x',
				facts,
				url: 'https://annuaire.example/a',
				place: 'Salle des fêtes',
				changedAt: '2026-11-24T09:15:00Z',
				sequence: 0
			}
		],
		[]
	);
	const [read] = readCalendar(file).events;
	expect(read?.uid).toBe('u@x');
	const { titre, debut, fin, rrule, lieu } = facts;
	expect(read?.facts).toMatchObject({ titre, debut, fin, rrule, lieu });
	expect(new Set(read?.facts.dates.map((date) => `${date.debut} ${date.nature}`))).toEqual(
		new Set(['2026-12-08T09:30 retrait', '2026-12-10T09:30 ajout'])
	);
});

test.each([
	'FREQ=SECONDLY',
	'FREQ=DAILY',
	'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
	'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2',
	'FREQ=WEEKLY;COUNT=999999999',
	'X',
	'FREQ=WEEKLY;INTERVAL=-1'
])('an event that repeats by %s is left to be added by hand, and said why', (rule) => {
	const { events, refused } = readCalendar(event('DTSTART:20261205T140000', `RRULE:${rule}`));
	expect(events.length + refused.length).toBe(1);
	if (refused.length > 0) expect(refused[0]?.pourquoi).not.toBe('');
	else expect(events[0]?.facts.rrule).toMatch(/^FREQ=WEEKLY/);
});

test('a first date that its repetition doesn’t give is kept', () => {
	const read = one('DTSTART:20261207T140000', 'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261215');
	expect(
		read && occurrencesOf(read.facts, [], { from: '2026-01-01', to: '2027-12-31' }).map(({ debut }) => debut)
	).toEqual(['2026-12-07T14:00', '2026-12-08T14:00', '2026-12-15T14:00']);
});

test('what is too long is cut, and said; a page of HTML becomes a text', () => {
	const read = one(
		'DTSTART;VALUE=DATE:20261205',
		`DESCRIPTION:<p>Un &amp; deux</p><script>alert(1)</script>${'a'.repeat(3000)}`,
		'URL:javascript:alert(1)'
	);
	expect(read?.facts.description).toMatch(/^Un & deux\nalert\(1\)a+…$/);
	expect(read?.facts.lien).toBeNull();
	expect(read?.remarques).toHaveLength(1);
});

test.each([
	['', 'n’est pas un calendrier'],
	['PK\x03\x04', 'n’est pas un calendrier'],
	['Nom;Date\nLoto;5', 'n’est pas un calendrier'],
	[calendar(), 'aucun évènement'],
	['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a', 'abîmé'],
	['BEGIN:VCALENDAR\r\n\0\0;;::\r\nEND:VEVENT', 'abîmé'],
	[event('DTSTART:20261205', `DESCRIPTION:${'a'.repeat(400_000)}`), 'trop gros'],
	[
		calendar(...Array.from({ length: 201 }, (_, i) => [`BEGIN:VEVENT`, `UID:${i}`, 'END:VEVENT']).flat()),
		'201 évènements'
	]
])('%.20j is refused in words', (text, words) => {
	expect(() => readCalendar(text)).toThrow(CalendarFileError);
	expect(() => readCalendar(text)).toThrow(words);
});

test('an event without a title, or without a date, is told, the others are read', () => {
	const { events, refused } = readCalendar(
		calendar(
			'BEGIN:VEVENT',
			'UID:a',
			'DTSTART;VALUE=DATE:20261205',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:b',
			'SUMMARY:Sans date',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:c',
			'SUMMARY:Date folle',
			'DTSTART:hier',
			'END:VEVENT',
			'BEGIN:VEVENT',
			'UID:d',
			'SUMMARY:Loto',
			'DTSTART:20261205T140000',
			'END:VEVENT'
		)
	);
	expect(events.map(({ titre }) => titre)).toEqual(['Loto']);
	expect(refused.map(({ titre }) => titre)).toEqual(['Sans titre', 'Sans date', 'Date folle']);
});
