import { describe, expect, test } from 'vitest';
import { addDays } from '../../dates.ts';
import { slotsOfDay } from '../days.ts';
import { aCalendar } from '../fixtures/calendars.ts';
import horaires from '../fixtures/horaires.json' with { type: 'json' };
import { mentionsPublicHolidays } from '../rules.ts';
import { weeklyHours, type WeeklyHours } from '../weekly-hours.ts';
import { weeklySentence } from '../weekly.ts';
import { readFrenchHours } from './french.ts';

/*
 * What the site writes of some hours, given back to the reader, says the same hours: a secretary may copy a page into
 * the form.
 */
const OTHERS = [
	'24/7',
	'24/7; PH off',
	'"sur rendez-vous"',
	'Mo-Su 09:00-12:00',
	'Mo-Su 09:00-12:00; PH 09:00-12:00',
	'Mo-Fr 08:30-12:00; Sa[1,3] 09:00-12:00; PH off',
	'Sa 09:00-12:00; Sa[-1] off',
	'Th 08:45-12:00, week 02-52/2 Th 14:00-16:30',
	'Fr 14:00-18:00, week 01-53/2 Fr 09:00-12:00',
	'week 01-53/2 Fr 09:00-12:00',
	'week 02-52/2 Th 09:00-12:00, week 02-52/2 Th 14:00-17:00 "sur rendez-vous"',
	'SH We 09:00-12:00',
	'Sa 09:00-12:00; SH Sa off',
	'Mo-Tu,Th-Fr 07:30-08:30,16:30-18:30; We 07:30-18:30; SH Mo-Tu,Th-Fr off',
	'Mo-Fr 08:30-12:00; PH off; SH off',
	'Mo-Fr 08:30-12:00; PH 08:30-12:00',
	'Su 10:00-12:00; PH 10:00-12:00',
	'Mo-Fr 09:00-12:00; Sa 10:00-12:00; PH Mo-Fr 09:00-12:00; PH Sa 10:00-12:00',
	'Sep-Jun Tu 09:00-12:00; Jul-Aug Tu 10:00-12:30',
	'Mo-Fr 09:00-12:00; Jul-Aug Mo-Fr 09:00-11:00',
	'Aug Mo 09:00-12:00',
	'Sa[1] 09:00-12:00; Jul-Aug Sa[1] off',
	'Mo-Fr 09:00-12:00; Dec 24-26 off; Jul 14 off; May 01,May 08 off',
	'Mo-Fr 09:00-12:00; Aug 01-15 off',
	'Mo-Fr 09:00-12:00; Dec 24-Jan 02 off',
	'Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 02 off',
	'Fr-Sa 22:00-02:00',
	'Fr 20:00-02:00, Sa 20:00-23:00',
	'Sa 20:00-24:00',
	'Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous"',
	'Mo 09:00-12:00, Mo 08:30-09:00,12:00-12:30,13:30-17:30 "sur rendez-vous"',
	'Mo-Fr "sur rendez-vous"',
	'Tu 09:00-12:00 || "sur rendez-vous"',
	'Sa 09:00-12:00 open "état civil"',
	'Sa 09:00-12:30 "1 samedi sur 2"',
	'Mo 08:30-12:00, Mo 12:30-17:00 "1 lundi par mois"',
	'We off'
];

const WRITTEN = [
	...horaires.horaires.map(({ osm }) => osm),
	...horaires.lus_a_la_main.flatMap(({ osm }) => (osm === undefined ? [] : [osm])),
	...OTHERS
];

const calendar = aCalendar();

/** Two closings may be told in either order. */
function inAnyOrder(weekly: WeeklyHours | undefined): unknown {
	return weekly && { ...weekly, exceptions: weekly.exceptions.map((one) => JSON.stringify(one)).sort() };
}

describe('what the site writes in French is read back as the same hours', () => {
	test.each([...new Set(WRITTEN)])('« %s »', (hours) => {
		const weekly = weeklyHours(hours);
		if (!weekly) throw new Error(`« ${hours} » has no sentence`);
		const read = readFrenchHours(weeklySentence(weekly));
		if ('problems' in read) throw new Error(JSON.stringify([weeklySentence(weekly), read.problems]));
		expect(read.precisions).toEqual([]);
		expect(inAnyOrder(weeklyHours(read.osm))).toEqual(inAnyOrder(weekly));
		expect(mentionsPublicHolidays(read.osm)).toBe(mentionsPublicHolidays(hours));
		for (let date = '2026-12-18'; date < '2027-01-08'; date = addDays(date, 1))
			expect([date, slotsOfDay(read.osm, date, calendar)]).toEqual([date, slotsOfDay(hours, date, calendar)]);
	});
});
