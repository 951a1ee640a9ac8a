import type { Weekday } from '../dates.ts';
import type { Slot } from './days.ts';
import { isByAppointment, splitRules } from './rules.ts';
import { EVERY_DAY, readWeeklyRule, type Target } from './weekly-rule.ts';

/** What holds on some days in place of the ordinary week, or on top of it. No slot: closed. */
export interface Exception extends Target {
	slots: Slot[];
	/** Whether it comes on top of the day's ordinary hours. */
	adds: boolean;
}

/** Opening hours to be read in full, in any week: nothing in it depends on a clock. */
export interface WeeklyHours {
	/** The slots of each day of an ordinary week, Monday first. */
	days: Slot[][];
	/** In the order written: where two hold, the later one counts. */
	exceptions: Exception[];
	/** Whether people are received by appointment outside these hours. */
	otherwiseByAppointment: boolean;
}

/**
 * `hours` (OSM opening_hours) read for what they say; undefined outside what French public services commonly write,
 * or where rules undo each other: then show the slots of the next days (`slotsOfDay`).
 */
export function weeklyHours(hours: string): WeeklyHours | undefined {
	const weekly: WeeklyHours = {
		days: EVERY_DAY.map(() => []),
		exceptions: [],
		otherwiseByAppointment: false
	};
	const rules = splitRules(hours);
	const closed: Target[] = [];
	let overnight = false;
	let replaces = false;
	for (const [index, { separator, text }] of rules.entries()) {
		if (separator === '||') {
			if (!/^"[^"]*"$/.test(text) || !isByAppointment(text)) return undefined;
			weekly.otherwiseByAppointment = true;
			continue;
		}
		const rule = readWeeklyRule(text);
		if (!rule || weekly.otherwiseByAppointment) return undefined;
		overnight ||= rule.slots.some(({ debut, fin }) => fin < debut);
		replaces ||= index > 0 && separator === ';' && rule.slots.length > 0;
		// In OSM a rule that replaces cuts what runs past midnight into its day: few people who write it mean that.
		if (overnight && replaces) return undefined;
		for (const target of rule.targets) {
			if (!addRule(weekly, target, rule.slots, separator === ',')) return undefined;
			if (rule.slots.length === 0 && target.weekdays.length > 0) closed.push(target);
		}
	}
	if (!weekly.days.some((slots) => slots.length > 0) && weekly.exceptions.length === 0)
		weekly.exceptions.push(...closed.map((target) => ({ ...target, slots: [], adds: false })));
	return weekly.days.some((slots) => slots.length > 0) || weekly.exceptions.length > 0 ? weekly : undefined;
}

/** Adds what holds on `target`; false when it would undo a rule already read. */
function addRule(weekly: WeeklyHours, target: Target, slots: Slot[], adds: boolean): boolean {
	const weekdays = target.weekdays.length > 0 ? target.weekdays : EVERY_DAY;
	const isOrdinary = target.conditions.length === 0 && target.ranks.length === 0;
	const conditions = JSON.stringify(target.conditions);
	const same = weekly.exceptions.find((before) => adds && isSameTarget(before, target));
	if (same) {
		same.slots = inOrder([...same.slots, ...slots]);
		return true;
	}
	const isUndone = weekly.exceptions.some(
		(before) =>
			(isOrdinary || JSON.stringify(before.conditions) === conditions) &&
			(before.weekdays.length === 0 || before.weekdays.some((weekday) => weekdays.includes(weekday))) &&
			(isOrdinary ||
				String(before.ranks) === String(target.ranks) ||
				before.ranks.length === 0 ||
				target.ranks.length === 0)
	);
	if (isUndone) return false;
	if (!isOrdinary)
		weekly.exceptions.push({ ...target, slots, adds: adds && hasOrdinaryHours(weekly, target) });
	else
		for (const weekday of weekdays) {
			const before = adds ? (weekly.days[weekday - 1] ?? []) : [];
			weekly.days[weekday - 1] = inOrder([...before, ...slots]);
		}
	return true;
}

function isSameTarget(one: Target, other: Target): boolean {
	return keyOf(one) === keyOf(other);
}

function keyOf({ conditions, weekdays, ranks }: Target): string {
	return JSON.stringify([conditions, weekdays, ranks]);
}

function inOrder(slots: readonly Slot[]): Slot[] {
	return [...slots].sort((one, other) => one.debut.localeCompare(other.debut));
}

function hasOrdinaryHours({ days }: WeeklyHours, { weekdays }: Target): boolean {
	return (weekdays.length > 0 ? weekdays : EVERY_DAY).some((weekday) => isOpen(days, weekday));
}

/** Whether there is a slot on a weekday of an ordinary week. */
export function isOpen(days: Slot[][], weekday: Weekday): boolean {
	return (days[weekday - 1] ?? []).length > 0;
}
