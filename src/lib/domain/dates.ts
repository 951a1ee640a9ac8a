import { Temporal } from 'temporal-polyfill';
import { m } from '#lib/paraglide/messages.js';

/*
 * Time as the whole product sees it, in three shapes that can be stored and sent as they are:
 * an instant is a number of epoch milliseconds, a local time is what a clock on a wall of Paris shows,
 * 'AAAA-MM-JJTHH:MM', and a date is 'AAAA-MM-JJ'. Local times and dates sort as text.
 */

/** What a clock in Paris shows: 'AAAA-MM-JJTHH:MM'. */
export type LocalTime = string;

/** A day of the calendar: 'AAAA-MM-JJ'. */
export type PlainDate = string;

/** A day of the week, from 1 for Monday to 7 for Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A month of the year, from 1 for January to 12 for December. */
export type Month = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

const ZONE = 'Europe/Paris';

// Swedish writes dates as ISO does. Thirty times faster than Temporal.
const parisClock = new Intl.DateTimeFormat('sv-SE', {
	timeZone: ZONE,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit'
});

// A page asks for the same minute at each of its entries.
let lastMinute = { minute: NaN, local: '' };

/** What a clock in Paris shows at `instant` (epoch milliseconds), seconds dropped. */
export function localOf(instant: number): LocalTime {
	const minute = Math.floor(instant / 60_000);
	if (minute !== lastMinute.minute)
		lastMinute = { minute, local: parisClock.format(instant).replace(' ', 'T') };
	return lastMinute.local;
}

/** The day it is in Paris at `instant` (epoch milliseconds). */
export function dateOf(instant: number): PlainDate {
	return dayOf(localOf(instant));
}

/** The last of these instants (ISO 8601) or days, as a day in Paris; undefined when there is none. */
export function lastDay(times: Iterable<string | null | undefined>): PlainDate | undefined {
	let last: PlainDate | undefined;
	for (const time of times) {
		if (!time) continue;
		const day = time.length > 10 ? dateOf(Date.parse(time)) : time;
		if (last === undefined || day > last) last = day;
	}
	return last;
}

/**
 * The instant (epoch milliseconds) at which a clock in Paris shows `local`. A time that the spring night skips is
 * moved one hour on; of a time that the autumn night repeats, the first. Throws RangeError when `local` is no time.
 */
export function instantOf(local: LocalTime): number {
	return Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE, { disambiguation: 'compatible' })
		.epochMilliseconds;
}

/** A local time with what separates Paris from universal time then, ISO 8601: '2026-12-08T09:30:00+01:00'. */
export function inParis(local: LocalTime): string {
	return Temporal.Instant.fromEpochMilliseconds(instantOf(local)).toString({
		timeZone: ZONE,
		smallestUnit: 'second'
	});
}

/** The first instant (epoch milliseconds) of the day after `instant` in Paris. */
export function startOfNextDay(instant: number): number {
	return startOfDay(addDays(dateOf(instant), 1));
}

/** The first instant (epoch milliseconds) of `date` in Paris. */
export function startOfDay(date: PlainDate): number {
	return instantOf(`${date}T00:00`);
}

