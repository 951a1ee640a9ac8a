import { describe, expect, test } from 'vitest';
import { addDays, isoWeek, weekdayOf, type PlainDate } from '../dates.ts';
import { isSchoolHoliday, publicHolidayOn } from './calendar.ts';
import { slotsOfDay, type Slot } from './days.ts';
import { aCalendar } from './fixtures/calendars.ts';
import horaires from './fixtures/horaires.json' with { type: 'json' };
import { mentionsPublicHolidays } from './rules.ts';
import type { Condition } from './weekly-rule.ts';
import { weeklyHours, type WeeklyHours } from './weekly-hours.ts';
import { weeklyNotes, weeklyRows, weeklySentence } from './weekly.ts';

const plain = (words: string): string => words.replaceAll('\u2060', '').replaceAll(/[\u202f\u00a0]/g, ' ');

function read(hours: string): WeeklyHours {
	const weekly = weeklyHours(hours);
	if (!weekly) throw new Error(`« ${hours} » can’t be read`);
	return weekly;
}

const sentence = (hours: string): string => plain(weeklySentence(read(hours)));

describe('hours really published, in one sentence', () => {
	const words: Record<string, string> = {
		'Mo-Tu,Th-Fr 08:45-12:00,13:30-17:00':
			'Lundi, mardi, jeudi et vendredi : 8 h 45 – 12 h et 13 h 30 – 17 h.',
		'Mo 09:15-11:30; Tu,Th 09:15-11:30,14:30-19:00; Fr-Sa 09:15-11:30':
			'Lundi, vendredi et samedi : 9 h 15 – 11 h 30. Mardi et jeudi : 9 h 15 – 11 h 30 et 14 h 30 – 19 h.',
		'Mo 09:00-12:00,14:00-19:00; Th 14:00-19:00': 'Lundi : 9 h – 12 h et 14 h – 19 h. Jeudi : 14 h – 19 h.',
		'Mo,We 08:30-11:30; Tu 13:30-18:00; Fr 08:30-11:30,13:30-18:00':
			'Lundi et mercredi : 8 h 30 – 11 h 30. Mardi : 13 h 30 – 18 h. Vendredi : 8 h 30 – 11 h 30 et 13 h 30 – 18 h.',
		'Mo-Tu,Th-Fr 08:00-12:00,14:00-18:00; We 14:00-18:00; Sa 14:00-18:00; Su 09:00-12:00,15:00-18:00':
			'Lundi, mardi, jeudi et vendredi : 8 h – 12 h et 14 h – 18 h. Mercredi et samedi : 14 h – 18 h. Dimanche : 9 h – 12 h et 15 h – 18 h.',
		'Tu-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00':
			'Du mardi au vendredi : 9 h – 12 h et 14 h – 17 h. Samedi : 9 h – 12 h.',
		'Tu-Fr 09:00-12:00,14:00-17:00; Mo 14:00-17:00':
			'Lundi : 14 h – 17 h. Du mardi au vendredi : 9 h – 12 h et 14 h – 17 h.',
		'Tu-Th 08:00-12:00,13:30-17:00; Mo 08:00-12:00,16:00-17:00; Fr 08:00-12:00,13:30-16:30':
			'Lundi : 8 h – 12 h et 16 h – 17 h. Du mardi au jeudi : 8 h – 12 h et 13 h 30 – 17 h. Vendredi : 8 h – 12 h et 13 h 30 – 16 h 30.',
		'Tu,Th 09:00-19:00; We,Fr 14:00-19:00':
			'Mardi et jeudi : 9 h – 19 h. Mercredi et vendredi : 14 h – 19 h.',
		'Mo-Fr 09:00-12:00,13:30-17:30': 'Du lundi au vendredi : 9 h – 12 h et 13 h 30 – 17 h 30.',
		'We,Sa 10:00-18:00; Th,Fr 12:30-18:00; Tu 12:30-19:00':
			'Mardi : 12 h 30 – 19 h. Mercredi et samedi : 10 h – 18 h. Jeudi et vendredi : 12 h 30 – 18 h.',
		'Tu,Fr 14:00-18:00; We,Sa 10:00-12:30,14:00-18:00; Th 10:00-12:00,14:00-18:00':
			'Mardi et vendredi : 14 h – 18 h. Mercredi et samedi : 10 h – 12 h 30 et 14 h – 18 h. Jeudi : 10 h – 12 h et 14 h – 18 h.',
		'We 14:00-18:00': 'Mercredi : 14 h – 18 h.',
		'Tu,We 10:00-12:00,13:30-18:00; Th,Fr 13:30-18:00; Sa 10:00-12:00,13:30-17:00':
			'Mardi et mercredi : 10 h – 12 h et 13 h 30 – 18 h. Jeudi et vendredi : 13 h 30 – 18 h. Samedi : 10 h – 12 h et 13 h 30 – 17 h.',
		'Mo 15:00-16:30; Tu 09:00-11:00; We 15:00-16:00':
			'Lundi : 15 h – 16 h 30. Mardi : 9 h – 11 h. Mercredi : 15 h – 16 h.',
		'Fr 13:45-15:45': 'Vendredi : 13 h 45 – 15 h 45.',
		'Mo 10:00-12:00; Tu 14:00-18:30; Th 09:00-12:00':
			'Lundi : 10 h – 12 h. Mardi : 14 h – 18 h 30. Jeudi : 9 h – 12 h.',
		'Mo-Th 08:30-12:30,13:30-17:00; Fr 08:30-12:30':
			'Du lundi au jeudi : 8 h 30 – 12 h 30 et 13 h 30 – 17 h. Vendredi : 8 h 30 – 12 h 30.',
		'Mo-Fr 10:00-12:00,14:00-16:00; We 14:00-18:00':
			'Lundi, mardi, jeudi et vendredi : 10 h – 12 h et 14 h – 16 h. Mercredi : 14 h – 18 h.',
		'Tu,Fr 09:00-12:00,14:00-17:30; We 09:00-12:00,13:30-16:30; Th 14:00-18:15':
			'Mardi et vendredi : 9 h – 12 h et 14 h – 17 h 30. Mercredi : 9 h – 12 h et 13 h 30 – 16 h 30. Jeudi : 14 h – 18 h 15.'
	};

	test.each(horaires.horaires)('$texte', ({ osm }) => {
		expect(sentence(osm)).toBe(words[osm]);
	});
});

