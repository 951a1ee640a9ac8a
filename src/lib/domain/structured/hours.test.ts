import { expect, test } from 'vitest';
import { openingHours } from './hours.ts';

/** « Monday,Tuesday 08:30-12:00 », « PublicHolidays closed » */
const lines = (hours: string) =>
	openingHours(hours)?.map((one) => {
		const { dayOfWeek = '', opens, closes } = one as unknown as Record<string, string | string[]>;
		return `${String(dayOfWeek)} ${opens === undefined ? 'closed' : `${String(opens)}-${String(closes)}`}`;
	});
const week = 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday';

test.each([
	['Mo-We 09:00-12:00', ['Monday,Tuesday,Wednesday 09:00-12:00', 'PublicHolidays closed']],
	[
		'Mo-Tu,Th 08:30-12:00,13:30-17:00; We 08:30-12:00; Fr 08:30-12:00,13:30-16:00',
		[
			'Monday,Tuesday,Wednesday,Thursday,Friday 08:30-12:00',
			'Monday,Tuesday,Thursday 13:30-17:00',
			'Friday 13:30-16:00',
			'PublicHolidays closed'
		]
	],
	['24/7', [`${week} 00:00-23:59`]],
	['24/7; PH off', [`${week} 00:00-23:59`, 'PublicHolidays closed']],
	['Mo 09:00-12:00; PH off', ['Monday 09:00-12:00', 'PublicHolidays closed']],
	['Mo-Su,PH 09:00-23:00', [`${week} 09:00-23:00`, 'PublicHolidays 09:00-23:00']],
	['Fr 22:00-02:00', ['Friday 22:00-02:00', 'PublicHolidays closed']],
	['Fr 20:00-24:00', ['Friday 20:00-00:00', 'PublicHolidays closed']]
])('%s is said exactly', (hours, said) => {
	expect(lines(hours)).toEqual(said);
});

test.each([
	['Mo,We 09:00-12:00; week 2-53/2 Sa 09:00-12:00'],
	['Mo-Fr 09:00-12:00; SH off'],
	['SH Mo-Fr 09:00-12:00'],
	['Sa[1] 09:00-12:00'],
	['Jul-Aug Mo-Fr 09:00-12:00'],
	['Mo-Fr 09:00-12:00 "sur rendez-vous"'],
	['Mo-Fr 09:00-12:00 "par téléphone"'],
	['Mo-Fr 09:00-12:00; PH Mo 10:00-11:00'],
	['le soir, sauf le jeudi']
])('%s can’t be said exactly, and isn’t', (hours) => {
	expect(openingHours(hours)).toBeUndefined();
});
