import { expect, test } from 'vitest';
import { eventSchema } from './event.ts';
import * as v from 'valibot';
import { monthHeading, rhythmOf, whenWords } from './phrases.ts';
import { readRepetition, writeRepetition } from './repetition.ts';

const spaced = (words: string | undefined) => words?.replace(/[\u202f\u00a0]/g, ' ');

test.each([
	['2026-12-08', null, 'mardi 8 décembre'],
	['2026-12-01T09:30', null, 'mardi 1er décembre, à 9 h 30'],
	['2026-12-08T09:30', '2026-12-08T11:30', 'mardi 8 décembre, de 9 h 30 à 11 h 30'],
	['2026-12-05T20:00', '2026-12-06T02:00', 'samedi 5 décembre, de 20 h à 2 h'],
	['2026-12-05T20:00', '2026-12-06T00:00', 'samedi 5 décembre, de 20 h à minuit'],
	['2026-12-04', '2026-12-06', 'du vendredi 4 décembre au dimanche 6 décembre'],
	['2026-12-04T18:00', '2026-12-06T17:00', 'du vendredi 4 décembre, 18 h, au dimanche 6 décembre, 17 h']
])('from %s to %s is said « %s »', (debut, fin, words) => {
	expect(spaced(whenWords({ debut, fin }))).toBe(words);
});

test.each([
	['FREQ=MONTHLY;BYDAY=2TU', '2026-12-08T09:30', 'le 2e mardi de chaque mois, de 9 h 30 à 11 h 30'],
	['FREQ=MONTHLY;BYDAY=1TU', '2026-12-01T09:30', 'le 1er mardi de chaque mois, de 9 h 30 à 11 h 30'],
	['FREQ=MONTHLY;BYDAY=-1FR', '2026-12-25', 'le dernier vendredi de chaque mois'],
	['FREQ=WEEKLY;BYDAY=TU', '2026-12-08', 'tous les mardis'],
	[
		'FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20270630',
		'2026-12-08',
		'tous les mardis et vendredis, jusqu’au 30 juin 2027'
	],
	['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-12-08', 'un mardi sur deux'],
	['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', '2026-12-08', 'une semaine sur deux, les mardis et jeudis'],
	['FREQ=MONTHLY', '2026-12-15', 'le 15 de chaque mois'],
	['FREQ=MONTHLY', '2026-12-01', 'le 1er de chaque mois'],
	['FREQ=YEARLY', '2026-07-14', 'chaque année, le 14 juillet']
])('%s from %s is said « %s »', (rrule, debut, words) => {
	const fin = debut.includes('T') ? `${debut.slice(0, 10)}T11:30` : null;
	const facts = v.parse(eventSchema, { titre: 'Café', debut, fin, rrule });
	expect(spaced(rhythmOf(facts))).toBe(words);
	expect(spaced(rhythmOf({ ...facts, hors_vacances: true }))).toMatch(/sauf pendant les vacances scolaires/);
	const read = readRepetition(rrule, debut.slice(0, 10));
	expect(read && writeRepetition(read)).toBe(rrule);
});

test.each([
	'FREQ=SECONDLY',
	'FREQ=DAILY',
	'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
	'FREQ=WEEKLY;INTERVAL=99999999;BYDAY=MO',
	'FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=1',
	'FREQ=MONTHLY;BYDAY=5TU',
	'FREQ=WEEKLY;COUNT=3;BYDAY=MO',
	'FREQ=MONTHLY;BYMONTHDAY=12',
	'n’importe quoi',
	''
])('%s is not a repetition of this agenda, so nothing ever computes it', (rule) => {
	expect(readRepetition(rule, '2026-12-08')).toBeUndefined();
});

test('a rule that says again what its first date says is read', () => {
	expect(readRepetition('FREQ=MONTHLY;BYMONTHDAY=8', '2026-12-08')?.rythme).toBe('mois');
	expect(readRepetition('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8', '2026-12-08')?.rythme).toBe('an');
	expect(readRepetition('FREQ=WEEKLY', '2026-12-08')).toEqual({
		rythme: 'semaine',
		intervalle: 1,
		jours: [2],
		jusquAu: null
	});
});

test('a month is named with its year', () => {
	expect(monthHeading('2026-08-31')).toBe('Août 2026');
});
