import { dateOf, startOfNextDay } from '#lib/domain/dates.ts';
import type { Reading } from '#lib/domain/fiche.ts';
import { now } from './clock.ts';
import type { Db } from './database/schema.ts';
import { getTerritory, listSchoolHolidays } from './territory.ts';

/** When and where a page is read: its scope, the present instant and the territory's calendar. */
export async function readingOf(db: Db, scope: string): Promise<Reading> {
	const { departement, region } = await getTerritory(db);
	return {
		scope,
		at: now(),
		calendar: { schoolHolidays: await listSchoolHolidays(db), place: { departement, region } }
	};
}

/**
 * Until when (epoch milliseconds) a page rendered at `at` stays true: the first of the openings, closings and
 * closures shown on it, and the next midnight in Paris.
 */
export function freshUntil(at: number, changes: (number | undefined)[]): number {
	return Math.min(startOfNextDay(at), ...changes.filter((change) => change !== undefined));
}

/** Today's date in Paris. */
export function today(): string {
	return dateOf(now());
}
