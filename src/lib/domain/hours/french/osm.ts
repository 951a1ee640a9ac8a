import type { Weekday } from '../../dates.ts';
import type { Span } from '../weekly-rule.ts';
import type { When } from './atoms.ts';
import { WEEK, type DaySlot, type Schedule, type Special } from './schedule.ts';

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A schedule as OSM opening_hours; '' when it says nothing. */
export function writeOsm(schedule: Schedule): string {
	const { specials, closedDays, otherwiseByAppointment } = schedule;
	const { days } = schedule;
	const isOvernight = days.some((slots) => slots.some(({ debut, fin }) => fin < debut));
	// A rule after « ; » would cut the night before it: « , » only adds.
	const base = ordinary(schedule).join(isOvernight ? ', ' : '; ');
	const added = specials.filter(({ adds }) => adds).map((special) => `, ${specialRule(special)}`);
	const others = specials.filter(({ adds, feries }) => !adds && !feries).map(specialRule);
	const holidays = specials.filter(({ adds, feries }) => !adds && feries).map(specialRule);
	const rules = [`${base}${added.join('')}`, ...unique([...others, ...holidays])].filter(
		(rule) => rule !== ''
	);
	if (rules.length === 0 && closedDays.length > 0)
		rules.push(`${daysText([...new Set(closedDays)].sort())} off`);
	return rules.length === 0
		? ''
		: `${rules.join('; ')}${otherwiseByAppointment ? ' || "sur rendez-vous"' : ''}`;
}

const unique = (rules: readonly string[]): string[] => [...new Set(rules)];

/** The ordinary week, days of the same hours together. */
function ordinary(schedule: Schedule): string[] {
	const { days } = schedule;
	const isAlways = days.every((slots) => slots.length === 1 && slots.every(isWholeDay));
	const kinds = new Set(days.flatMap((slots) => slots.map(suffix)));
	const [kind] = kinds;
	if (isAlways && kinds.size === 1) return [kind === '' ? '24/7' : (kind ?? '').trim()];
	return groupsOf(schedule).map(({ weekdays, slots }) => rule(daysText(weekdays), slots));
}

/** Days of the same hours, in the order of the week: those that one other day at most keeps apart, or named together. */
function groupsOf({ days, together }: Schedule): { weekdays: Weekday[]; slots: DaySlot[] }[] {
	const groups: { weekdays: Weekday[]; slots: DaySlot[]; key: string }[] = [];
	for (const weekday of WEEK) {
		const slots = days[weekday - 1] ?? [];
		if (slots.length === 0) continue;
		const key = JSON.stringify(slots);
		const group = groups.findLast(
			({ key: same, weekdays }) =>
				same === key &&
				weekdays.some(
					(other) =>
						weekday - other <= 2 || together.some((some) => some.includes(other) && some.includes(weekday))
				)
		);
		if (group) group.weekdays.push(weekday);
		else groups.push({ weekdays: [weekday], slots, key });
	}
	return groups;
}

function specialRule({ weekdays, ranks, when, feries, slots }: Special): string {
	const days =
		ranks.length > 0
			? weekdays.map((day) => `${DAYS[day - 1] ?? ''}[${ranks.join(',')}]`).join(',')
			: daysText(weekdays);
	const holiday = when.some(({ kind }) => kind === 'vacances') ? 'SH' : feries ? 'PH' : '';
	const conditions = when.filter(({ kind }) => kind !== 'vacances').map(whenText);
	const selector = [...conditions, holiday, days].filter((text) => text !== '').join(' ');
	return slots.length > 0 ? rule(selector, slots) : `${selector} off`;
}

/** A rule for each kind of slot: « Tu 09:00-12:00, Tu 14:00-17:00 "sur rendez-vous" ». */
function rule(selector: string, slots: readonly DaySlot[]): string {
	const kinds = unique(slots.map(suffix)).sort((one, other) => Number(one !== '') - Number(other !== ''));
	return kinds
		.map((kind) => {
			const some = slots.filter((slot) => suffix(slot) === kind);
			const isBare = kind !== '' && some.every(isWholeDay);
			return `${selector}${isBare ? '' : ` ${some.map(({ debut, fin }) => `${debut}-${fin}`).join(',')}`}${kind}`;
		})
		.join(', ');
}

function suffix({ appointment, comment, sometimes }: DaySlot): string {
	if (sometimes !== undefined)
		return ` "${[sometimes, ...(appointment ? ['sur rendez-vous'] : comment === undefined ? [] : [comment])].join(', ')}"`;
	if (appointment) return ' "sur rendez-vous"';
	return comment === undefined ? '' : ` open "${comment}"`;
}

function isWholeDay({ debut, fin }: DaySlot): boolean {
	return debut === '00:00' && fin === '24:00';
}

/** « Mo-Tu,Th-Fr » */
function daysText(weekdays: readonly Weekday[]): string {
	const runs: Weekday[][] = [];
	for (const weekday of weekdays) {
		const run = runs.at(-1);
		if (run && weekday - (run.at(-1) ?? 0) === 1) run.push(weekday);
		else runs.push([weekday]);
	}
	return runs
		.map((run) =>
			[run[0], ...(run.length > 1 ? [run.at(-1)] : [])].map((day) => DAYS[(day ?? 1) - 1]).join('-')
		)
		.join(',');
}

function whenText(when: When): string {
	switch (when.kind) {
		case 'semaines':
			return when.parite === 'paires' ? 'week 02-52/2' : 'week 01-53/2';
		case 'periodes':
			return when.spans.map(spanText).join(',');
		case 'vacances':
		case 'scolaire':
			return '';
	}
}

function spanText(span: Span): string {
	if (span.kind === 'mois') return range(monthText(span.de), monthText(span.a));
	const [debut, fin] = [dateText(span.debut), dateText(span.fin)];
	// « Aug 01-15 »: the month is said once.
	const isOneMonth = debut.slice(0, -2) === fin.slice(0, -2);
	return debut === fin ? debut : `${debut}-${isOneMonth ? fin.slice(-2) : fin}`;
}

const range = (one: string, other: string): string => (one === other ? one : `${one}-${other}`);

const monthText = (month: number): string => MONTHS[month - 1] ?? '';

/** « Aug 01 », « 2026 Aug 01 » */
function dateText(date: string): string {
	const [day, month, year] = date.split('-').reverse();
	return [year, monthText(Number(month)), day].filter((part) => part !== undefined).join(' ');
}
