import { expect, test } from 'vitest';
import { hoursSentence } from '../fiche.ts';
import { openingAt } from '../hours/opening.ts';
import { emptyGrid, gridOf, mondayUntilFriday, readGrid, type TypedGrid } from './week-grid.ts';

/** A grid of these slots, « 08:30-12:00 », two a day, Monday first; a day without any is closed. */
function grid(days: string[][], more: Partial<TypedGrid> = {}): TypedGrid {
	const week = Array.from({ length: 7 }, (_, i) => days[i] ?? []);
	const ends = (at: 0 | 1) => week.flatMap((slots) => [0, 1].map((i) => slots[i]?.split('-')[at] ?? ''));
	const fermes = ([1, 2, 3, 4, 5, 6, 7] as const).filter((day) => week[day - 1]?.length === 0);
	return { ...emptyGrid, debut: ends(0), fin: ends(1), fermes, ...more };
}

const office = ['08:30-12:00', '13:30-17:00'];
const morning = ['08:30-12:00'];

test.each([
	[
		'Mo-Tu,Th-Fr 08:30-12:00,13:30-17:00; We 08:30-12:00; PH off',
		grid([office, office, morning, office, office])
	],
	[
		'Mo-Fr 09:00-17:00; SH off; PH off',
		grid(Array(5).fill(['09:00-17:00']) as string[][], { vacancesFerme: true })
	],
	['Sa 20:00-24:00; PH off', grid([[], [], [], [], [], ['20:00-00:00']])],
	[
		'Mo 08:30-12:00; Tu 14:00-18:00; PH Mo 08:30-12:00; PH Tu 14:00-18:00',
		grid([morning, ['14:00-18:00']], { feriesFerme: false })
	]
])('« %s » is written from its grid, and read back into it', (hours, typed) => {
	expect(readGrid(typed)).toEqual({ output: hours });
	expect(gridOf(hours)).toEqual(typed);
	expect(hoursSentence({ horaires_accueil: hours })).not.toBeNull();
});

test('hours that say nothing of public holidays are closed on them, and the grid says so', () => {
	expect(gridOf('Mo-Fr 09:00-12:00')?.feriesFerme).toBe(true);
});

test.each([
	'week 2-53/2 Sa 09:00-12:00',
	'Mo-Fr 09:00-12:00; Sa[1,3] 09:00-12:00',
	'Mo-Fr 09:00-12:00 "sur rendez-vous"',
	'Mo 08:00-10:00,11:00-12:00,14:00-16:00',
	'Fr 22:00-02:00',
	'Jul-Aug Mo-Fr 09:00-12:00',
	'Mo-Fr 09:00-12:00; SH Mo-Fr 10:00-11:00',
	'Mo-Fr 09:00-12:00; PH 10:00-12:00',
	'24/7',
	'quand il fait beau'
])('« %s » is more than a grid can hold', (hours) => {
	expect(gridOf(hours)).toBeUndefined();
});

test('a place open on public holidays is open on one, and closed on it otherwise', () => {
	const calendar = {
		closures: [],
		schoolHolidays: [],
		place: { departement: 'Haute-Savoie', region: 'Auvergne-Rhône-Alpes' }
	};
	const ascension = Date.parse('2027-05-06T10:00:00+02:00');
	const on = (feriesFerme: boolean) =>
		openingAt(readGrid(grid([[], [], [], morning], { feriesFerme })).output ?? '', ascension, calendar).state;
	expect([on(false), on(true)]).toEqual(['open', 'closed']);
});

test.each([
	[grid([['08:30-']]), /^Lundi : il manque une heure/],
	[grid([['12:00-08:30']]), /^Lundi : la fin vient avant/],
	[grid([['08:30-08:30']]), /^Lundi : la fin vient avant/],
	[grid([['25:00-26:00']]), /^Lundi : « 25:00 » ne se lit pas/],
	[grid([['08:30-12:61']]), /« 12:61 » ne se lit pas/],
	[grid([['08:30-12:00', '11:00-14:00']]), /se chevauchent/],
	[grid([office], { fermes: [1] }), /^Lundi : « fermé » est coché/],
	[grid([]), /au moins une heure/]
])('what can’t be meant is said beside its day', (typed, sentence) => {
	expect(readGrid(typed).errors?.['jour-1']).toMatch(sentence);
});

test('times are read as people type them, and slots in any order', () => {
	expect(readGrid(grid([['13h30-17 h', '8:30-12']])).output).toBe('Mo 08:30-12:00,13:30-17:00; PH off');
});

test('Monday’s hours are put on the other days until Friday; what is typed for the week-end stays', () => {
	const copied = mondayUntilFriday(grid([office, [], [], [], [], morning]));
	expect(readGrid(copied).output).toBe('Mo-Fr 08:30-12:00,13:30-17:00; Sa 08:30-12:00; PH off');
	expect(mondayUntilFriday(grid([[], office])).fermes).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
