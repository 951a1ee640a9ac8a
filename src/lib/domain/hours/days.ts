import OpeningHours from 'opening_hours';
import { addDays, dayOf, instantOf, localOf, timeOf, type LocalTime, type PlainDate } from '../dates.ts';
import {
	closureOn,
	inFrance,
	isSchoolHoliday,
	publicHolidayOn,
	wallClock,
	type Calendar
} from './calendar.ts';
import {
	isByAppointment,
	isRoundTheClock,
	mentionsPublicHolidays,
	mentionsSchoolHolidays,
	withSchoolHolidays,
	withoutComments
} from './rules.ts';

/** How one is received: the door is open, by appointment, or in a way the hours don't settle. */
export type Welcome = 'open' | 'appointment' | 'unknown';

/** A stretch of one day in which people are received. */
export interface Stretch {
	kind: Welcome;
	/** Local times; `fin` is the next day's 00:00 for the end of the day. */
	debut: LocalTime;
	fin: LocalTime;
	/** The same as instants, epoch milliseconds. */
	from: number;
	to: number;
	comment?: string;
}

/** A slot of a day as people read it. `fin` is '24:00' at the end of the day, and before `debut` past midnight. */
export interface Slot {
	debut: string;
	fin: string;
	appointment?: true;
	comment?: string;
}

/**
 * Every stretch of `date`, from 00:00 to 24:00 (what runs past midnight is cut there), in order and apart; none
 * when the place is closed. Undefined when nobody can tell: hours that can't be read, or school holidays not known yet.
 */
export function stretchesOn(
	hours: string,
	date: PlainDate,
	calendar: Calendar
): readonly Stretch[] | undefined {
	if (closureOn(date, calendar)) return [];
	const stretches = usualStretches(hours, date, calendar);
	if (!stretches || calendar.closures.length === 0) return stretches;
	const yesterday = addDays(date, -1);
	const isAfterClosure = closureOn(yesterday, calendar) !== undefined;
	return isAfterClosure ? withoutTail(stretches, usualStretches(hours, yesterday, calendar)) : stretches;
}

/**
 * The slots of `date` as people read them, to show where the weekly hours can't be written: what runs past midnight
 * belongs to the day it began, and what the hours leave open without a word is left out. Undefined when nobody can
 * tell.
 */
export function slotsOfDay(hours: string, date: PlainDate, calendar: Calendar): Slot[] | undefined {
	const today = stretchesOn(hours, date, calendar);
	if (!today) return undefined;
	const night = stretchesOn(hours, addDays(date, 1), calendar)?.[0];
	return withoutTail(today, stretchesOn(hours, addDays(date, -1), calendar))
		.filter(({ kind, comment }) => kind !== 'unknown' || comment !== undefined)
		.map((stretch) => ({
			debut: timeOf(stretch.debut),
			fin: endOfSlot(stretch, night),
			...(stretch.kind === 'appointment' && { appointment: true as const }),
			...(stretch.comment !== undefined && { comment: stretch.comment })
		}));
}

function endOfSlot(stretch: Stretch, night: Stretch | undefined): string {
	if (isTail(stretch, night)) return timeOf(night.fin);
	return dayOf(stretch.fin) === dayOf(stretch.debut) ? timeOf(stretch.fin) : '24:00';
}

/** The stretches of a day without what belongs to the evening before. */
function withoutTail(
	stretches: readonly Stretch[],
	yesterday: readonly Stretch[] | undefined
): readonly Stretch[] {
	return isTail(yesterday?.at(-1), stretches[0]) ? stretches.slice(1) : stretches;
}

/** Whether `night` is the end, past midnight, of an evening that began the day before. */
function isTail(evening: Stretch | undefined, night: Stretch | undefined): night is Stretch {
	if (!evening || !continuesBy(evening, night)) return false;
	return timeOf(evening.debut) !== '00:00' && dayOf(night.debut) === dayOf(night.fin);
}

/** Whether `after` takes over from `before` without a break, in the same way. */
export function continuesBy(before: Stretch, after: Stretch | undefined): after is Stretch {
	return (
		after !== undefined &&
		before.to === after.from &&
		before.kind === after.kind &&
		before.comment === after.comment
	);
}

// Reading a day costs sixty microseconds and a page asks for forty entries: days are kept, up to some 20 MB of them.
const MOST_DAYS = 20_000;
const days = new Map<string, readonly Stretch[] | null>();

