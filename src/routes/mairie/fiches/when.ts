import { dayOf, formatDate, formatTime, localOf } from '#lib/domain/dates.ts';

/** An instant (ISO 8601) as people read it: « 24 novembre 2026, 10 h 15 ». */
export function when(at: string): string {
	const local = localOf(Date.parse(at));
	return `${formatDate(dayOf(local), 'annee')}, ${formatTime(local)}`;
}
