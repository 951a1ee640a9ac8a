import { dayOf, formatDate, formatTime, localOf } from '#lib/domain/dates.ts';

/** An instant (ISO 8601) as a person reads it: « 24 novembre 2026, 10 h 15 ». */
export function momentOf(iso: string): string {
	const local = localOf(Date.parse(iso));
	return `${formatDate(dayOf(local), 'annee')}, ${formatTime(local)}`;
}