/** Whether this is a day of the calendar, 'AAAA-MM-JJ': 29 February only in leap years. */
export function isDate(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const time = Date.parse(`${text}T00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether this is a day and a time of the day, 'AAAA-MM-JJTHH:MM'. */
export function isLocalTime(text: string): boolean {
	return isDate(text.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d$/.test(text.slice(10));
}

/** The day of a local time. */
export function dayOf(local: LocalTime): PlainDate {
	return local.slice(0, 10);
}

/** The time of day of a local time: 'HH:MM'. */
export function timeOf(local: LocalTime): string {
	return local.slice(11, 16);
}

/** The day `days` after `date`; before it when negative. Throws RangeError when `date` is no day. */
export function addDays(date: PlainDate, days: number): PlainDate {
	const day = new Date(`${date}T00:00Z`);
	day.setUTCDate(day.getUTCDate() + days);
	return day.toISOString().slice(0, 10);
}

/** The day `months` months after `date`; the last of a month too short to have it. Throws RangeError when `date` is no day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
	return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** How many days after `from` the day `to` comes; negative when before. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
	return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/** The day of the week that `date` is. */
export function weekdayOf(date: PlainDate): Weekday {
	return (new Date(`${date}T00:00Z`).getUTCDay() || 7) as Weekday;
}

/** The number of the week, from 1 to 53, as French calendars print it (ISO 8601). */
export function isoWeek(date: PlainDate): number {
	// A week belongs to the year that its Thursday is in.
	const thursday = addDays(date, 4 - weekdayOf(date));
	return 1 + Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7);
}

/**
 * A date in words: `jour` « mardi 3 novembre », `annee` « 3 novembre 2026 », `complet` « mardi 3 novembre 2026 »,
 * `court` « 3 novembre ».
 */
export function formatDate(date: PlainDate, style: 'jour' | 'annee' | 'complet' | 'court' = 'jour'): string {
	const jour = weekdayName(weekdayOf(date));
	const court = formatDayMonth(date.slice(5));
	const annee = date.slice(0, 4);
	switch (style) {
		case 'jour':
			return m.date_jour({ jour, date: court });
		case 'annee':
			return m.date_annee({ date: court, annee });
		case 'complet':
			return m.date_complete({ jour, date: court, annee });
		case 'court':
			return court;
	}
}

/** A day of every year, 'MM-JJ', in words: « 1er mai », « 3 novembre ». */
export function formatDayMonth(monthDay: string): string {
	const mois = monthName(Number(monthDay.slice(0, 2)) as Month);
	return m.date_courte({ jour: dayNumber(monthDay), mois });
}

/**
 * Days from `debut` to `fin`, both included: « du 3 au 12 novembre », « du 24 décembre au 2 janvier », « le 3 novembre ».
 * With `annee`, and for periods so long that they need it: « du 24 décembre 2026 au 2 janvier 2027 ».
 */
export function formatPeriod(debut: PlainDate, fin: PlainDate, style: 'court' | 'annee' = 'court'): string {
	if (debut === fin) return m.periode_jour({ date: formatDate(debut, style) });
	if (style === 'annee' || daysBetween(debut, fin) > 300)
		return m.periode({ debut: formatDate(debut, 'annee'), fin: formatDate(fin, 'annee') });
	if (debut.slice(0, 4) !== fin.slice(0, 4)) {
		return m.periode({ debut: formatDate(debut, 'court'), fin: formatDate(fin, 'court') });
	}
	return formatYearlyPeriod(debut.slice(5), fin.slice(5));
}

/** Days of every year, 'MM-JJ', both included: « du 3 au 12 novembre », « du 24 décembre au 2 janvier », « le 14 juillet ». */
export function formatYearlyPeriod(debut: string, fin: string): string {
	if (debut === fin) return m.periode_jour({ date: formatDayMonth(debut) });
	const isOneMonth = debut.slice(0, 2) === fin.slice(0, 2) && debut < fin;
	return m.periode({
		debut: isOneMonth ? dayNumber(debut) : formatDayMonth(debut),
		fin: formatDayMonth(fin)
	});
}

function dayNumber(monthDay: string): string {
	const jour = Number(monthDay.slice(3, 5));
	return jour === 1 ? m.date_jour_premier() : String(jour);
}

/** The day of the week in words: « lundi ». */
export function weekdayName(weekday: Weekday): string {
	return m.jour_semaine({ n: weekday });
}

/** The month in words: « janvier ». */
export function monthName(month: Month): string {
	return m.mois({ n: month });
}

/**
 * A time of day, or a local time, in words that never break over two lines: « 8 h 30 », « 12 h », « 0 h ».
 * The end of a day, '24:00', is « minuit ».
 */
export function formatTime(time: string): string {
	const clock = time.includes('T') ? timeOf(time) : time;
	if (clock === '24:00') return m.minuit();
	const heure = Number(clock.slice(0, 2));
	const minute = clock.slice(3, 5);
	return minute === '00' ? m.heure_pleine({ heure }) : m.heure_minute({ heure, minute });
}

/** A span of time in words: « 8 h 30 – 12 h ». Midnight at its end is « minuit ». */
export function formatSpan(debut: string, fin: string): string {
	return m.creneau({ debut: formatTime(debut), fin: formatEnd(fin) });
}

/** The time at which something ends, in words: as `formatTime`, but midnight is « minuit ». */
export function formatEnd(time: string): string {
	const clock = time.includes('T') ? timeOf(time) : time;
	return formatTime(clock === '00:00' ? '24:00' : clock);
}

/** Words one after the other: « a », « a et b », « a, b et c ». */
export function formatList(words: readonly string[]): string {
	const [last, ...before] = [...words].reverse();
	if (last === undefined) return '';
	if (before.length === 0) return last;
	return m.liste_fin({
		debut: before.reverse().reduce((debut, suite) => m.liste_suite({ debut, suite })),
		fin: last
	});
}

/** An instant (ISO 8601) as a person of Paris reads it: « 24 novembre 2026, 10 h 15 ». */
export function formatMoment(iso: string): string {
	const local = localOf(Date.parse(iso));
	return `${formatDate(dayOf(local), 'annee')}, ${formatTime(timeOf(local))}`;
}