const PARTICULAR: [string, string][] = [
	['24/7', 'Jour et nuit, tous les jours.'],
	['Mo-Su 09:00-12:00', 'Tous les jours : 9 h – 12 h.'],
	[
		'Mo-Fr 08:30-12:00; Sa[1,3] 09:00-12:00; PH off',
		'Du lundi au vendredi : 8 h 30 – 12 h. 1er et 3e samedi du mois : 9 h – 12 h. Jours fériés : fermé.'
	],
	['Sa 09:00-12:00; Sa[-1] off', 'Samedi : 9 h – 12 h. Dernier samedi du mois : fermé.'],
	[
		'Th 08:45-12:00, week 2-53/2 Th 14:00-16:30',
		'Jeudi : 8 h 45 – 12 h. Semaines paires, jeudi : aussi 14 h – 16 h 30.'
	],
	['week 01-53/2 Fr 09:00-12:00', 'Semaines impaires, vendredi : 9 h – 12 h.'],
	['SH We 09:00-12:00', 'Vacances scolaires, mercredi : 9 h – 12 h.'],
	[
		'Mo-Fr 08:30-12:00; PH,SH off',
		'Du lundi au vendredi : 8 h 30 – 12 h. Jours fériés : fermé. Vacances scolaires : fermé.'
	],
	['Mo-Fr,PH 08:30-12:00', 'Du lundi au vendredi : 8 h 30 – 12 h. Jours fériés : 8 h 30 – 12 h.'],
	[
		'Sep-Jun Tu 09:00-12:00; Jul-Aug Tu 10:00-12:30',
		'De septembre à juin, mardi : 9 h – 12 h. En juillet et août, mardi : 10 h – 12 h 30.'
	],
	['Aug: Mo 09:00-12:00', 'En août, lundi : 9 h – 12 h.'],
	[
		'Mo-Fr 09:00-12:00; Dec 24-26 off; Jul 14 off; May 01,May 08 off',
		'Du lundi au vendredi : 9 h – 12 h. Du 24 au 26 décembre : fermé. Le 14 juillet : fermé. Le 1er mai et le 8 mai : fermé.'
	],
	[
		'Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 02 off',
		'Du lundi au vendredi : 9 h – 12 h. Du 24 décembre 2026 au 2 janvier 2027 : fermé.'
	],
	['Fr-Sa 22:00-26:00', 'Vendredi et samedi : 22 h – 2 h.'],
	['Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous"', 'Mardi : 9 h – 12 h ; 14 h – 17 h sur rendez-vous.'],
	['Mo-Fr "sur rendez-vous"', 'Du lundi au vendredi : sur rendez-vous.'],
	['Tu 09:00-12:00 || "sur rendez-vous"', 'Mardi : 9 h – 12 h. En dehors de ces horaires, sur rendez-vous.'],
	['Sa 09:00-12:00 open "état civil"', 'Samedi : 9 h – 12 h (état civil).'],
	['Sa 09:00-12:00 "si beau temps"', 'Samedi : 9 h – 12 h (si beau temps).'],
	['Fr 20:00-02:00, Sa 20:00-23:00', 'Vendredi : 20 h – 2 h. Samedi : 20 h – 23 h.'],
	['Fr 22:00-02:00; Jul-Aug off', 'Vendredi : 22 h – 2 h. En juillet et août : fermé.'],
	[
		'week 02-52/2 Th 09:00-12:00, week 02-52/2 Th 14:00-17:00 "sur rendez-vous"',
		'Semaines paires, jeudi : 9 h – 12 h ; 14 h – 17 h sur rendez-vous.'
	],
	[
		'Mo-Fr 09:00-12:00; Sa 10:00-12:00; PH Mo-Fr 09:00-12:00; PH Sa 10:00-12:00',
		'Du lundi au vendredi : 9 h – 12 h. Samedi : 10 h – 12 h. Jours fériés tombant du lundi au vendredi : 9 h – 12 h. Jours fériés tombant samedi : 10 h – 12 h.'
	],
	['Sa 09:00-12:00; SH Sa off', 'Samedi : 9 h – 12 h. Vacances scolaires, samedi : fermé.'],
	[
		'Sa[1] 09:00-12:00; Jul-Aug Sa[1] off',
		'1er samedi du mois : 9 h – 12 h. En juillet et août, 1er samedi du mois : fermé.'
	],
	['We off', 'Mercredi : fermé.'],
	['Mo-Fr 08:30-12:00; We off', 'Lundi, mardi, jeudi et vendredi : 8 h 30 – 12 h.']
];

