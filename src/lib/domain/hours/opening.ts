import {
	addDays,
	dateOf,
	dayOf,
	startOfDay,
	startOfNextDay,
	type LocalTime,
	type PlainDate
} from '../dates.ts';
import { closureOn, daysFrom, publicHolidayOn, type Calendar, type Period } from './calendar.ts';
import { continuesBy, stretchesOn, type Stretch } from './days.ts';
import { isAlways } from './rules.ts';

/** What comes later, on the day that the present slot began. */
export interface Next {
	debut: LocalTime;
	fin: LocalTime;
	appointment?: true;
}

/**
 * Whether a place receives people at one instant. It can be stored or sent as it is.
 * `changes`, in epoch milliseconds, is when this answer stops being true; undefined: never.
 */
export type Opening =
	| {
			state: 'open';
			/** Undefined for a place that stays open more than two weeks on end. */
			until?: LocalTime;
			then?: Next;
			/** What the hours say of it, as written. */
			comment?: string;
			changes: number | undefined;
	  }
	| {
			state: 'closed';
			/** When people are next received, by appointment or not; undefined: nobody knows, or not within a year. */
			reopens?: LocalTime;
			/** Whether that next time is by appointment. */
			appointment?: true;
			/** Why it is closed this whole day; undefined for an ordinary day. */
			because?: 'ferie' | 'fermeture';
			/** The French name of the public holiday, or the closure's motif. */
			reason?: string;
			/** The closure, both days included. */
			closure?: { debut: PlainDate; fin: PlainDate };
			changes: number | undefined;
	  }
	| { state: 'appointment'; until?: LocalTime; then?: Next; changes: number | undefined }
	| { state: 'unknown'; changes: number | undefined };

const DAYS_ON_END = 14;
const DAYS_TO_REOPEN = 366;

/**
 * Whether a place receives people at `at` (epoch milliseconds): the one answer of every page, list and filter.
 * `hours` is OSM opening_hours, read on the clocks of Paris whatever the zone of the process. Never throws: what
 * can't be read, or depends on school holidays not known yet, is `unknown`, never `closed`.
 * A place whose hours say nothing of public holidays (PH) is closed on them, unless it is open day and night.
 */
export function openingAt(hours: string, at: number, calendar: Calendar): Opening {
	const today = dateOf(at);
	const stretches = stretchesOn(hours, today, calendar);
	if (!stretches) return { state: 'unknown', changes: startOfNextDay(at) };
	const now = stretches.find(({ from, to }) => from <= at && at < to);
	if (!now) return closed(hours, at, calendar);
	if (now.kind === 'unknown') return { state: 'unknown', changes: now.to };
	const end = endOf(now, hours, today, calendar);
	const later = stretches.find(({ kind, from }) => from >= now.to && kind !== 'unknown');
	const then =
		end && later && !beganBefore(now, hours, today, calendar)
			? endOf(later, hours, today, calendar)
			: undefined;
	return {
		state: now.kind,
		...(end !== undefined && { until: end.fin }),
		...(later && then && { then: next(later, then.fin) }),
		...(now.kind === 'open' && now.comment !== undefined && { comment: now.comment }),
		changes: end ? end.to : isEndless(hours, today, calendar) ? undefined : startOfNextDay(at)
	};
}

/** Whether `now` goes on from the day before: then nothing of this day comes « later the same day ». */
function beganBefore(now: Stretch, hours: string, today: PlainDate, calendar: Calendar): boolean {
	const before = stretchesOn(hours, addDays(today, -1), calendar)?.at(-1);
	return before !== undefined && continuesBy(before, now);
}

/** The last stretch in which `now` goes on without a break; undefined when it goes on for two weeks. */
function endOf(now: Stretch, hours: string, today: PlainDate, calendar: Calendar): Stretch | undefined {
	let last = now;
	for (const date of daysFrom(today, DAYS_ON_END)) {
		for (const stretch of stretchesOn(hours, date, calendar) ?? [])
			if (continuesBy(last, stretch)) last = stretch;
		if (dayOf(last.fin) === date) return last;
	}
	return undefined;
}

function isEndless(hours: string, today: PlainDate, calendar: Calendar): boolean {
	return isAlways(hours) && calendar.closures.every(({ fin }) => fin < today);
}

function closed(hours: string, at: number, calendar: Calendar): Opening {
	const today = dateOf(at);
	const reason = reasonOn(hours, today, calendar);
	let changes: number | undefined;
	for (const date of daysFrom(today, DAYS_TO_REOPEN)) {
		const stretches = stretchesOn(hours, date, calendar);
		// The reason given holds until the first day that has another one.
		if (stretches && changes === undefined && !isSame(reason, reasonOn(hours, date, calendar))) {
			changes = startOfDay(date);
		}
		if (!stretches) return { state: 'closed', ...reason, changes: changes ?? startOfDay(date) };
		const unsettled = stretches.find(({ kind, from }) => kind === 'unknown' && from >= at);
		const opening = stretches.find(({ kind, from }) => kind !== 'unknown' && from >= at);
		if (unsettled && (!opening || unsettled.from < opening.from)) changes ??= unsettled.from;
		if (opening) {
			const appointment = opening.kind === 'appointment' && { appointment: true as const };
			return {
				state: 'closed',
				reopens: opening.debut,
				...appointment,
				...reason,
				changes: changes ?? opening.from
			};
		}
	}
	// A day that comes within the year may open.
	return { state: 'closed', ...reason, changes: startOfNextDay(at) };
}

type Reason = Pick<Extract<Opening, { state: 'closed' }>, 'because' | 'reason' | 'closure'>;

/** Why the place is closed all day long on `date`; nothing to say when it isn't, or is as usual. */
function reasonOn(hours: string, date: PlainDate, calendar: Calendar): Reason {
	const closure = closureOn(date, calendar);
	if (closure)
		return { because: 'fermeture', ...motif(closure), closure: { debut: closure.debut, fin: closure.fin } };
	if (stretchesOn(hours, date, calendar)?.length) return {};
	const reason = publicHolidayOn(date, calendar.place);
	return reason === undefined ? {} : { because: 'ferie', reason };
}

function motif(closure: Period): { reason?: string } {
	const words = closure.motif?.trim();
	return words ? { reason: words } : {};
}

function isSame(one: Reason, other: Reason): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function next({ debut, kind }: Stretch, fin: LocalTime): Next {
	return { debut, fin, ...(kind === 'appointment' && { appointment: true as const }) };
}
