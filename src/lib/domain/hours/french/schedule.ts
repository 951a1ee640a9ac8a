import type { Weekday } from '../../dates.ts';
import type { Days, TimeSpan, When } from './atoms.ts';
import type { Hours } from './statements.ts';

/** A slot of a day with what is said of it. */
export interface DaySlot extends TimeSpan {
	appointment: boolean;
	comment?: string;
	sometimes?: string;
}

/** Some hours of one weekday, from one place in the text. */
export interface Line {
	weekday: Weekday;
	days: Days;
	slots: DaySlot[];
	adds: boolean;
	replaces: boolean;
	words: string;
}

/** What holds on some days instead of the ordinary week, or on top of it. No slot: closed. */
export interface Special {
	/** [] every day. */
	weekdays: Weekday[];
	ranks: number[];
	when: When[];
	/** On public holidays, those that fall on `weekdays`. */
	feries: boolean;
	slots: DaySlot[];
	adds: boolean;
}

/** Opening hours, ready to be written. */
export interface Schedule {
	/** Monday first. */
	days: DaySlot[][];
	specials: Special[];
	/** Days that the text names together: they are written together. */
	together: Weekday[][];
	/** Days said to be closed, which matter only when nothing is open. */
	closedDays: Weekday[];
	otherwiseByAppointment: boolean;
}

export const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** The slot that some hours give. */
export function slotOf({ span, appointment, comment, sometimes }: Hours): DaySlot {
	return {
		...span,
		appointment,
		...(comment !== undefined && { comment }),
		...(sometimes !== undefined && { sometimes })
	};
}

/** When a slot ends, counted from the day it begins: '26:00' for 2 in the morning. */
function endOf({ debut, fin }: TimeSpan): string {
	return fin < debut ? `${String(Number(fin.slice(0, 2)) + 24)}${fin.slice(2)}` : fin;
}

/** Whether two slots have a moment in common. */
export function overlap(one: TimeSpan, other: TimeSpan): boolean {
	return one.debut < endOf(other) && other.debut < endOf(one);
}

/** Whether some slots have a moment in common with others. */
export function anyOverlap(some: readonly TimeSpan[], others: readonly TimeSpan[]): boolean {
	return some.some((one) => others.some((other) => overlap(one, other)));
}

/** Slots in the order of the day, each once. */
export function inOrder(slots: readonly DaySlot[]): DaySlot[] {
	return slots
		.filter(
			(slot, index) => slots.findIndex((other) => JSON.stringify(other) === JSON.stringify(slot)) === index
		)
		.sort((one, other) => one.debut.localeCompare(other.debut));
}

/** Two slots of a day that can't both be meant. */
export function clash(slots: readonly DaySlot[]): [DaySlot, DaySlot] | undefined {
	for (const [index, slot] of slots.entries()) {
		const other = slots.slice(index + 1).find((later) => overlap(slot, later));
		if (other) return [slot, other];
	}
	return undefined;
}

/** Whether no day can be in both: even and odd weeks, June and July. */
export function areExclusive(one: Special, other: Special): boolean {
	if (one.ranks.length > 0 && other.ranks.length > 0 && !one.ranks.some((rank) => other.ranks.includes(rank)))
		return true;
	return one.when.some((when) => other.when.some((another) => excludes(when, another)));
}

function excludes(one: When, other: When): boolean {
	if (one.kind === 'semaines' && other.kind === 'semaines') return one.parite !== other.parite;
	if (one.kind === 'periodes' && other.kind === 'periodes')
		return !monthsOf(one).some((month) => monthsOf(other).includes(month));
	return (
		(one.kind === 'vacances' && other.kind === 'scolaire') ||
		(one.kind === 'scolaire' && other.kind === 'vacances')
	);
}

/** Every month that a condition touches. */
function monthsOf({ spans }: Extract<When, { kind: 'periodes' }>): number[] {
	return spans.flatMap((span) => {
		const [from, to] =
			span.kind === 'mois'
				? [span.de, span.a]
				: [Number(span.debut.slice(-5, -3)), Number(span.fin.slice(-5, -3))];
		const count = ((to - from + 12) % 12) + 1;
		return Array.from({ length: count }, (_, index) => ((from - 1 + index) % 12) + 1);
	});
}

/** What is left of slots without a half of the day; undefined where a slot goes on from one half to the other. */
export function withoutHalf(
	slots: readonly DaySlot[],
	half: 'matin' | 'apres-midi' | 'soir'
): DaySlot[] | undefined {
	if (half === 'soir')
		return slots.every(({ debut, fin }) => debut >= '18:00' || fin <= '19:00')
			? slots.filter(({ debut }) => debut < '18:00')
			: undefined;
	const isMorning = ({ debut }: DaySlot) => debut < '12:00';
	if (slots.some((slot) => isMorning(slot) && endOf(slot) > '14:00')) return undefined;
	return slots.filter((slot) => isMorning(slot) !== (half === 'matin'));
}

/** What is left of slots without a span of the day. */
export function withoutSpan(slots: readonly DaySlot[], span: TimeSpan): DaySlot[] {
	return slots.flatMap((slot) => {
		if (!overlap(slot, span)) return [slot];
		const before = slot.debut < span.debut ? [{ ...slot, fin: span.debut }] : [];
		const after = endOf(span) < endOf(slot) ? [{ ...slot, debut: span.fin }] : [];
		return [...before, ...after];
	});
}