function usualStretches(hours: string, date: PlainDate, calendar: Calendar): readonly Stretch[] | undefined {
	const { departement, region } = calendar.place;
	const table = mentionsSchoolHolidays(hours) ? `${region} ${JSON.stringify(calendar.schoolHolidays)}` : '';
	const key = `${date} ${departement} ${table} ${hours}`;
	let stretches = days.get(key);
	if (stretches === undefined) {
		stretches = readDay(hours, date, calendar) ?? null;
		if (days.size >= MOST_DAYS) days.clear();
		days.set(key, stretches);
	}
	return stretches ?? undefined;
}

function readDay(hours: string, date: PlainDate, calendar: Calendar): readonly Stretch[] | undefined {
	if (hours.trim() === '') return undefined;
	const stretches = readHours(hours, date, calendar);
	// See docs/decisions/ouvert-les-jours-feries.md.
	if (!stretches || mentionsPublicHolidays(hours) || isRoundTheClock(hours)) return stretches;
	if (publicHolidayOn(date, calendar.place)) return [];
	const yesterday = addDays(date, -1);
	const isAfterHoliday = publicHolidayOn(yesterday, calendar.place) !== undefined;
	return isAfterHoliday ? withoutTail(stretches, readHours(hours, yesterday, calendar)) : stretches;
}

/** The hours to the letter, school holidays settled, nothing said of public holidays. */
function readHours(hours: string, date: PlainDate, calendar: Calendar): readonly Stretch[] | undefined {
	const { departement } = calendar.place;
	if (!mentionsSchoolHolidays(hours)) return readText(hours, date, departement);
	const holiday = isSchoolHoliday(date, calendar);
	if (holiday !== undefined) return readText(withSchoolHolidays(hours, holiday), date, departement);
	// Nobody knows yet whether it is a holiday, but it may not matter: a Sunday is closed either way.
	const inHolidays = readText(withSchoolHolidays(hours, true), date, departement);
	const inTerm = readText(withSchoolHolidays(hours, false), date, departement);
	return JSON.stringify(inHolidays) === JSON.stringify(inTerm) ? inTerm : undefined;
}

function readText(
	text: string | undefined,
	date: PlainDate,
	departement: string
): readonly Stretch[] | undefined {
	if (text === '') return [];
	const rule = text === undefined ? undefined : ruleOf(text, departement);
	if (!text || !rule) return undefined;
	const midnight = wallClock(date, 0);
	const nextMidnight = wallClock(addDays(date, 1), 0);
	try {
		return rule
			.getOpenIntervals(midnight, nextMidnight)
			.map(([debut, fin, unknown, comment]) =>
				stretch(
					debut > midnight ? localTime(debut) : `${date}T00:00`,
					fin < nextMidnight ? localTime(fin) : `${addDays(date, 1)}T00:00`,
					unknown,
					text.includes(`"${comment}"`) ? comment : undefined
				)
			);
	} catch {
		return undefined;
	}
}

function stretch(debut: LocalTime, fin: LocalTime, unknown: boolean, comment: string | undefined): Stretch {
	const from = instantOf(debut);
	const to = instantOf(fin);
	const kind = comment && isByAppointment(comment) ? 'appointment' : unknown ? 'unknown' : 'open';
	// A time that the spring night skips reads as the one it becomes.
	return {
		kind,
		debut: localOf(from),
		fin: localOf(to),
		from,
		to,
		...(kind !== 'appointment' && comment && { comment })
	};
}

/** The fields of a wall-clock Date as a local time. */
function localTime(date: Date): LocalTime {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * Whether `hours` can be read, in term and in school holidays alike. What can't is shown as it was given: it never
 * counts as closed.
 */
export function canReadHours(hours: string, departement: string): boolean {
	return [true, false].every((holiday) => {
		const text = mentionsSchoolHolidays(hours)
			? withSchoolHolidays(hours, holiday)
			: hours.trim() || undefined;
		return text === '' || (text !== undefined && ruleOf(text, departement) !== undefined);
	});
}

const MOST_RULES = 2000;
const rules = new Map<string, OpeningHours | null>();

/** The hours as opening_hours reads them, or undefined when it can't, or not without knowing where the sun is. */
function ruleOf(text: string, departement: string): OpeningHours | undefined {
	const key = `${departement} ${text}`;
	let rule = rules.get(key);
	if (rule === undefined) {
		rule = parse(text, departement) ?? null;
		if (rules.size >= MOST_RULES) rules.clear();
		rules.set(key, rule);
	}
	return rule ?? undefined;
}

function parse(text: string, departement: string): OpeningHours | undefined {
	// School holidays were settled before: of what is left of them, the library would only complain on the console.
	if (/sunrise|sunset|dawn|dusk|SH/i.test(withoutComments(text))) return undefined;
	try {
		return new OpeningHours(text, inFrance(departement));
	} catch {
		return undefined;
	}
}
