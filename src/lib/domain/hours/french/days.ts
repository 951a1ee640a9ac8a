import type { Weekday } from '../../dates.ts';
import type { Days } from './atoms.ts';
import { dayName } from './words.ts';

/** `days` of which only those ranks of the month remain. */
export function withRanks(days: Days, ranks: number[]): Days {
	return { ...days, ranks };
}

/** Every weekday that these days name, Monday first. */
export function weekdaysOf(days: readonly Days[]): Weekday[] {
	return [...new Set(days.flatMap(({ weekdays }) => weekdays))].sort((one, other) => one - other);
}

/** Whether both name the same weekdays. */
export function sameDays(one: readonly Days[], other: readonly Days[]): boolean {
	return String(weekdaysOf(one)) === String(weekdaysOf(other));
}

/** « lundi », « lundi, mardi », « du lundi au vendredi », for what is kept beside the hours. */
export function daysWords(days: readonly Days[]): string {
	const weekdays = weekdaysOf(days);
	const [first] = weekdays;
	const last = weekdays.at(-1);
	if (first === undefined || last === undefined) return '';
	return weekdays.length > 2 && last - first === weekdays.length - 1
		? `du ${dayName(first)} au ${dayName(last)}`
		: weekdays.map(dayName).join(', ');
}

/** Days of which nothing but the weekday differs, as one: « lundi, mardi et jeudi ». */
export function together(days: readonly Days[]): Days[] {
	return days.reduce<Days[]>((before, one) => {
		const isPlain = ({ feries, falling, ranks }: Days) => !feries && !falling && ranks.length === 0;
		const same = before.find((other) => isPlain(one) && isPlain(other));
		if (!same) return [...before, { ...one }];
		same.weekdays = weekdaysOf([same, one]);
		return before;
	}, []);
}