describe('particular hours, in sentences', () => {
	test.each(PARTICULAR)('« %s »: %s', (hours, words) => {
		expect(sentence(hours)).toBe(words);
	});
});

test.each([
	'',
	'bonjour',
	'Mo',
	'Mo-Fr 08:30',
	'Mo-Fr 08:30-08:30',
	'Mo-Fr 08:75-12:00',
	'Mo-Fr 25:00-26:00',
	'week 10-20 Mo 09:00-12:00',
	'2026 Mo 09:00-12:00',
	'SH +1 day off',
	'Sa[7] 09:00-12:00',
	'sunrise-sunset',
	'Mo-Fr 09:00-12:00 off',
	'Mo-Fr 09:00-12:00 || Sa 10:00-12:00',
	'PH off; Mo-Fr 08:30-12:00',
	'SH Mo-Fr 08:00-18:00; SH off',
	'Fr 22:00-02:00; Sa 20:00-23:00'
])('« %s » isn’t read rather than read wrong', (hours) => {
	expect(weeklyHours(hours)).toBeUndefined();
});

/*
 * What is printed and what the pages compute must be the same hours: each reading, applied day by day by hand, gives
 * the slots that opening_hours computes.
 */
describe('what is written is what is computed', () => {
	const calendar = aCalendar();

	function holds(condition: Condition, date: PlainDate): boolean {
		switch (condition.kind) {
			case 'ferie':
				return publicHolidayOn(date, calendar.place) !== undefined;
			case 'vacances':
				return isSchoolHoliday(date, calendar) === true;
			case 'semaines':
				return (isoWeek(date) % 2 === 0) === (condition.parite === 'paires');
			case 'periodes':
				return condition.spans.some((span) => {
					if (span.kind === 'dates') return span.debut <= date && date <= span.fin;
					const [from, to] =
						span.kind === 'jours'
							? [span.debut, span.fin]
							: [`${String(span.de).padStart(2, '0')}-01`, `${String(span.a).padStart(2, '0')}-31`];
					const day = date.slice(5);
					return from <= to ? from <= day && day <= to : day >= from || day <= to;
				});
		}
	}

	function isRank(rank: number, date: PlainDate): boolean {
		return rank === -1
			? addDays(date, 7).slice(0, 7) !== date.slice(0, 7)
			: Math.ceil(Number(date.slice(8)) / 7) === rank;
	}

	function written(weekly: WeeklyHours, date: PlainDate): Slot[] {
		const weekday = weekdayOf(date);
		let slots = weekly.days[weekday - 1] ?? [];
		for (const { conditions, weekdays, ranks, slots: others, adds } of weekly.exceptions) {
			if (weekdays.length > 0 && !weekdays.includes(weekday)) continue;
			if (ranks.length > 0 && !ranks.some((rank) => isRank(rank, date))) continue;
			if (conditions.every((condition) => holds(condition, date)))
				slots = adds ? [...slots, ...others] : others;
		}
		return [...slots].sort((one, other) => one.debut.localeCompare(other.debut));
	}

	const handRead = horaires.lus_a_la_main.flatMap(({ osm }) => (osm === undefined ? [] : [osm]));
	const computed = [
		...horaires.horaires.map(({ osm }) => osm),
		...handRead,
		...PARTICULAR.map(([hours]) => hours)
	].filter((hours) => !hours.includes('||'));

	test.each(computed)('« %s », every day from December 2026 to June 2027', (hours) => {
		const weekly = read(hours);
		const closedOnHolidays = !mentionsPublicHolidays(hours) && hours !== '24/7';
		for (let date = '2026-12-01'; date < '2027-07-01'; date = addDays(date, 1)) {
			const isHoliday = publicHolidayOn(date, calendar.place) !== undefined;
			const isEve = publicHolidayOn(addDays(date, 1), calendar.place) !== undefined;
			// A holiday cuts the evening before at midnight, and in March a clock goes from 2 to 3.
			if (/-26:00|-02:00/.test(hours) && (isEve || date === '2027-03-27')) continue;
			const expected = closedOnHolidays && isHoliday ? [] : written(weekly, date);
			expect([date, slotsOfDay(hours, date, calendar)]).toEqual([date, expected]);
		}
	});
});

