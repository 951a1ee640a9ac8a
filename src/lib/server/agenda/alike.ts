import type { Account } from '#lib/domain/accounts.ts';
import type { EventFacts } from '#lib/domain/agenda/event.ts';
import { lastDayOf, type Occurrence, occurrencesOf } from '#lib/domain/agenda/occurrences.ts';
import { normalHeader } from '#lib/domain/census/header.ts';
import { addDays, dateOf, dayOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { listSchoolHolidays } from '../territory.ts';
import { mayEdit } from './editing.ts';
import { listAllEvents } from './events.ts';

/** How far ahead two events are compared, in days. */
const ahead = 366;

/**
 * Another event that is likely the same one: of the same title whatever its accents and signs, for a commune of both, on
 * a day of both within a year. Undefined when there is none among what people read and what the account may change.
 * `slug` is the address of the event itself, when it has one.
 */
export async function findAlike(
	db: Db,
	account: Account,
	facts: EventFacts,
	slug: string | null
): Promise<{ titre: string; date: Occurrence } | undefined> {
	const today = dateOf(now());
	const holidays = await listSchoolHolidays(db);
	const datesOf = (event: EventFacts) =>
		occurrencesOf(event, holidays, { from: today, to: addDays(today, ahead) });
	const mine = datesOf(facts);
	const candidates = (await listAllEvents(db)).filter(
		(one) =>
			one.slug !== slug &&
			(one.etat === 'publie' || (one.etat === 'brouillon' && mayEdit(account, one.facts))) &&
			normalHeader(one.facts.titre) === normalHeader(facts.titre) &&
			meet(one.facts.communes, facts.communes)
	);
	for (const { facts: other } of candidates) {
		const date = datesOf(other).find((theirs) => mine.some((one) => overlap(one, theirs)));
		if (date) return { titre: other.titre, date };
	}
	return undefined;
}

/** No commune at all is all of them. */
function meet(some: readonly string[], others: readonly string[]): boolean {
	return some.length === 0 || others.length === 0 || some.some((one) => others.includes(one));
}

function overlap(one: Occurrence, other: Occurrence): boolean {
	return dayOf(one.debut) <= lastDayOf(other) && dayOf(other.debut) <= lastDayOf(one);
}
