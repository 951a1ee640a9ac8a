import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { addDays } from '../dates.ts';
import { isSchoolHoliday, LIBRARY_SCHOOL_DATA, publicHolidayOn, type SchoolHoliday } from './calendar.ts';
import { aCalendar } from './fixtures/calendars.ts';

const seed = new URL('../../../../seeds/calendrier-scolaire.yaml', import.meta.url);

test('the school holidays we ship are those of the library, day for day, as long as it knows them', () => {
	const table = parse(readFileSync(seed, 'utf8')) as (SchoolHoliday & { zone: string })[];
	expect(table.every(({ zone }) => zone === 'A')).toBe(true);
	const { debut: first = '' } = table[0] ?? {};
	const shipped = aCalendar([], table);
	const library = aCalendar([], []);
	for (let date = first; date <= LIBRARY_SCHOOL_DATA.fin; date = addDays(date, 1))
		expect([date, isSchoolHoliday(date, shipped)]).toEqual([date, isSchoolHoliday(date, library)]);
});

test.each(LIBRARY_SCHOOL_DATA.regions)(
	'the library knows the school holidays of %s to its first and last days',
	(region) => {
		const calendar = { ...aCalendar([], []), place: { departement: '', region } };
		expect(isSchoolHoliday(LIBRARY_SCHOOL_DATA.debut, calendar)).toBe(true);
		expect(isSchoolHoliday(LIBRARY_SCHOOL_DATA.fin, calendar)).toBe(true);
		expect(isSchoolHoliday(addDays(LIBRARY_SCHOOL_DATA.debut, -1), calendar)).toBeUndefined();
		expect(isSchoolHoliday(addDays(LIBRARY_SCHOOL_DATA.fin, 1), calendar)).toBeUndefined();
	}
);

test('an apostrophe typed the French way names the same region', () => {
	const calendar = {
		...aCalendar([], []),
		place: { departement: 'Var', region: 'Provence-Alpes-Côte d’Azur' }
	};
	expect(isSchoolHoliday('2026-12-25', calendar)).toBe(true);
});

test('the last day of the holidays is one of them, and classes resume the day after', () => {
	expect(isSchoolHoliday('2026-11-01', aCalendar([], []))).toBe(true);
	expect(isSchoolHoliday('2026-11-02', aCalendar([], []))).toBe(false);
});

test('a year has eleven public holidays in Haute-Savoie and thirteen in Moselle', () => {
	const count = (departement: string) =>
		Array.from({ length: 365 }, (_, day) => addDays('2027-01-01', day)).filter((date) =>
			publicHolidayOn(date, { departement, region: '' })
		).length;
	expect(count('Haute-Savoie')).toBe(11);
	expect(count('Moselle')).toBe(13);
});
