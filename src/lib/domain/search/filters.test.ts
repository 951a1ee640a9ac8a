import { describe, expect, test } from 'vitest';
import { ageFit, isFiltered, readFilters, readSaid, writeFilters } from './filters.ts';

const read = (query: string) => readFilters(new URLSearchParams(query));

test('what is chosen is kept in the address, and read back the same', () => {
	const query = 'age=3&ouvert=oui&gratuit=oui&rendez_vous=sans&fauteuil=oui&theme=petite-enfance';
	expect(read(query)).toEqual({
		age: 36,
		ouvert: true,
		gratuit: true,
		sansRendezVous: true,
		fauteuil: true,
		theme: 'petite-enfance'
	});
	expect(writeFilters(read(query))).toBe(query);
	expect(isFiltered(read(''))).toBe(false);
});

test.each([
	'age=-1',
	'age=1e3',
	'age=999',
	'age=trois',
	'ouvert=1',
	'rendez_vous=avec',
	'gratuit=',
	'theme='
])('an address that holds « %s » chooses nothing', (query) => {
	expect(isFiltered(read(query))).toBe(false);
});

test.each([
	[null, null, 36, 1],
	[3, 48, 36, 2],
	[36, 132, 36, 2],
	[37, 132, 36, 2],
	[48, 132, 36, 0],
	[3, 35, 36, 0],
	[192, null, 36, 0],
	[192, null, 960, 2],
	[null, 72, 0, 2]
] as const)('an entry for %s to %s months suits %s months: %s', (min, max, age, fit) => {
	expect(ageFit({ age_min_mois: min, age_max_mois: max }, age)).toBe(fit);
});

describe('what a question says beside what it looks for', () => {
	test.each([
		['nounou pour un enfant de 3 ans', { age: 36, opening: null, rest: 'nounou pour un enfant de 3 ans' }],
		['crèche 18 mois', { age: 18, opening: null, rest: 'crèche 18 mois' }],
		['pharmacie ouverte dimanche', { age: null, opening: { weekday: 7 }, rest: 'pharmacie' }],
		['Mairie ouverte le samedi matin', { age: null, opening: { weekday: 6 }, rest: 'Mairie' }],
		['qui est ouvert maintenant ?', { age: null, opening: 'now', rest: '' }],
		['ouvert samedi', { age: null, opening: { weekday: 6 }, rest: '' }],
		['déchetterie ouverte aujourd’hui', { age: null, opening: 'today', rest: 'déchetterie' }],
		['la mairie ouvre demain ?', { age: null, opening: 'tomorrow', rest: 'la mairie ?' }],
		// A day is part of what is looked for, where nothing says open.
		['activité du mercredi', { age: null, opening: null, rest: 'activité du mercredi' }],
		['119', { age: null, opening: null, rest: '119' }]
	])('« %s »', (q, said) => {
		expect(readSaid(q)).toEqual(said);
	});
});
