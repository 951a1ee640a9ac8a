import { expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import type { Calendar } from './calendar.ts';
import { hoursTable } from './table.ts';

const calendar: Calendar = {
	closures: [],
	schoolHolidays: [],
	place: { departement: 'Haute-Savoie', region: 'Auvergne-Rhône-Alpes' }
};
const tuesday = instantOf('2026-11-24T10:15');
const plain = (words: string) => words.replaceAll('\u2060', '').replace(/[\u00a0\u202f]/g, ' ');

test('an ordinary week is a table whose row of today stands out', () => {
	const table = hoursTable('Mo-Tu 08:30-12:00,13:30-17:00; We 08:30-12:00', tuesday, calendar);
	expect(table?.rows.map(({ jour, cellules }) => [jour, ...cellules].map(plain))).toEqual([
		['lundi', '8 h 30 – 12 h', '13 h 30 – 17 h'],
		['mardi', '8 h 30 – 12 h', '13 h 30 – 17 h'],
		['mercredi', '8 h 30 – 12 h', 'fermé'],
		['jeudi', 'fermé', 'fermé'],
		['vendredi', 'fermé', 'fermé'],
		['week-end', 'fermé', 'fermé']
	]);
	expect(table?.rows.filter(({ aujourdhui }) => aujourdhui).map(({ jour }) => jour)).toEqual(['mardi']);
});

test('a place whose hours say nothing of public holidays says that it is closed on them', () => {
	expect(hoursTable('Mo 09:00-12:00', tuesday, calendar)?.particularites).toHaveLength(1);
	expect(hoursTable('24/7', tuesday, calendar)?.particularites).toEqual(['Jour et nuit, tous les jours.']);
	expect(hoursTable('Mo-Su,PH 09:00-23:00', tuesday, calendar)?.particularites.join(' ')).not.toContain(
		'sauf avis'
	);
});

test('hours that no ordinary week tells are given for the next seven days', () => {
	const table = hoursTable('Mo-Fr 09:00-12:00; Mo-Fr 10:00-11:00; We[2] off', tuesday, calendar);
	expect(table?.rows).toHaveLength(6);
	const night = hoursTable('Mo-Fr 09:00-12:00; Sa 22:00-02:00', tuesday, calendar);
	expect(night?.rows.length).toBe(7);
	expect(plain(night?.rows[0]?.jour ?? '')).toBe('mardi 24 novembre');
	expect(plain(night?.rows[0]?.cellules[0] ?? '')).toBe('9 h – 12 h');
});

test('hours that nobody can read give no table', () => {
	expect(hoursTable('n’importe quoi', tuesday, calendar)).toBeUndefined();
});
