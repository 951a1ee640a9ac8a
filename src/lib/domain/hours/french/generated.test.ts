import { describe, expect, test } from 'vitest';
import { addDays, instantOf, type Weekday } from '../../dates.ts';
import { slotsOfDay } from '../days.ts';
import { aCalendar } from '../fixtures/calendars.ts';
import { openingAt } from '../opening.ts';
import { readFrenchHours } from './french.ts';

/** Numbers always the same, from 0 to 1, so that a failure comes back. */
function* numbers(seed: number): Generator<number, never> {
	let state = seed;
	for (;;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state / 2 ** 32;
	}
}

type Pick = <T>(choices: readonly [T, ...T[]]) => T;
type Span = [string, string];

const NAMES = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const OSM = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MORNINGS: [Span, ...Span[]] = [
	['08:30', '12:00'],
	['09:00', '12:30'],
	['08:00', '11:45'],
	['10:00', '12:00']
];
const AFTERNOONS: [Span, ...Span[]] = [
	['13:30', '17:00'],
	['14:00', '18:30'],
	['12:45', '16:15'],
	['15:00', '19:00']
];
const WHOLE: [Span, ...Span[]] = [
	['09:00', '17:00'],
	['08:30', '19:00'],
	['07:15', '18:45']
];

/** A way to write: each choice is made once for a whole text, as one person does. */
interface Style {
	time(time: string): string;
	span(from: string, to: string): string;
	between: string;
	day(weekday: Weekday): string;
	afterDay: string;
	afterLine: string;
}

function styleOf(pick: Pick): Style {
	const time = pick<(hour: number, minute: string) => string>([
		(hour, minute) => `${hour}h${minute === '00' ? '' : minute}`,
		(hour, minute) => `${hour} h${minute === '00' ? '' : ` ${minute}`}`,
		(hour, minute) => `${String(hour).padStart(2, '0')}:${minute}`,
		(hour, minute) => `${String(hour).padStart(2, '0')}H${minute}`,
		(hour, minute) => (hour === 12 && minute === '00' ? 'midi' : `${hour}h${minute}`),
		(hour, minute) => `${hour}.${minute}`
	]);
	const join = pick<(from: string, to: string) => string>([
		(from, to) => `${from}-${to}`,
		(from, to) => `${from} – ${to}`,
		(from, to) => `de ${from} à ${to}`,
		(from, to) => `${from} à ${to}`,
		(from, to) => `${from}/${to}`,
		(from, to) => `entre ${from} et ${to}`
	]);
	const day = pick<(name: string) => string>([
		(name) => name,
		(name) => `le ${name}`,
		(name) => name.charAt(0).toUpperCase() + name.slice(1),
		(name) => `${name.slice(0, 3)}.`,
		(name) => `les ${name}s`
	]);
	return {
		time: (clock) => time(Number(clock.slice(0, 2)), clock.slice(3)),
		span: (from, to) => join(from, to),
		between: pick([', ', ' et ', ' / ', ' puis ', ' ']),
		day: (weekday) => day(NAMES[weekday - 1] ?? ''),
		afterDay: pick([' : ', ' ', ': ']),
		afterLine: pick([' ; ', '\n', '. ', '\n- '])
	};
}

/** A schedule in French, and in opening_hours written plainly, a rule a day. */
function generate(seed: number): { french: string; osm: string } {
	const source = numbers(seed * 7919 + 17);
	const draw = () => source.next().value;
	const pick: Pick = (choices) => choices[Math.floor(draw() * choices.length)] ?? choices[0];
	const style = styleOf(pick);
	const french: string[] = [];
	const osm: string[] = [];
	let weekday = 1;
	while (weekday <= 7) {
		const length = Math.min(1 + Math.floor(draw() * 5), 8 - weekday);
		const days = OSM.slice(weekday - 1, weekday - 1 + length);
		const spans =
			draw() < 0.15
				? []
				: draw() < 0.2
					? [pick(WHOLE)]
					: draw() < 0.5
						? [pick(MORNINGS)]
						: [pick(MORNINGS), pick(AFTERNOONS)];
		const appointment = spans.length === 1 && draw() < 0.15;
		const parity = spans.length > 0 && draw() < 0.15 ? pick(['paires', 'impaires']) : undefined;
		const who = daysIn(style, weekday, length, pick);
		const what = spans.map(([from, to]) => style.span(style.time(from), style.time(to))).join(style.between);
		if (spans.length > 0 || draw() < 0.5)
			french.push(
				spans.length === 0
					? `${who}${style.afterDay}fermé`
					: `${parity ? `${who} semaines ${parity}` : who}${style.afterDay}${what}${appointment ? ' sur rendez-vous' : ''}`
			);
		for (const day of days)
			if (spans.length > 0)
				osm.push(
					`${parity ? (parity === 'paires' ? 'week 02-52/2 ' : 'week 01-53/2 ') : ''}${day} ${spans.map((span) => span.join('-')).join(',')}${appointment ? ' "sur rendez-vous"' : ''}`
				);
		weekday += length;
	}
	if (draw() < 0.3) {
		french.push(
			pick(['fermé les jours fériés', 'Fermé jours fériés', 'Jours fériés : fermé', 'sauf jours fériés'])
		);
		osm.push('PH off');
	}
	if (draw() < 0.2) {
		french.push(pick(['fermé pendant les vacances scolaires', 'Vacances scolaires : fermé']));
		osm.push('SH off');
	}
	return { french: french.join(style.afterLine), osm: osm.join('; ') };
}

function daysIn(style: Style, first: number, length: number, pick: Pick): string {
	const names = Array.from({ length }, (_, index) => (first + index) as Weekday);
	const [start, end] = [NAMES[first - 1] ?? '', NAMES[first + length - 2] ?? ''];
	if (length === 1) return style.day(first as Weekday);
	const list = names.map((weekday) => style.day(weekday));
	return pick([
		`du ${start} au ${end}`,
		`${start}-${end}`,
		`de ${start} à ${end}`,
		`${list.slice(0, -1).join(', ')} et ${list.at(-1) ?? ''}`
	]);
}

const calendar = aCalendar();

const DATES = Array.from({ length: 14 }, (_, day) => addDays('2026-12-14', day));

/** Each instant of two weeks at which one of them may open or close. */
const INSTANTS = DATES.flatMap((date) =>
	[...new Set(['00:00', ...[...MORNINGS, ...AFTERNOONS, ...WHOLE].flat()])].map((clock) =>
		instantOf(`${date}T${clock}`)
	)
);

const statesOf = (hours: string): string =>
	INSTANTS.map((at) => openingAt(hours, at, calendar).state.charAt(0)).join('');

const slotsOf = (hours: string) => DATES.map((date) => slotsOfDay(hours, date, calendar));

describe('three hundred schedules, each in its own style, are open when they should', () => {
	test.each(Array.from({ length: 60 }, (_, index) => index))('five of them, lot %i', (lot) => {
		for (let seed = lot * 5; seed < lot * 5 + 5; seed += 1) {
			const { french, osm } = generate(seed);
			if (!/\d:/.test(osm)) continue;
			const read = readFrenchHours(french);
			if ('problems' in read) throw new Error(`${french}\n${JSON.stringify(read.problems)}`);
			expect([french, read.osm, statesOf(read.osm)]).toEqual([french, read.osm, statesOf(osm)]);
			expect([french, slotsOf(read.osm)]).toEqual([french, slotsOf(osm)]);
		}
	});
});