describe('the table of the week', () => {
	const rows = (hours: string) =>
		weeklyRows(read(hours)).map(({ label, cells }) => [label, ...cells].map(plain));

	test('a row a day, morning and afternoon, and one for a closed week-end', () => {
		expect(rows('Mo-Tu,Th 08:30-12:00,13:30-17:00; We 08:30-12:00; Fr 08:30-12:00,13:30-16:00')).toEqual([
			['lundi', '8 h 30 – 12 h', '13 h 30 – 17 h'],
			['mardi', '8 h 30 – 12 h', '13 h 30 – 17 h'],
			['mercredi', '8 h 30 – 12 h', 'fermé'],
			['jeudi', '8 h 30 – 12 h', '13 h 30 – 17 h'],
			['vendredi', '8 h 30 – 12 h', '13 h 30 – 16 h'],
			['week-end', 'fermé', 'fermé']
		]);
	});

	test('an open Saturday has its row, and Sunday then has its own', () => {
		expect(rows('Sa 09:00-12:00').slice(-2)).toEqual([
			['samedi', '9 h – 12 h', 'fermé'],
			['dimanche', 'fermé', 'fermé']
		]);
	});

	test('a day without a break is one cell over both halves', () => {
		expect(rows('Mo 08:30-17:00; Tu 10:00-14:00; We 12:30-19:00; Th 10:00-24:00').slice(0, 4)).toEqual([
			['lundi', '8 h 30 – 17 h'],
			['mardi', '10 h – 14 h', 'fermé'],
			['mercredi', 'fermé', '12 h 30 – 19 h'],
			['jeudi', '10 h – minuit']
		]);
	});

	test('a row knows its days, so that today’s can be marked', () => {
		expect(weeklyRows(read('Mo-Fr 08:30-12:00')).map(({ weekdays }) => weekdays)).toEqual([
			[1],
			[2],
			[3],
			[4],
			[5],
			[6, 7]
		]);
	});

	test('a Saturday open now and then says when in its row, and isn’t said again below', () => {
		const weekly = read('Mo-Fr 08:30-12:00; Sa[1,3] 09:00-12:00; PH off');
		expect(rows('Mo-Fr 08:30-12:00; Sa[1,3] 09:00-12:00; PH off').slice(-2)).toEqual([
			['samedi', '1er et 3e samedi du mois : 9 h – 12 h'],
			['dimanche', 'fermé', 'fermé']
		]);
		expect(weeklyNotes(weekly).map(plain)).toEqual(['Jours fériés : fermé.']);
	});

	test.each(['24/7', 'SH We 09:00-12:00', 'Sep-Jun Tu 09:00-12:00; Jul-Aug Tu 10:00-12:30'])(
		'« %s » has no table: its notes say it all',
		(hours) => {
			expect(weeklyRows(read(hours))).toEqual([]);
			expect(weeklyNotes(read(hours)).join(' ')).toBe(weeklySentence(read(hours)));
		}
	);
});

