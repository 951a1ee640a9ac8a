import { expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import type { EventDate } from './event.ts';
import {
	lastDayOf,
	lastOccurrence,
	nextOccurrences,
	occurrencesOf,
	overAt,
	type Repeating,
	waitsForCalendar
} from './occurrences.ts';

function anEvent(own: Partial<Repeating>): Repeating {
	return { debut: null, fin: null, rrule: null, hors_vacances: false, dates: [], annulation: null, ...own };
}
const one = (debut: string, nature: EventDate['nature'], mot = ''): EventDate => ({ debut, nature, mot });
const all = { from: '2026-01-01', to: '2027-12-31' };
const starts = (
	event: Repeating,
	window = all,
	holidays: { debut: string; fin: string; nom: string }[] = []
) => occurrencesOf(event, holidays, window).map(({ debut }) => debut);

test('the 2nd Tuesday keeps its hour on both sides of the nights when clocks change', () => {
	const cafe = anEvent({
		debut: '2026-10-13T09:30',
		fin: '2026-10-13T11:30',
		rrule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270413'
	});
	expect(occurrencesOf(cafe, [], all).map(({ debut, fin }) => `${debut} ${fin}`)).toEqual([
		'2026-10-13T09:30 2026-10-13T11:30',
		'2026-11-10T09:30 2026-11-10T11:30',
		'2026-12-08T09:30 2026-12-08T11:30',
		'2027-01-12T09:30 2027-01-12T11:30',
		'2027-02-09T09:30 2027-02-09T11:30',
		'2027-03-09T09:30 2027-03-09T11:30',
		'2027-04-13T09:30 2027-04-13T11:30'
	]);
});

test.each([
	// Sunday 25 October 2026: from +02:00 to +01:00 during the night.
	['2026-10-24T22:00', '2026-10-25T04:00', '2026-10-25T04:00+01:00', '2026-10-24'],
	// Sunday 28 March 2027: there is no 2.30.
	['2027-03-27T22:00', '2027-03-28T02:30', '2027-03-28T03:30+02:00', '2027-03-27'],
	['2026-12-31T20:00', '2027-01-01T00:00', '2027-01-01T00:00+01:00', '2026-12-31']
])('an evening that begins at %s is over at the end of its night', (debut, fin, over, lastOfMidnight) => {
	expect(overAt({ debut, fin })).toBe(Date.parse(over));
	expect(lastDayOf({ debut, fin: `${fin.slice(0, 10)}T00:00` })).toBe(lastOfMidnight);
});

test('each evening of a repetition ends the next morning', () => {
	const night = anEvent({
		debut: '2026-10-24T20:00',
		fin: '2026-10-25T02:00',
		rrule: 'FREQ=WEEKLY;BYDAY=SA;UNTIL=20261107'
	});
	expect(occurrencesOf(night, [], all).map(({ fin }) => fin)).toEqual([
		'2026-10-25T02:00',
		'2026-11-01T02:00',
		'2026-11-08T02:00'
	]);
});

test('the last day of a repetition is held, whatever its hour', () => {
	expect(
		starts(anEvent({ debut: '2026-12-01T18:00', rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208' }))
	).toEqual(['2026-12-01T18:00', '2026-12-08T18:00']);
	expect(starts(anEvent({ debut: '2026-12-01', rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208' }))).toEqual([
		'2026-12-01',
		'2026-12-08'
	]);
});

test('dates are added, removed and cancelled one by one', () => {
	const event = anEvent({
		debut: '2026-12-01T09:00',
		rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261229',
		dates: [
			one('2026-12-08T09:00', 'retrait'),
			one('2026-12-15T09:00', 'annulation', 'salle en travaux'),
			one('2026-12-17T09:00', 'ajout')
		]
	});
	expect(occurrencesOf(event, [], all).map(({ debut, annulation }) => [debut, annulation])).toEqual([
		['2026-12-01T09:00', null],
		['2026-12-15T09:00', 'salle en travaux'],
		['2026-12-17T09:00', null],
		['2026-12-22T09:00', null],
		['2026-12-29T09:00', null]
	]);
});

test('dates that follow no rule are each a date, once, in order', () => {
	const event = anEvent({
		debut: '2026-12-10',
		dates: [one('2027-06-03', 'ajout'), one('2027-03-04', 'ajout'), one('2026-12-10', 'ajout')]
	});
	expect(starts(event)).toEqual(['2026-12-10', '2027-03-04', '2027-06-03']);
	expect(starts({ ...event, dates: [one('2026-12-10', 'retrait')] })).toEqual([]);
});

const holidays = [
	{ nom: 'Noël', debut: '2026-12-20', fin: '2027-01-03' },
	{ nom: 'Hiver', debut: '2027-02-14', fin: '2027-02-28' }
];

test('what stops in the school holidays has no date in them, nor beyond the calendar that is known', () => {
	const event = anEvent({ debut: '2026-12-16', rrule: 'FREQ=WEEKLY;BYDAY=WE', hors_vacances: true });
	expect(starts(event, all, holidays)).toEqual([
		'2026-12-16',
		'2027-01-06',
		'2027-01-13',
		'2027-01-20',
		'2027-01-27',
		'2027-02-03',
		'2027-02-10'
	]);
	expect(waitsForCalendar(event, holidays)).toBe(true);
	expect(waitsForCalendar({ ...event, rrule: 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20270210' }, holidays)).toBe(false);
	expect(starts(event, all, [])).toEqual([]);
});

test('a date leaves at its end, a day at midnight; what lasts several days stays until the last', () => {
	const at = (local: string) => ({ at: instantOf(local), today: local.slice(0, 10), limit: 3 });
	const next = (event: Repeating, local: string) =>
		nextOccurrences(event, [], at(local)).map(({ debut }) => debut);
	const timed = anEvent({ debut: '2026-12-01T09:00', fin: '2026-12-01T11:00' });
	expect(next(timed, '2026-12-01T10:59')).toEqual(['2026-12-01T09:00']);
	expect(next(timed, '2026-12-01T11:00')).toEqual([]);
	expect(next(anEvent({ debut: '2026-12-01T09:00' }), '2026-12-01T23:59')).toHaveLength(1);
	expect(next(anEvent({ debut: '2026-12-01' }), '2026-12-02T00:00')).toEqual([]);
	const fair = anEvent({ debut: '2026-12-04', fin: '2026-12-06' });
	expect(next(fair, '2026-12-06T12:00')).toEqual(['2026-12-04']);
	expect(next(fair, '2026-12-07T00:00')).toEqual([]);
	const night = anEvent({ debut: '2026-12-05T20:00', fin: '2026-12-06T02:00' });
	expect(next(night, '2026-12-06T01:59')).toHaveLength(1);
	expect(next(night, '2026-12-06T02:00')).toEqual([]);
});

test('29 February comes back in leap years, the 31st in the months that have one', () => {
	const window = { from: '2028-01-01', to: '2036-12-31' };
	expect(starts(anEvent({ debut: '2028-02-29', rrule: 'FREQ=YEARLY' }), window)).toEqual([
		'2028-02-29',
		'2032-02-29',
		'2036-02-29'
	]);
	expect(starts(anEvent({ debut: '2027-01-31', rrule: 'FREQ=MONTHLY;UNTIL=20270630' }))).toEqual([
		'2027-01-31',
		'2027-03-31',
		'2027-05-31'
	]);
});

test('a project has no date', () => {
	expect(starts(anEvent({}))).toEqual([]);
});

test('the last date held is known once all are over, a cancelled one only when none was held', () => {
	const at = { at: instantOf('2026-11-24T10:15'), today: '2026-11-24' };
	const last = (event: Partial<Repeating>) => lastOccurrence(anEvent(event), [], at)?.debut;
	const weekly = { debut: '2026-11-03T09:30', rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261117' };
	expect(last(weekly)).toBe('2026-11-17T09:30');
	expect(last({ ...weekly, dates: [one('2026-11-17T09:30', 'annulation')] })).toBe('2026-11-10T09:30');
	expect(last({ debut: '2026-11-03', annulation: 'neige' })).toBe('2026-11-03');
	expect(last({ debut: '2026-11-24T18:00', fin: '2026-11-24T19:00' })).toBeUndefined();
	expect(last({})).toBeUndefined();
});
