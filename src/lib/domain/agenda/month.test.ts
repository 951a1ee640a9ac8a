import { expect, test } from 'vitest';
import { addToMonth, daysOf, monthGrid, readMonth } from './month.ts';

test('a month is whole weeks from Monday to Sunday, its first day in its column', () => {
	const grid = monthGrid('2026-12', []);
	expect(grid.map((week) => week[0]?.date)).toEqual([
		'2026-11-30',
		'2026-12-07',
		'2026-12-14',
		'2026-12-21',
		'2026-12-28'
	]);
	expect(grid.flat().filter(({ isOfMonth }) => isOfMonth)).toHaveLength(31);
	expect(
		monthGrid('2027-02', [])
			.flat()
			.filter(({ isOfMonth }) => isOfMonth)
	).toHaveLength(28);
	// 1 March 2027 is a Monday, 1 August 2027 a Sunday.
	expect(monthGrid('2027-03', [])[0]?.[0]?.date).toBe('2027-03-01');
	expect(monthGrid('2027-08', [])[0]?.[6]?.date).toBe('2027-08-01');
});

test('what lasts several days is on each of them, an evening on its own', () => {
	const fair = { debut: '2026-12-04', fin: '2026-12-06', annulation: null };
	const night = { debut: '2026-12-31T20:00', fin: '2027-01-01T00:00', annulation: null };
	const days = monthGrid('2026-12', [fair, night])
		.flat()
		.filter(({ events }) => events.length > 0);
	expect(days.map(({ date }) => date)).toEqual(['2026-12-04', '2026-12-05', '2026-12-06', '2026-12-31']);
});

test('months follow one another over the years', () => {
	expect([addToMonth('2026-12', 1), addToMonth('2027-01', -1), addToMonth('2026-12', 13)]).toEqual([
		'2027-01',
		'2026-12',
		'2028-01'
	]);
	expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

test.each(['2026-13', '2026-00', '2026-1', 'x', '', '1926-12', '2126-12', '2026-12-01'])(
	'%s is no month of the agenda',
	(text) => {
		expect(readMonth(text, '2026-11-24')).toBeUndefined();
	}
);

test('a month within two years is one', () => {
	expect(readMonth('2028-11', '2026-11-24')).toBe('2028-11');
});
