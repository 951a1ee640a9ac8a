import { describe, expect, test } from 'vitest';
import {
	addDays,
	dateOf,
	daysBetween,
	formatDate,
	formatDayMonth,
	formatEnd,
	formatList,
	formatPeriod,
	formatSpan,
	formatTime,
	formatYearlyPeriod,
	instantOf,
	isoWeek,
	localOf,
	startOfDay,
	startOfNextDay,
	weekdayOf
} from './dates.ts';

const HOUR = 3_600_000;

/** Words with their narrow (U+202F) and wide (U+00A0) no-break spaces shown as « _ » and « ~ ». */
const shown = (words: string): string =>
	words.replaceAll('\u2060', '').replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

describe('clocks in Paris', () => {
	test.each([
		['2026-11-24T09:15:59Z', '2026-11-24T10:15'],
		['2026-07-14T22:30:00Z', '2026-07-15T00:30'],
		['2026-12-31T23:00:00Z', '2027-01-01T00:00'],
		['2026-10-25T00:30:00Z', '2026-10-25T02:30'],
		['2026-10-25T01:30:00Z', '2026-10-25T02:30'],
		['2027-03-28T00:59:00Z', '2027-03-28T01:59'],
		['2027-03-28T01:00:00Z', '2027-03-28T03:00']
	])('at %s they show %s', (instant, local) => {
		expect(localOf(Date.parse(instant))).toBe(local);
		expect(dateOf(Date.parse(instant))).toBe(local.slice(0, 10));
	});

	test.each([
		['2026-11-24T10:15', '2026-11-24T09:15:00Z', 'in winter'],
		['2026-07-15T00:30', '2026-07-14T22:30:00Z', 'in summer'],
		['2026-10-25T02:30', '2026-10-25T00:30:00Z', 'the first of the two times it is shown'],
		['2027-03-28T02:30', '2027-03-28T01:30:00Z', 'an hour later, when it is never shown']
	])('%s is at %s: %s', (local, instant) => {
		expect(new Date(instantOf(local)).toISOString()).toBe(instant.replace('Z', '.000Z'));
	});

	test.each(['', 'bonjour', '2026-13-01T00:00', '2026-02-29T10:00'])('« %s » is no time', (text) => {
		expect(() => instantOf(text)).toThrow(RangeError);
	});

	test.each([
		['2026-10-25', 25],
		['2027-03-28', 23],
		['2026-11-24', 24]
	])('the day %s lasts %i hours', (date, hours) => {
		expect(startOfNextDay(startOfDay(date)) - startOfDay(date)).toBe(hours * HOUR);
	});

	test('the next day begins at midnight, be it one millisecond away', () => {
		expect(startOfNextDay(startOfDay('2026-11-25') - 1)).toBe(startOfDay('2026-11-25'));
		expect(startOfNextDay(startOfDay('2026-11-25'))).toBe(startOfDay('2026-11-26'));
	});
});

describe('the calendar', () => {
	test.each([
		['2026-11-24', 1, '2026-11-25'],
		['2026-12-31', 1, '2027-01-01'],
		['2028-02-28', 1, '2028-02-29'],
		['2027-02-28', 1, '2027-03-01'],
		['2026-03-01', -1, '2026-02-28'],
		['2026-10-25', 1, '2026-10-26']
	])('%s and %i days make %s', (date, days, result) => {
		expect(addDays(date, days)).toBe(result);
		expect(daysBetween(date, result)).toBe(days);
	});

	test.each([
		['2026-11-23', 1],
		['2026-11-24', 2],
		['2026-11-29', 7]
	])('%s is day %i of its week', (date, weekday) => {
		expect(weekdayOf(date)).toBe(weekday);
	});

	test.each([
		['2026-01-01', 1],
		['2026-11-24', 48],
		['2026-12-28', 53],
		['2027-01-03', 53],
		['2027-01-04', 1],
		['2024-12-30', 1],
		['2021-01-03', 53]
	])('%s is in week %i', (date, week) => {
		expect(isoWeek(date)).toBe(week);
	});
});

describe('French words', () => {
	test('a date is said with its day, its year, both or neither', () => {
		expect(formatDate('2026-11-03')).toBe('mardi 3 novembre');
		expect(formatDate('2026-11-03', 'annee')).toBe('3 novembre 2026');
		expect(formatDate('2026-11-03', 'complet')).toBe('mardi 3 novembre 2026');
		expect(formatDate('2026-11-03', 'court')).toBe('3 novembre');
	});

	test('the first of the month is « 1er »', () => {
		expect(formatDate('2027-05-01')).toBe('samedi 1er mai');
		expect(formatDayMonth('08-01')).toBe('1er août');
	});

	test.each([
		['08:30', '8_h_30'],
		['12:00', '12_h'],
		['00:05', '0_h_05'],
		['00:00', '0_h'],
		['24:00', 'minuit'],
		['2026-11-24T09:00', '9_h']
	])('%s is said « %s », without a place to break the line', (time, words) => {
		expect(shown(formatTime(time))).toBe(words);
	});

	test('what ends at midnight ends at « minuit »', () => {
		expect(formatEnd('00:00')).toBe('minuit');
		expect(formatEnd('2026-11-25T00:00')).toBe('minuit');
		expect(shown(formatEnd('12:30'))).toBe('12_h_30');
		expect(shown(formatSpan('22:00', '24:00'))).toBe('22_h~–~minuit');
		expect(shown(formatSpan('08:30', '12:00'))).toBe('8_h_30~–~12_h');
	});

	test.each([
		['2026-11-03', '2026-11-03', 'le 3 novembre'],
		['2026-11-01', '2026-11-12', 'du 1er au 12 novembre'],
		['2026-11-28', '2026-12-01', 'du 28 novembre au 1er décembre'],
		['2026-12-24', '2027-01-02', 'du 24 décembre au 2 janvier'],
		['2026-03-01', '2027-03-31', 'du 1er mars 2026 au 31 mars 2027']
	])('from %s to %s is said « %s »', (debut, fin, words) => {
		expect(formatPeriod(debut, fin)).toBe(words);
	});

	test('a period is said with its years when asked', () => {
		expect(formatPeriod('2026-12-24', '2027-01-02', 'annee')).toBe('du 24 décembre 2026 au 2 janvier 2027');
		expect(formatPeriod('2026-12-24', '2026-12-24', 'annee')).toBe('le 24 décembre 2026');
	});

	test.each([
		['12-24', '01-02', 'du 24 décembre au 2 janvier'],
		['12-24', '12-26', 'du 24 au 26 décembre'],
		['07-14', '07-14', 'le 14 juillet']
	])('every year from %s to %s is said « %s »', (debut, fin, words) => {
		expect(formatYearlyPeriod(debut, fin)).toBe(words);
	});

	test.each([
		[[], ''],
		[['lundi'], 'lundi'],
		[['lundi', 'mardi'], 'lundi et mardi'],
		[['lundi', 'mardi', 'jeudi', 'samedi'], 'lundi, mardi, jeudi et samedi']
	])('%j is listed « %s »', (words, list) => {
		expect(formatList(words)).toBe(list);
	});
});
