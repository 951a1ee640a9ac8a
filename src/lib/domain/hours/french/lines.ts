import type { Weekday } from '../../dates.ts';
import type { Days } from './atoms.ts';
import { clashWords, slotsWords } from './clock-words.ts';
import { together } from './days.ts';
import {
	anyOverlap,
	clash,
	inOrder,
	slotOf,
	WEEK,
	type DaySlot,
	type Line,
	type Special
} from './schedule.ts';
import { FOR_WHICH, WHICH_DAYS, type Hours, type Statements } from './statements.ts';
import { dayName } from './words.ts';

/** All seven days, none of them named. */
export const PLAIN: Days = { weekdays: [...WEEK], feries: false, ranks: [], isNamed: false };

/** The hours of ordinary weekdays, and those of particular days. */
export function sortHours(said: Statements): { lines: Line[]; specials: Special[] } {
	const lines: Line[] = [];
	const specials: Special[] = [];
	for (const hours of said.hours) {
		const targets = hours.days.length > 0 ? hours.days : isWholeDay(hours) ? [PLAIN] : [];
		// « Sur rendez-vous » alone is for every day, unless other hours are given.
		if (hours.days.length === 0 && hours.appointment && said.hours.length > 1)
			said.problems.push({ fragment: hours.words, sentence: FOR_WHICH });
		if (targets.length === 0) said.problems.push({ fragment: hours.words, sentence: WHICH_DAYS });
		for (const days of hours.when.length > 0 ? together(targets) : targets) {
			const isPlain = !days.feries && !days.falling && days.ranks.length === 0 && hours.when.length === 0;
			if (!isPlain) addSpecial(specials, hours, days, said);
			else for (const weekday of days.weekdays) addLine(lines, weekday, days, hours);
		}
	}
	return { lines, specials };
}

function isWholeDay({ span }: Hours): boolean {
	return span.debut === '00:00' && span.fin === '24:00';
}

function addLine(lines: Line[], weekday: Weekday, days: Days, hours: Hours): void {
	const key = JSON.stringify(days);
	const { adds, replaces, words } = hours;
	const line = lines.find(
		(one) =>
			one.weekday === weekday &&
			JSON.stringify(one.days) === key &&
			one.adds === adds &&
			one.replaces === replaces
	);
	if (line) {
		line.slots.push(slotOf(hours));
		line.words = `${line.words}, ${words}`;
	} else lines.push({ weekday, days, slots: [slotOf(hours)], adds, replaces, words });
}

function addSpecial(specials: Special[], hours: Hours, days: Days, said: Statements): void {
	const feries = days.feries || days.falling === true;
	const { weekdays, ranks } = days;
	const special: Special = {
		weekdays,
		ranks,
		when: hours.when,
		feries,
		slots: [slotOf(hours)],
		adds: hours.adds
	};
	const same = specials.find((one) => keyOf(one) === keyOf(special));
	if (!same) specials.push(special);
	else same.slots = inOrder([...same.slots, ...special.slots]);
	const clashing = clash((same ?? special).slots);
	if (clashing) said.problems.push({ fragment: hours.words, sentence: clashWords(clashing) });
}

function keyOf({ weekdays, ranks, when, feries }: Special): string {
	return JSON.stringify([weekdays, ranks, when, feries]);
}

/** One day's hours, from the widest « du lundi au vendredi » to what names this day. */
export function mergeLines(lines: readonly Line[], said: Statements): DaySlot[] {
	const ordered = [...lines].sort((one, other) => rankOf(other) - rankOf(one));
	let slots: DaySlot[] = [];
	let last: Line | undefined;
	for (const line of ordered) {
		const day = dayName(line.weekday);
		const own = inOrder(line.slots);
		const clashing = clash(own);
		if (clashing) said.problems.push({ fragment: line.words, sentence: `${day} : ${clashWords(clashing)}` });
		if (!last || line.replaces) slots = own;
		else if (!anyOverlap(slots, own)) {
			if (!line.adds && !last.days.isNamed)
				said.assumptions.push(`${day} : ${slotsWords(own)} s’ajoute à ${slotsWords(slots)}`);
			slots = inOrder([...slots, ...own]);
		} else if (rankOf(line) < rankOf(last) && !line.adds) {
			said.assumptions.push(`${day} : ${slotsWords(own)} remplace ${slotsWords(slots)}`);
			slots = own;
		} else if (own.every((slot) => slots.some((other) => JSON.stringify(other) === JSON.stringify(slot))))
			continue;
		else
			said.problems.push({
				fragment: line.words,
				sentence: `${day} a deux fois des heures, qui ne vont pas ensemble : ${slotsWords(slots)} et ${slotsWords(own)}`
			});
		last = line;
	}
	return slots;
}

/** How wide a line is: what names a day counts more than what takes it in. */
function rankOf({ days, replaces }: Line): number {
	return replaces ? 0 : days.isNamed ? 1 : days.weekdays.length;
}
