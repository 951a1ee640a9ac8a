import { expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import type { Calendar } from './calendar.ts';
import { aCalendar } from './fixtures/calendars.ts';
import horaires from './fixtures/horaires.json' with { type: 'json' };
import { openingAt } from './opening.ts';

/*
 * A page is kept until the `changes` of what it shows: an answer that stopped being true before would be served
 * wrong. Each answer is compared with the next ones, half-hour by half-hour.
 */

const HALF_HOUR = 1_800_000;
const closures = aCalendar([
	{ debut: '2026-11-30', fin: '2026-12-04', motif: 'travaux' },
	{ debut: '2026-12-05', fin: '2026-12-05' },
	{ debut: '2026-12-24', fin: '2026-12-26', motif: 'congés' }
]);
const weeks: [string, string, string, Calendar][] = [
	['the end of the year', '2026-12-18T00:00', '2027-01-06T00:00', aCalendar()],
	['a month with closures', '2026-11-27T00:00', '2026-12-28T00:00', closures],
	['the week the clocks go back', '2026-10-20T00:00', '2026-10-27T00:00', aCalendar()],
	['the week the clocks go forward', '2027-03-24T00:00', '2027-03-31T00:00', aCalendar()],
	['the weeks when school holidays stop being known', '2027-06-30T00:00', '2027-07-10T00:00', aCalendar()]
];
const hours = [
	...horaires.horaires.map(({ osm }) => osm).slice(0, 4),
	'Mo-Fr 08:30-12:00,13:30-17:00; Sa[1,3] 09:00-12:00',
	'Mo-Fr 08:30-12:00; SH off',
	'SH We 09:00-12:00',
	'week 1-53/2 Sa 09:00-12:00; PH 10:00-11:00',
	'Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous"; Sa 10:00-12:00 "si beau temps"',
	'Fr-Su 20:00-04:00',
	'Su 01:15-02:30',
	'Mo 08:00-12:00 open "état civil", Mo 12:00-14:00',
	'24/7',
	'24/7; Dec 01-03 off',
	'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
	'"sur rendez-vous"',
	'bonjour'
];
const rarely = ['off', '2026 Dec 01-31 00:00-24:00; PH open', 'Feb 29 09:00-12:00'];
const days: (typeof weeks)[number] = [
	'a few days of December',
	'2026-11-30T12:00',
	'2026-12-03T12:00',
	aCalendar()
];

test.each([
	...weeks.flatMap((week) => hours.map((text) => [text, ...week] as const)),
	...rarely.map((text) => [text, ...days] as const)
])('« %s » over %s: an answer holds until the instant it gives', (text, _, from, to, calendar) => {
	let answer = openingAt(text, instantOf(from), calendar);
	for (let at = instantOf(from); at < instantOf(to); at += HALF_HOUR) {
		const now = openingAt(text, at, calendar);
		if (answer.changes !== undefined && at >= answer.changes) {
			// To the very last millisecond; and not needlessly early, where the answer gives a time.
			expect(openingAt(text, answer.changes - 1, calendar)).toEqual(answer);
			const next = openingAt(text, answer.changes, calendar);
			if ('until' in answer || 'reopens' in answer) expect(next).not.toEqual(answer);
			answer = next;
		}
		// Thousands of comparisons: expect() only speaks when one fails.
		if (JSON.stringify(now) !== JSON.stringify(answer)) expect(now).toEqual(answer);
	}
});
