import type { Month, PlainDate, Weekday } from '../dates.ts';
import type { Slot } from './days.ts';
import { isByAppointment } from './rules.ts';

/*
 * One rule of OSM opening_hours read for what it says, without a clock: the subset that French public services
 * write. Whatever lies outside it is refused, never guessed.
 */

/** Months or days of the year, both ends included; `dates` only in those years. */
export type Span =
	| { kind: 'mois'; de: Month; a: Month }
	| { kind: 'jours'; debut: string; fin: string }
	| { kind: 'dates'; debut: PlainDate; fin: PlainDate };

/** When a rule holds. Even and odd weeks are ISO weeks. */
export type Condition =
	| { kind: 'ferie' }
	| { kind: 'vacances' }
	| { kind: 'semaines'; parite: 'paires' | 'impaires' }
	| { kind: 'periodes'; spans: Span[] };

/** The days a rule speaks of: those weekdays (all seven when it names none), where every condition holds. */
export interface Target {
	conditions: Condition[];
	weekdays: Weekday[];
	/** Which of the month: 1 the first, -1 the last; [] all of them. */
	ranks: number[];
}

/** A rule: what holds on each of its targets. No slot: closed. */
export interface WeeklyRule {
	targets: Target[];
	slots: Slot[];
}

export const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const TIME = /\d{1,2}:\d\d-\d{1,2}:\d\d/.source;
const RULE = new RegExp(`^(.*?)\\s*(${TIME}(?:\\s*,\\s*${TIME})*)?\\s*(off|closed|open)?\\s*("[^"]*")?$`);
const DAY = `(?:${DAYS.join('|')})`;
const DAY_ITEM = `(?:PH|SH|${DAY}(?:-${DAY}|\\[[-\\d,]+\\])?)`;
const DAY_LIST = new RegExp(`^${DAY_ITEM}(?:\\s*,\\s*${DAY_ITEM})*`);
const DATE = `(?:\\d{4} )?(?:${MONTHS.join('|')})(?: \\d{1,2}(?![\\d:]))?`;
const SPAN = `${DATE}(?:\\s*-\\s*(?:${DATE}|\\d{1,2}(?![\\d:])))?`;
const SPAN_LIST = new RegExp(`^${SPAN}(?:\\s*,\\s*${SPAN})*`);
const WEEKS = /^week (\d{1,2})-(\d{1,2})\/2/;

/** What one rule says, or undefined outside the subset read here. */
export function readWeeklyRule(text: string): WeeklyRule | undefined {
	const [, selectors = '', times, state, quoted] = RULE.exec(text) ?? [];
	const targets = readSelectors(selectors === '24/7' ? '' : selectors);
	if (!targets) return undefined;
	const comment = quoted?.slice(1, -1).trim();
	// « Mo » alone is more often a slip than a whole day, and so is a text without anything.
	if (!times && !state && !comment && selectors !== '24/7') return undefined;
	if (state === 'off' || state === 'closed') return times ? undefined : { targets, slots: [] };
	const slots = (times ?? '00:00-24:00').split(',').map((time) => readSlot(time.trim(), comment));
	return slots.every((slot) => slot !== undefined) ? { targets, slots } : undefined;
}

function readSlot(time: string, comment: string | undefined): Slot | undefined {
	const [debut, fin] = time.split('-').map((clock) => clock.padStart(5, '0'));
	if (!debut || !fin || debut === fin || debut >= '24:00' || fin > '48:00') return undefined;
	if ([debut, fin].some((clock) => clock.slice(3) > '59')) return undefined;
	return {
		debut,
		fin: fin > '24:00' ? `${String(Number(fin.slice(0, 2)) - 24).padStart(2, '0')}${fin.slice(2)}` : fin,
		...(comment && (isByAppointment(comment) ? { appointment: true as const } : { comment }))
	};
}

function readSelectors(text: string): Target[] | undefined {
	const conditions: Condition[] = [];
	let lists: string[] = [];
	let rest = text;
	while (rest !== '') {
		const match = WEEKS.exec(rest) ?? SPAN_LIST.exec(rest) ?? DAY_LIST.exec(rest);
		if (!match) return undefined;
		const [words, from, to] = match;
		if (from !== undefined && to !== undefined) {
			const parite = parity(Number(from), Number(to));
			if (!parite) return undefined;
			conditions.push({ kind: 'semaines', parite });
		} else if (DAY_LIST.test(words)) lists = [...lists, words];
		else {
			const spans = words.split(',').map((span) => readSpan(span.trim()));
			if (!spans.every((span) => span !== undefined)) return undefined;
			conditions.push({ kind: 'periodes', spans });
		}
		rest = rest.slice(words.length).replace(/^\s*:?\s*/, '');
	}
	return readDays(lists, conditions);
}

