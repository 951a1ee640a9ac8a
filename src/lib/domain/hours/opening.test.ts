import { describe, expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import { aCalendar, answerAt } from './fixtures/calendars.ts';
import { openingAt } from './opening.ts';

const MAIRIE = 'Mo-Fr 08:30-12:00,13:30-17:00';
const HOUR = 3_600_000;

describe('an ordinary day', () => {
	test('in the morning it is open until noon, then in the afternoon', () => {
		expect(answerAt(MAIRIE, '2026-11-24T10:15')).toEqual({
			state: 'open',
			until: '2026-11-24T12:00',
			then: { debut: '2026-11-24T13:30', fin: '2026-11-24T17:00' }
		});
	});

	test('in the afternoon nothing comes after', () => {
		expect(answerAt(MAIRIE, '2026-11-24T14:00')).toEqual({ state: 'open', until: '2026-11-24T17:00' });
	});

	test.each([
		['2026-11-24T08:29', 'closed'],
		['2026-11-24T08:30', 'open'],
		['2026-11-24T11:59', 'open'],
		['2026-11-24T12:00', 'closed'],
		['2026-11-24T13:30', 'open'],
		['2026-11-24T17:00', 'closed']
	])('at %s it is %s', (local, state) => {
		expect(answerAt(MAIRIE, local).state).toBe(state);
	});

	test('seconds count: open until the last millisecond of the morning', () => {
		const noon = instantOf('2026-11-24T12:00');
		expect(openingAt(MAIRIE, noon - 1, aCalendar()).state).toBe('open');
		expect(openingAt(MAIRIE, noon, aCalendar()).state).toBe('closed');
	});

	test.each([
		['2026-11-24T12:30', '2026-11-24T13:30'],
		['2026-11-24T18:00', '2026-11-25T08:30'],
		['2026-11-27T18:00', '2026-11-30T08:30'],
		['2026-11-24T00:00', '2026-11-24T08:30']
	])('closed at %s, it opens at %s', (local, reopens) => {
		expect(answerAt(MAIRIE, local)).toEqual({ state: 'closed', reopens });
	});
});

describe('around midnight', () => {
	const BAR = 'Fr 22:00-02:00';

	test.each([
		['2026-11-27T21:59', 'closed'],
		['2026-11-27T22:00', 'open'],
		['2026-11-28T00:00', 'open'],
		['2026-11-28T01:59', 'open'],
		['2026-11-28T02:00', 'closed'],
		['2026-11-29T01:00', 'closed']
	])('a Friday evening that ends at 2 is at %s %s', (local, state) => {
		expect(answerAt(BAR, local).state).toBe(state);
	});

	test('it says the end of the night, not midnight', () => {
		expect(answerAt(BAR, '2026-11-27T23:00')).toEqual({ state: 'open', until: '2026-11-28T02:00' });
	});

	test.each(['Fr 18:00-24:00', 'Fr 18:00-00:00'])('« %s » closes at midnight', (hours) => {
		expect(answerAt(hours, '2026-11-27T23:59')).toEqual({ state: 'open', until: '2026-11-28T00:00' });
		expect(answerAt(hours, '2026-11-28T00:00').state).toBe('closed');
	});

	test('the evening of a closed day doesn’t run into the next one', () => {
		const closure = aCalendar([{ debut: '2026-11-27', fin: '2026-11-27' }]);
		expect(answerAt(BAR, '2026-11-28T01:00').state).toBe('open');
		expect(answerAt(BAR, '2026-11-28T01:00', closure).state).toBe('closed');
		expect(answerAt(BAR, '2026-12-26T01:00').state).toBe('closed');
		expect(answerAt('Fr 22:00-24:00, Sa 00:00-24:00', '2026-11-28T01:00', closure).state).toBe('open');
	});

	test('an evening that runs into a public holiday stops at midnight', () => {
		expect(answerAt('Th 22:00-02:00', '2026-12-24T23:00')).toEqual({
			state: 'open',
			until: '2026-12-25T00:00'
		});
	});
});

describe('when the clocks change', () => {
	const at = (iso: string, hours: string) => openingAt(hours, Date.parse(iso), aCalendar());

	test('an October night lasts one hour more, and is open in both', () => {
		const hours = 'Sa 20:00-04:00';
		for (const iso of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'])
			expect(at(iso, hours)).toMatchObject({
				state: 'open',
				until: '2026-10-25T04:00',
				changes: Date.parse('2026-10-25T03:00:00Z')
			});
		expect(Date.parse('2026-10-25T03:00:00Z') - instantOf('2026-10-24T20:00')).toBe(9 * HOUR);
		expect(at('2026-10-25T03:00:00Z', hours).state).toBe('closed');
	});

	test('a slot that is only the repeated hour lasts two', () => {
		const hours = 'Su 02:00-03:00';
		expect(at('2026-10-25T00:00:00Z', hours).state).toBe('open');
		expect(at('2026-10-25T01:59:59Z', hours).state).toBe('open');
		expect(at('2026-10-25T02:00:00Z', hours).state).toBe('closed');
	});

	test('what closes within the repeated hour closes the first time', () => {
		const hours = 'Su 01:00-02:30';
		expect(at('2026-10-25T00:29:00Z', hours).state).toBe('open');
		expect(at('2026-10-25T00:30:00Z', hours).state).toBe('closed');
		expect(at('2026-10-25T01:15:00Z', hours).state).toBe('closed');
	});

	test('a March night lasts one hour less', () => {
		const hours = 'Sa 20:00-04:00';
		const opening = at('2027-03-28T00:30:00Z', hours);
		expect(opening).toMatchObject({ state: 'open', until: '2027-03-28T04:00' });
		expect((opening.changes ?? 0) - instantOf('2027-03-27T20:00')).toBe(7 * HOUR);
	});

	test('what opens in the hour that is skipped opens an hour later on the clock', () => {
		expect(at('2027-03-28T00:30:00Z', 'Su 02:30-05:00')).toMatchObject({
			state: 'closed',
			reopens: '2027-03-28T03:30'
		});
		expect(at('2027-03-28T01:30:00Z', 'Su 02:30-05:00').state).toBe('open');
	});
});

describe('public holidays', () => {
	test('on 25 December a mairie that says nothing of it is closed, and says why', () => {
		expect(answerAt(MAIRIE, '2026-12-25T10:00')).toEqual({
			state: 'closed',
			reopens: '2026-12-28T08:30',
			because: 'ferie',
			reason: 'Noël'
		});
	});

	test('the evening before, it says when it opens after the holiday', () => {
		expect(answerAt(MAIRIE, '2026-12-24T18:00')).toEqual({ state: 'closed', reopens: '2026-12-28T08:30' });
	});

	test.each([
		['2026-11-11', 'Armistice 1918'],
		['2027-01-01', 'Nouvel An'],
		['2027-03-29', 'Lundi de Pâques'],
		['2027-05-06', 'Ascension'],
		['2027-05-17', 'Lundi de Pentecôte'],
		['2027-07-14', 'Fête Nationale de la France']
	])('%s is a public holiday: %s', (date, reason) => {
		expect(answerAt(MAIRIE, `${date}T10:00`)).toMatchObject({ state: 'closed', because: 'ferie', reason });
	});

	test('hours that name public holidays are read to the letter', () => {
		expect(answerAt(`${MAIRIE}; PH off`, '2026-12-25T10:00')).toMatchObject({
			state: 'closed',
			because: 'ferie'
		});
		expect(answerAt(`${MAIRIE}; PH 10:00-12:00`, '2026-12-25T10:30')).toEqual({
			state: 'open',
			until: '2026-12-25T12:00'
		});
		expect(answerAt(`${MAIRIE}; PH 10:00-12:00`, '2026-12-25T09:00')).toEqual({
			state: 'closed',
			reopens: '2026-12-25T10:00'
		});
		expect(answerAt('Mo-Fr,PH 08:30-12:00', '2026-12-25T10:30').state).toBe('open');
	});

	test.each(['24/7', '00:00-24:00', 'Mo-Su 00:00-24:00'])('« %s » is open at Christmas', (hours) => {
		expect(answerAt(hours, '2026-12-25T10:00').state).toBe('open');
	});

	test('Good Friday and 26 December are holidays in Moselle, not in Haute-Savoie', () => {
		const moselle = { ...aCalendar(), place: { departement: 'Moselle', region: 'Grand Est' } };
		expect(answerAt(MAIRIE, '2027-03-26T10:00', moselle)).toMatchObject({
			state: 'closed',
			reason: 'Vendredi saint'
		});
		expect(answerAt(MAIRIE, '2027-03-26T10:00').state).toBe('open');
		expect(answerAt('Sa 09:00-12:00', '2026-12-26T10:00', moselle).state).toBe('closed');
		expect(answerAt('Sa 09:00-12:00', '2026-12-26T10:00').state).toBe('open');
	});
});

describe('school holidays, zone A', () => {
	const ATELIER = 'SH We 09:00-12:00';
	const TERM_ONLY = 'Mo-Fr 08:30-12:00; SH off';

	test.each([
		[ATELIER, '2026-10-21T10:00', 'open'],
		[ATELIER, '2026-11-18T10:00', 'closed'],
		[ATELIER, '2026-12-23T10:00', 'open'],
		[TERM_ONLY, '2026-10-21T10:00', 'closed'],
		[TERM_ONLY, '2026-11-18T10:00', 'open'],
		[TERM_ONLY, '2026-12-23T10:00', 'closed'],
		[`Mo-Fr 08:30-12:00; SH We 14:00-17:00`, '2026-10-21T10:00', 'closed'],
		[`Mo-Fr 08:30-12:00; SH We 14:00-17:00`, '2026-10-22T10:00', 'open'],
		['Mo-Fr 08:30-12:00; PH,SH off', '2026-10-21T10:00', 'closed'],
		['Mo-Fr 08:30-12:00; PH,SH off', '2026-11-11T10:00', 'closed'],
		['Mo-Fr 08:30-12:00; PH,SH off', '2026-11-18T10:00', 'open'],
		['SH Mo-Fr 08:00-18:00; SH off', '2026-12-23T10:00', 'closed']
	])('« %s » at %s: %s', (hours, local, state) => {
		expect(answerAt(hours, local).state).toBe(state);
	});

	test('the first and last days belong to the holidays', () => {
		expect(answerAt('SH 09:00-12:00', '2026-10-17T10:00').state).toBe('closed');
		expect(answerAt('SH 09:00-12:00', '2026-10-18T10:00').state).toBe('open');
		expect(answerAt('SH 09:00-12:00; PH 09:00-12:00', '2026-11-01T10:00').state).toBe('open');
		expect(answerAt('SH 09:00-12:00', '2026-11-02T10:00').state).toBe('closed');
	});

	test('in term, it says the first day of the holidays it opens on', () => {
		expect(answerAt(ATELIER, '2026-11-18T10:00')).toEqual({ state: 'closed', reopens: '2026-12-23T09:00' });
	});

	test('after the territory’s table the library answers, as long as it knows', () => {
		expect(answerAt(ATELIER, '2027-04-14T10:00').state).toBe('open');
		expect(answerAt(ATELIER, '2027-04-28T10:00').state).toBe('closed');
	});

	test('the territory’s table is used first', () => {
		const strike = [{ debut: '2026-11-09', fin: '2026-12-31', nom: 'Vacances décalées' }];
		expect(answerAt(ATELIER, '2026-11-18T10:00', aCalendar([], strike)).state).toBe('open');
	});

	test.each([ATELIER, TERM_ONLY])(
		'once nobody knows the holidays, « %s » is neither open nor closed',
		(hours) => {
			expect(answerAt(hours, '2027-09-22T10:00')).toEqual({ state: 'unknown' });
		}
	);

	test('the last known days don’t promise an opening that nobody can know', () => {
		expect(answerAt(TERM_ONLY, '2027-07-03T10:00')).toEqual({ state: 'closed' });
		expect(openingAt(TERM_ONLY, instantOf('2027-07-03T10:00'), aCalendar()).changes).toBe(
			instantOf('2027-07-05T00:00')
		);
	});

	test('where holidays change nothing the answer stays known', () => {
		expect(answerAt(TERM_ONLY, '2027-09-26T10:00')).toEqual({ state: 'closed' });
		expect(answerAt(MAIRIE, '2027-09-22T10:00').state).toBe('open');
	});

	test('a territory that the library doesn’t know answers by its own table alone', () => {
		const island = { ...aCalendar(), place: { departement: 'Corse-du-Sud', region: 'Corse' } };
		expect(answerAt(ATELIER, '2026-12-23T10:00', island).state).toBe('open');
		expect(answerAt(ATELIER, '2027-04-14T10:00', island).state).toBe('unknown');
	});
});

describe('closures', () => {
	const calendar = aCalendar([
		{ debut: '2026-12-28', fin: '2026-12-31', motif: 'congés' },
		{ debut: '2026-12-02', fin: '2026-12-02' }
	]);

	test('a closure is closed on its first and last days, and says why and until when', () => {
		for (const date of ['2026-12-28', '2026-12-31'])
			expect(answerAt(MAIRIE, `${date}T10:00`, calendar)).toEqual({
				state: 'closed',
				reopens: '2027-01-04T08:30',
				because: 'fermeture',
				reason: 'congés',
				closure: { debut: '2026-12-28', fin: '2026-12-31' }
			});
	});

	test('it begins and ends at midnight', () => {
		expect(openingAt('24/7', instantOf('2026-12-27T23:59'), calendar)).toEqual({
			state: 'open',
			until: '2026-12-28T00:00',
			changes: instantOf('2026-12-28T00:00')
		});
		expect(answerAt('24/7', '2026-12-28T00:00', calendar)).toMatchObject({
			state: 'closed',
			reopens: '2027-01-01T00:00'
		});
		expect(answerAt('24/7', '2027-01-01T00:00', calendar)).toEqual({ state: 'open' });
	});

	test('a closure without a motif gives none', () => {
		expect(answerAt(MAIRIE, '2026-12-02T10:00', calendar)).toEqual({
			state: 'closed',
			reopens: '2026-12-03T08:30',
			because: 'fermeture',
			closure: { debut: '2026-12-02', fin: '2026-12-02' }
		});
	});

	test('of two closures at once the one that ends last counts', () => {
		const both = aCalendar([
			{ debut: '2026-12-01', fin: '2026-12-04', motif: 'travaux' },
			{ debut: '2026-12-03', fin: '2026-12-03', motif: 'réunion' }
		]);
		expect(answerAt(MAIRIE, '2026-12-03T10:00', both)).toMatchObject({
			reason: 'travaux',
			reopens: '2026-12-07T08:30'
		});
	});

	test('a closure also closes what can’t be computed otherwise', () => {
		const summer = aCalendar([{ debut: '2027-09-20', fin: '2027-09-24', motif: 'congés' }]);
		expect(answerAt('SH We 09:00-12:00', '2027-09-22T10:00', summer)).toMatchObject({
			state: 'closed',
			because: 'fermeture'
		});
	});
});

describe('weeks, months and days of the month', () => {
	test.each([
		['week 2-53/2 Sa 09:00-12:00', '2026-11-28T10:00', 'open', 'week 48 is even'],
		['week 1-53/2 Sa 09:00-12:00', '2026-11-28T10:00', 'closed', 'week 48 is even'],
		['week 1-53/2 Sa 09:00-12:00', '2027-01-02T10:00', 'open', 'week 53 of 2026 is odd'],
		['week 1-53/2 Sa 09:00-12:00', '2027-01-09T10:00', 'open', 'and so is week 1 of 2027, just after'],
		['week 2-53/2 Sa 09:00-12:00', '2027-01-16T10:00', 'open', 'week 2 is even'],
		['Sa[1,3] 09:00-12:00', '2026-12-05T10:00', 'open', 'first Saturday'],
		['Sa[1,3] 09:00-12:00', '2026-12-12T10:00', 'closed', 'second Saturday'],
		['Sa[1,3] 09:00-12:00', '2026-12-19T10:00', 'open', 'third Saturday'],
		['Sa[-1] 09:00-12:00', '2026-11-28T10:00', 'open', 'last Saturday'],
		['Sa 09:00-12:00; Sa[1] off', '2026-12-05T10:00', 'closed', 'first Saturday'],
		['Sep-Jun Tu 09:00-12:00; Jul-Aug Tu 10:00-12:30', '2027-07-06T09:30', 'closed', 'summer'],
		[
			'Sep-Jun Tu 09:00-12:00; Jul-Aug Tu 10:00-12:30',
			'2027-06-29T09:30',
			'open',
			'last Tuesday before summer'
		],
		['Mo-Fr 09:00-12:00; Dec 24-Jan 02 off', '2027-01-01T10:00', 'closed', 'over the new year'],
		['Mo-Fr 09:00-12:00; 2026 Dec 01-2026 Dec 03 off', '2026-12-02T10:00', 'closed', 'dated in the hours'],
		['Feb 29 09:00-12:00', '2028-02-29T10:00', 'open', 'leap day'],
		['Feb Tu[-1] 09:00-12:00', '2028-02-29T10:00', 'open', 'the last Tuesday of a leap February'],
		['Mo-Fr 10:00-12:00,14:00-16:00; We 14:00-18:00', '2026-11-25T11:00', 'closed', 'Wednesday is replaced'],
		['Th 08:45-12:00, week 2-53/2 Th 14:00-16:30', '2026-11-26T15:00', 'open', 'added on even weeks'],
		['Th 08:45-12:00, week 2-53/2 Th 14:00-16:30', '2026-11-26T09:00', 'open', 'the morning stays']
	])('« %s » at %s: %s (%s)', (hours, local, state) => {
		expect(answerAt(hours, local).state).toBe(state);
	});
});

describe('by appointment', () => {
	const HOURS = 'Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous"';

	test('it is neither open nor closed', () => {
		expect(answerAt(HOURS, '2026-11-24T15:00')).toEqual({ state: 'appointment', until: '2026-11-24T17:00' });
	});

	test('in the morning, and at noon, it says that the afternoon is by appointment', () => {
		expect(answerAt(HOURS, '2026-11-24T10:00')).toEqual({
			state: 'open',
			until: '2026-11-24T12:00',
			then: { debut: '2026-11-24T14:00', fin: '2026-11-24T17:00', appointment: true }
		});
		expect(answerAt(HOURS, '2026-11-24T13:00')).toEqual({
			state: 'closed',
			reopens: '2026-11-24T14:00',
			appointment: true
		});
	});

	test.each(['sur rendez-vous', 'Sur RDV', 'uniquement sur rendez vous', 'by appointment'])(
		'« %s » is understood',
		(comment) => {
			expect(answerAt(`Tu 14:00-17:00 "${comment}"`, '2026-11-24T15:00').state).toBe('appointment');
			expect(answerAt(`Tu 14:00-17:00 open "${comment}"`, '2026-11-24T15:00').state).toBe('appointment');
		}
	);

	test('without any hours it always is', () => {
		expect(openingAt('"sur rendez-vous"', instantOf('2026-12-25T15:00'), aCalendar())).toEqual({
			state: 'appointment',
			changes: undefined
		});
	});

	test('another comment on open hours is passed on; on hours it leaves unsettled nobody can tell', () => {
		expect(answerAt('Sa 09:00-12:00 open "état civil"', '2026-11-28T10:00')).toEqual({
			state: 'open',
			until: '2026-11-28T12:00',
			comment: 'état civil'
		});
		expect(answerAt('Sa 09:00-12:00 "si beau temps"', '2026-11-28T10:00')).toEqual({ state: 'unknown' });
		expect(answerAt('Sa 09:00-12:00 "si beau temps"', '2026-11-28T13:00').state).toBe('closed');
	});
});

describe('long openings', () => {
	test('« 24/7 » never changes', () => {
		expect(openingAt('24/7', instantOf('2026-12-25T10:00'), aCalendar())).toEqual({
			state: 'open',
			changes: undefined
		});
	});

	test('a past closure doesn’t count any more', () => {
		const calendar = aCalendar([{ debut: '2026-01-01', fin: '2026-01-31' }]);
		expect(openingAt('24/7', instantOf('2026-12-25T10:00'), calendar).changes).toBeUndefined();
	});

	test('an end more than two weeks away isn’t told, and is looked for again the next day', () => {
		const opening = openingAt(
			'Nov 20-Dec 20 00:00-24:00; PH open',
			instantOf('2026-11-24T10:00'),
			aCalendar()
		);
		expect(opening).toEqual({ state: 'open', changes: instantOf('2026-11-25T00:00') });
	});

	test('an opening more than a year away isn’t told', () => {
		expect(answerAt('Feb 29 09:00-12:00', '2026-11-24T10:00')).toEqual({ state: 'closed' });
		expect(answerAt('Feb 29 09:00-12:00', '2027-03-01T10:00')).toEqual({
			state: 'closed',
			reopens: '2028-02-29T09:00'
		});
	});

	test('« off » stays closed', () => {
		expect(answerAt('off', '2026-11-24T10:00')).toEqual({ state: 'closed' });
	});
});

test.each([
	'',
	'   ',
	'bonjour',
	'lundi et mardi matin',
	'Mo 9h',
	'Mo-Fr 08:30-',
	'Mo-Fr 25:00-27:00',
	'Mo-Fr 08:30-12:00 "',
	';;;',
	'SH',
	'SH +1 day 09:00-12:00',
	'SHMo 09:00-12:00',
	'PH',
	'[[[[',
	'sunrise-sunset',
	'Mo-Fr 08:30-12:00; SH easter off',
	'é'.repeat(500)
])('« %s » never breaks a page', (hours) => {
	expect(['unknown', 'closed', 'open']).toContain(answerAt(hours, '2026-11-24T10:00').state);
});

test.each(['', 'bonjour', 'Mo 9h', 'Mo-Fr 08:30-12:00 "', 'SH +1 day 09:00-12:00', 'sunrise-sunset', '[[[['])(
	'of « %s » nobody can tell, not even on a public holiday',
	(hours) => {
		expect(answerAt(hours, '2026-11-24T10:00')).toEqual({ state: 'unknown' });
		expect(answerAt(hours, '2026-12-25T10:00')).toEqual({ state: 'unknown' });
	}
);

test('an answer is plain data', () => {
	const calendar = aCalendar([{ debut: '2026-11-24', fin: '2026-11-24', motif: 'congés' }]);
	for (const opening of [
		openingAt(MAIRIE, instantOf('2026-11-24T10:00'), calendar),
		openingAt(MAIRIE, instantOf('2026-11-25T10:00'), calendar)
	])
		expect(structuredClone(opening)).toEqual(JSON.parse(JSON.stringify(opening)));
});
