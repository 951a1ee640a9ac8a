import { addDays, dayOf, type PlainDate, weekdayOf } from '../dates.ts';
import { lastDayOf, type Occurrence } from './occurrences.ts';

/** A day of a month's grid, with what is held on it. */
export interface GridDay<One> {
	date: PlainDate;
	isOfMonth: boolean;
	events: One[];
}

/** 'AAAA-MM' of a month that the agenda shows: within two years of `today`. Undefined for anything else. */
export function readMonth(text: string, today: PlainDate): string | undefined {
	if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return undefined;
	return Math.abs(monthNumber(text) - monthNumber(today)) <= 24 ? text : undefined;
}

/** The month `months` after this one. */
export function addToMonth(month: string, months: number): string {
	const n = monthNumber(month) + months;
	return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;
}

function monthNumber(month: string): number {
	return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/** The first and last days of a month. */
export function daysOf(month: string): { from: PlainDate; to: PlainDate } {
	return { from: `${month}-01`, to: addDays(`${addToMonth(month, 1)}-01`, -1) };
}

/** The weeks of a month, from Monday to Sunday, each date on every day that it lasts. */
export function monthGrid<One extends Occurrence>(
	month: string,
	occurrences: readonly One[]
): GridDay<One>[][] {
	const { from, to } = daysOf(month);
	const weeks: GridDay<One>[][] = [];
	for (let monday = addDays(from, 1 - weekdayOf(from)); monday <= to; monday = addDays(monday, 7))
		weeks.push(
			Array.from({ length: 7 }, (_, i) => {
				const date = addDays(monday, i);
				const isOfMonth = date >= from && date <= to;
				const isOn = (one: One) => isOfMonth && dayOf(one.debut) <= date && date <= lastDayOf(one);
				return { date, isOfMonth, events: occurrences.filter(isOn) };
			})
		);
	return weeks;
}