describe('the slots of one day', () => {
	test.each<[string, string, Slot[] | undefined]>([
		[
			'Mo-Fr 08:30-12:00,13:30-17:00',
			'2026-11-24',
			[
				{ debut: '08:30', fin: '12:00' },
				{ debut: '13:30', fin: '17:00' }
			]
		],
		['Mo-Fr 08:30-12:00', '2026-11-28', []],
		['Mo-Fr 08:30-12:00', '2026-12-25', []],
		['Fr 22:00-02:00', '2026-11-27', [{ debut: '22:00', fin: '02:00' }]],
		['Fr 22:00-02:00', '2026-11-28', []],
		['Fr 20:00-24:00', '2026-11-27', [{ debut: '20:00', fin: '24:00' }]],
		['24/7', '2026-11-28', [{ debut: '00:00', fin: '24:00' }]],
		['Tu 14:00-17:00 "sur rendez-vous"', '2026-11-24', [{ debut: '14:00', fin: '17:00', appointment: true }]],
		[
			'Sa 09:00-12:00 open "état civil"',
			'2026-11-28',
			[{ debut: '09:00', fin: '12:00', comment: 'état civil' }]
		],
		['Mo-Fr 08:30-12:00; SH off', '2027-09-22', undefined],
		['bonjour', '2026-11-24', undefined]
	])('« %s » on %s', (hours, date, slots) => {
		expect(slotsOfDay(hours, date, aCalendar())).toEqual(slots);
	});

	test('there is none during a closure', () => {
		const calendar = aCalendar([{ debut: '2026-11-24', fin: '2026-11-24' }]);
		expect(slotsOfDay('Mo-Fr 08:30-12:00', '2026-11-24', calendar)).toEqual([]);
	});
});