/** « 1-53/2 » is every odd week of the year, « 2-52/2 » every even one; any other range is not a parity. */
function parity(from: number, to: number): 'paires' | 'impaires' | undefined {
	if (from === 1 && to >= 52) return 'impaires';
	return from === 2 && to >= 52 ? 'paires' : undefined;
}

/** « PH », « SH », « Mo-Fr,Sa[1,3] », « SH Mo-Fr » : each alternative a target of its own. */
function readDays(lists: string[], conditions: Condition[]): Target[] | undefined {
	const [first, second, ...more] = lists;
	if (more.length > 0) return undefined;
	if (first === undefined) return [{ conditions, weekdays: [], ranks: [] }];
	if (second === undefined) return readDayList(first, conditions);
	const holidays = /^(PH|SH)$/.exec(first)?.[1];
	return holidays && !/PH|SH/.test(second)
		? readDayList(second, [...conditions, holiday(holidays)])
		: undefined;
}

function holiday(word: string): Condition {
	return { kind: word === 'PH' ? 'ferie' : 'vacances' };
}

function readDayList(list: string, conditions: Condition[]): Target[] | undefined {
	const targets: Target[] = [];
	const plain: Weekday[] = [];
	for (const item of list.split(/\s*,\s*(?![^[]*\])/)) {
		const [, from = '', to, ranks] = /^(\w\w)(?:-(\w\w))?(?:\[(.*)\])?$/.exec(item) ?? [];
		if (from === 'PH' || from === 'SH')
			targets.push({ conditions: [...conditions, holiday(from)], weekdays: [], ranks: [] });
		else if (ranks !== undefined) {
			const numbers = ranks.split(',').map(Number);
			if (!numbers.every((rank) => rank === -1 || (rank >= 1 && rank <= 5))) return undefined;
			targets.push({ conditions, weekdays: weekdaysBetween(from, from), ranks: numbers });
		} else plain.push(...weekdaysBetween(from, to ?? from));
	}
	const weekdays = EVERY_DAY.filter((weekday) => plain.includes(weekday));
	return plain.length > 0 ? [{ conditions, weekdays, ranks: [] }, ...targets] : targets;
}

/** The weekdays from one to another, over Sunday when the second comes first. */
function weekdaysBetween(from: string, to: string): Weekday[] {
	const first = DAYS.indexOf(from);
	const count = ((DAYS.indexOf(to) - first + 7) % 7) + 1;
	return EVERY_DAY.filter((_, index) => (index - first + 7) % 7 < count);
}

function readSpan(text: string): Span | undefined {
	const [debut, fin = debut] = text.split(/\s*-\s*/);
	if (debut === undefined || fin === undefined) return undefined;
	const from = readDate(debut);
	const to = readDate(/^\d{1,2}$/.test(fin) ? debut.replace(/\d{1,2}$/, fin) : fin);
	if (!from || !to) return undefined;
	if (from.day === undefined && to.day === undefined)
		return from.year || to.year ? undefined : { kind: 'mois', de: from.month, a: to.month };
	if (from.day === undefined || to.day === undefined) return undefined;
	const days = { debut: monthDay(from.month, from.day), fin: monthDay(to.month, to.day) };
	if (from.year === undefined) return to.year === undefined ? { kind: 'jours', ...days } : undefined;
	return { kind: 'dates', debut: `${from.year}-${days.debut}`, fin: `${to.year ?? from.year}-${days.fin}` };
}

function readDate(
	text: string
): { year: string | undefined; month: Month; day: number | undefined } | undefined {
	const [, year, month = '', day] = /^(?:(\d{4}) )?([A-Z][a-z]{2})(?: (\d{1,2}))?$/.exec(text) ?? [];
	const number = MONTHS.indexOf(month) + 1;
	if (number === 0) return undefined;
	if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return undefined;
	return { year, month: number as Month, day: day === undefined ? undefined : Number(day) };
}

function monthDay(month: Month, day: number): string {
	return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
