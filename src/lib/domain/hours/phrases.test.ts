import { expect, test } from 'vitest';
import { instantOf } from '../dates.ts';
import type { Calendar } from './calendar.ts';
import { aCalendar } from './fixtures/calendars.ts';
import { openingAt } from './opening.ts';
import { holidayName, openingPhrase } from './phrases.ts';

const MAIRIE = 'Mo-Fr 08:30-12:00,13:30-17:00';
const SATURDAYS = 'Sa[1] 09:00-12:00';

/** The whole phrase at a local time, its no-break spaces made plain. */
function said(hours: string, local: string, calendar: Calendar = aCalendar()): string | undefined {
	const at = instantOf(local);
	const phrase = openingPhrase(openingAt(hours, at, calendar), at);
	return (
		phrase &&
		`${phrase.mot} ${phrase.suite}`
			.trim()
			.replaceAll('\u2060', '')
			.replaceAll(/[\u202f\u00a0]/g, ' ')
	);
}

test.each([
	[MAIRIE, '2026-11-24T10:15', 'Ouvert jusqu’à 12 h, puis 13 h 30 – 17 h'],
	[MAIRIE, '2026-11-24T14:00', 'Ouvert jusqu’à 17 h'],
	[MAIRIE, '2026-11-24T12:15', 'Fermé · ouvre à 13 h 30'],
	[MAIRIE, '2026-11-24T07:00', 'Fermé · ouvre à 8 h 30'],
	[MAIRIE, '2026-11-24T17:00', 'Fermé · ouvre demain à 8 h 30'],
	[MAIRIE, '2026-11-27T17:00', 'Fermé · ouvre lundi à 8 h 30'],
	[MAIRIE, '2026-11-29T17:00', 'Fermé · ouvre demain à 8 h 30'],
	['Tu 09:00-12:00', '2026-11-24T12:00', 'Fermé · ouvre le mardi 1er décembre à 9 h'],
	['Tu 09:00-12:00', '2026-11-25T12:00', 'Fermé · ouvre mardi à 9 h'],
	[SATURDAYS, '2026-12-05T13:00', 'Fermé · ouvre le samedi 2 janvier à 9 h'],
	['Mo-Fr 08:30-12:00', '2026-12-31T13:00', 'Fermé · ouvre lundi à 8 h 30'],
	['24/7', '2026-12-25T10:00', 'Ouvert jour et nuit'],
	['Fr 20:00-24:00', '2026-11-27T21:00', 'Ouvert jusqu’à minuit'],
	['Fr 22:00-02:00', '2026-11-27T23:00', 'Ouvert jusqu’à 2 h'],
	['Fr 22:00-02:00', '2026-11-28T01:00', 'Ouvert jusqu’à 2 h'],
	['Fr 10:00-24:00; Sa 00:00-14:00', '2026-11-27T12:00', 'Ouvert jusqu’à demain 14 h'],
	['Sa-Su 00:00-24:00; Mo 00:00-08:00', '2026-11-28T12:00', 'Ouvert jusqu’au lundi 30 novembre à 8 h'],
	['Sa-Su 00:00-24:00', '2026-11-28T12:00', 'Ouvert jusqu’au dimanche 29 novembre inclus'],
	['Sa 09:00-12:00 open "état civil"', '2026-11-28T10:00', 'Ouvert jusqu’à 12 h (état civil)'],
	['Tu 14:00-17:00 "sur rendez-vous"', '2026-11-24T15:00', 'Sur rendez-vous jusqu’à 17 h'],
	['"sur rendez-vous"', '2026-11-24T15:00', 'Sur rendez-vous'],
	[
		'Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous"',
		'2026-11-24T10:00',
		'Ouvert jusqu’à 12 h, puis 14 h – 17 h sur rendez-vous'
	],
	['Tu 14:00-17:00 "sur rendez-vous"', '2026-11-24T10:00', 'Fermé · sur rendez-vous à partir de 14 h'],
	['Tu 14:00-17:00 "sur rendez-vous"', '2026-11-23T10:00', 'Fermé · sur rendez-vous demain à partir de 14 h'],
	['Tu 14:00-17:00 "sur rendez-vous"', '2026-11-22T10:00', 'Fermé · sur rendez-vous mardi à partir de 14 h'],
	[
		'Tu 14:00-17:00 "sur rendez-vous"',
		'2026-11-24T18:00',
		'Fermé · sur rendez-vous le mardi 1er décembre à partir de 14 h'
	],
	[MAIRIE, '2026-12-25T10:00', 'Fermé aujourd’hui, jour férié (Noël) · ouvre lundi à 8 h 30'],
	['off', '2026-11-24T10:00', 'Fermé'],
	['bonjour', '2026-11-24T10:00', undefined]
])('« %s » at %s: %s', (hours, local, words) => {
	expect(said(hours, local)).toBe(words);
});

test.each([
	[{ debut: '2026-12-28', fin: '2027-01-03', motif: 'congés' }, 'Fermé du 28 décembre au 3 janvier : congés'],
	[{ debut: '2026-12-28', fin: '2026-12-30', motif: 'travaux' }, 'Fermé du 28 au 30 décembre : travaux'],
	[
		{ debut: '2026-12-28', fin: '2026-12-31' },
		'Fermé du 28 au 31 décembre · ouvre le lundi 4 janvier à 8 h 30'
	],
	[
		{ debut: '2026-12-28', fin: '2026-12-28', motif: 'formation' },
		'Fermé aujourd’hui : formation · ouvre demain à 8 h 30'
	],
	[{ debut: '2026-12-28', fin: '2026-12-28' }, 'Fermé aujourd’hui · ouvre demain à 8 h 30']
])('the closure %j is said « %s »', (closure, words) => {
	expect(said(MAIRIE, '2026-12-28T10:00', aCalendar([closure]))).toBe(words);
});

test('the first word stands apart, with a code for its colour', () => {
	const at = instantOf('2026-11-24T10:15');
	expect(openingPhrase(openingAt(MAIRIE, at, aCalendar()), at)).toEqual({
		etat: 'ouvert',
		mot: 'Ouvert',
		suite: 'jusqu’à 12\u202fh, puis 13\u202fh\u202f30\u00a0–\u2060\u00a017\u202fh'
	});
	expect(openingPhrase({ state: 'closed', changes: undefined }, at)).toEqual({
		etat: 'ferme',
		mot: 'Fermé',
		suite: ''
	});
	expect(openingPhrase({ state: 'appointment', changes: undefined }, at)?.etat).toBe('rendez-vous');
});

test.each([
	['2026-11-11', 'Armistice de 1918'],
	['2027-01-01', 'jour de l’An'],
	['2027-03-29', 'lundi de Pâques'],
	['2028-05-01', 'fête du Travail'],
	['2028-05-08', 'Victoire de 1945'],
	['2027-05-06', 'Ascension'],
	['2027-05-17', 'lundi de Pentecôte'],
	['2027-07-14', 'fête nationale'],
	['2028-08-15', 'Assomption'],
	['2027-11-01', 'Toussaint']
])('the public holiday of %s is called « %s »', (date, name) => {
	expect(said(MAIRIE, `${date}T10:00`)).toContain(`Fermé aujourd’hui, jour férié (${name})`);
});

test('a holiday that has no French words of ours keeps its own name', () => {
	expect(holidayName('Abolition de l’esclavage')).toBe('Abolition de l’esclavage');
});
