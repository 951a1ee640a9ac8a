import ICAL from 'ical.js';
import { addDays, dayOf, daysBetween, instantOf, type PlainDate, startOfDay, timeOf } from '../dates.ts';
import type { SchoolHoliday } from '../hours/calendar.ts';
import { type EventFacts, type EventTime, isTimed } from './event.ts';

/** One date of an event. */
export interface Occurrence {
	/** When it begins: what names this date. */
	debut: EventTime;
	/** When it ends, of the same kind; null when nothing is said of it. */
	fin: EventTime | null;
	/** Why it is cancelled, may be empty; null when it isn't. */
	annulation: string | null;
}

/** What the dates of an event depend on. */
export type Repeating = Pick<
	EventFacts,
	'debut' | 'fin' | 'rrule' | 'hors_vacances' | 'dates' | 'annulation'
>;

/** How many dates are looked at before the first that is asked for: ten years of every day, at the very most. */
const mostLookedAt = 4000;

/**
 * The dates of an event that are not over on `from` and begin on `to` at the latest, both days included, the first
 * first; `limit` at most. Cancelled ones are among them. A time is what a clock in Paris shows, the same all year. An
 * event that stops during school holidays has no date beyond those that `holidays` (in any order, without a gap) knows.
 */
export function occurrencesOf(
	event: Repeating,
	holidays: readonly SchoolHoliday[],
	{ from, to, limit = Infinity }: { from: PlainDate; to: PlainDate; limit?: number }
): Occurrence[] {
	const { debut, annulation } = event;
	if (debut === null) return [];
	const apart = Map.groupBy(event.dates, ({ nature }) => nature);
	const cancelled = new Map((apart.get('annulation') ?? []).map((date) => [date.debut, date.mot]));
	const removed = new Set((apart.get('retrait') ?? []).map((date) => date.debut));
	const added = (apart.get('ajout') ?? []).map((date) => date.debut);
	const known = holidays.reduce((last, { fin }) => (fin > last ? fin : last), '');
	const isHeld = (start: EventTime) => {
		if (!event.hors_vacances) return true;
		const day = dayOf(start);
		return day <= known && !holidays.some((holiday) => holiday.debut <= day && day <= holiday.fin);
	};
	const occurrenceAt = (start: EventTime): Occurrence => ({
		debut: start,
		fin: endOf(event, start),
		annulation: annulation ?? cancelled.get(start) ?? null
	});
	const isAsked = (one: Occurrence) => lastDayOf(one) >= from && dayOf(one.debut) <= to;
	const extra = added
		.filter((start) => !removed.has(start))
		.map(occurrenceAt)
		.filter(isAsked);
	const found: Occurrence[] = [];
	for (const start of startsOf(event, debut, to)) {
		if (found.length >= limit) break;
		if (removed.has(start) || added.includes(start) || !isHeld(start)) continue;
		const one = occurrenceAt(start);
		if (isAsked(one)) found.push(one);
	}
	return [...found, ...extra].sort((a, b) => (a.debut < b.debut ? -1 : 1)).slice(0, limit);
}

/** The dates that the repetition alone gives, in order, until `to`. */
function* startsOf({ rrule }: Repeating, debut: EventTime, to: PlainDate): Generator<EventTime> {
	if (rrule === null) {
		yield debut;
		return;
	}
	const first = isTimed(debut)
		? ICAL.Time.fromDateTimeString(`${debut}:00`)
		: ICAL.Time.fromDateString(debut);
	const recur = ICAL.Recur.fromString(rrule);
	const last = recur.until === null ? to : min(to, recur.until.toString().slice(0, 10));
	// The library reads an end that is a day as its first minute, and would leave that day out.
	recur.until = null;
	const dates = recur.iterator(first);
	for (let n = 0; n < mostLookedAt; n++) {
		const start = (dates.next() as ICAL.Time | null)?.toString().slice(0, debut.length);
		if (start === undefined || dayOf(start) > last) return;
		// The library holds the 29 February of other years on 1 March; the standard skips it.
		if (recur.freq !== 'YEARLY' || start.slice(5, 10) === debut.slice(5, 10)) yield start;
	}
}

function min(a: PlainDate, b: PlainDate): PlainDate {
	return a < b ? a : b;
}

/** When the date that begins at `start` ends: as long after as the first one does, on the clock. */
function endOf({ debut, fin }: Repeating, start: EventTime): EventTime | null {
	if (debut === null || fin === null) return null;
	const day = addDays(dayOf(start), daysBetween(dayOf(debut), dayOf(fin)));
	return isTimed(fin) ? `${day}T${timeOf(fin)}` : day;
}

/** The last day of a date. One that ends at midnight ends the day before. */
export function lastDayOf({ debut, fin }: Pick<Occurrence, 'debut' | 'fin'>): PlainDate {
	if (fin === null) return dayOf(debut);
	const isMidnight = isTimed(fin) && timeOf(fin) === '00:00' && dayOf(fin) > dayOf(debut);
	return isMidnight ? addDays(dayOf(fin), -1) : dayOf(fin);
}

/** The instant (epoch milliseconds) from which a date is over: its end, else midnight in Paris. */
export function overAt(occurrence: Pick<Occurrence, 'debut' | 'fin'>): number {
	const { fin } = occurrence;
	return fin !== null && isTimed(fin) ? instantOf(fin) : startOfDay(addDays(lastDayOf(occurrence), 1));
}

/** How far ahead of a day dates are looked for, in days: a yearly event has its next one within it, leap years too. */
const farAhead = 366 * 4 + 1;

/** The next dates of an event that are not over at `at` (epoch milliseconds; `today` is its day in Paris), `limit` at most. */
export function nextOccurrences(
	event: Repeating,
	holidays: readonly SchoolHoliday[],
	{ at, today, limit }: { at: number; today: PlainDate; limit: number }
): Occurrence[] {
	// Those of today may be over already.
	return occurrencesOf(event, holidays, {
		from: addDays(today, -1),
		to: addDays(today, farAhead),
		limit: limit + 4
	})
		.filter((one) => overAt(one) > at)
		.slice(0, limit);
}

/** The last date of an event that was held and is over at `at`; a cancelled one when none was held. */
export function lastOccurrence(
	event: Repeating,
	holidays: readonly SchoolHoliday[],
	{ at, today }: { at: number; today: PlainDate }
): Occurrence | undefined {
	const over = occurrencesOf(event, holidays, { from: '0000-01-01', to: today }).filter(
		(one) => overAt(one) <= at
	);
	return over.findLast(({ annulation }) => annulation === null) ?? over.at(-1);
}

/** Whether the dates end only because the school calendar does: more will come once it is known. */
export function waitsForCalendar(event: Repeating, holidays: readonly SchoolHoliday[]): boolean {
	if (!event.hors_vacances || event.rrule === null) return false;
	const known = holidays.reduce((last, { fin }) => (fin > last ? fin : last), '');
	const until = /UNTIL=(\d{4})(\d\d)(\d\d)/.exec(event.rrule);
	return until === null || until.slice(1).join('-') > known;
}

/** The identifier, in a page, of one date of an event: letters, digits and dashes only. */
export function dateAnchor(slug: string, debut: string): string {
	return `${slug}-${debut.replace(/\D/g, '')}`;
}
