import type { Account } from '#lib/domain/accounts.ts';
import { nextOccurrences, occurrencesOf, overAt } from '#lib/domain/agenda/occurrences.ts';
import { addDays, dateOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { listSchoolHolidays } from '../territory.ts';
import { listEditableEvents } from './editing.ts';
import type { AgendaEvent } from './events.ts';

/** A date that is over. */
export interface PastDate {
	event: Pick<AgendaEvent, 'slug' | 'facts'>;
	debut: string;
	fin: string | null;
	/** How many people came; null while nobody has said. */
	participants: number | null;
	/** Who said so. */
	who: string | null;
}

/** For how long one is asked how many people came, in days. */
const askedFor = 92;

/** The dates of the last three months that an account may speak of, the last first; without those that were cancelled. */
export async function listPastDates(db: Db, account: Account): Promise<PastDate[]> {
	const today = dateOf(now());
	const holidays = await listSchoolHolidays(db);
	const events = (await listEditableEvents(db, account)).filter(({ etat }) => etat !== 'brouillon');
	const said = new Map(
		(await db.selectFrom('event_attendance').selectAll().execute()).map((row) => [
			`${row.event_id} ${row.debut}`,
			row
		])
	);
	return events
		.flatMap((event) =>
			occurrencesOf(event.facts, holidays, { from: addDays(today, -askedFor), to: today })
				.filter((one) => one.annulation === null && overAt(one) <= now())
				.map(({ debut, fin }) => {
					const row = said.get(`${event.id} ${debut}`);
					return { event, debut, fin, participants: row?.participants ?? null, who: row?.who ?? null };
				})
		)
		.sort((a, b) => (a.debut > b.debut ? -1 : 1));
}

/** Keeps how many people came on a date that is over. False when the account may not speak of that date. */
export async function keepAttendance(
	db: Db,
	account: Account,
	{ slug, debut, participants }: { slug: string; debut: string; participants: number }
): Promise<boolean> {
	const date = (await listPastDates(db, account)).find(
		(one) => one.event.slug === slug && one.debut === debut
	);
	if (!date) return false;
	await inTransaction(db, async (db) => {
		const { id } = await db
			.selectFrom('event')
			.select('id')
			.where('slug', '=', slug)
			.executeTakeFirstOrThrow();
		const said = {
			participants,
			at: new Date(now()).toISOString(),
			account_id: account.id,
			who: account.nom
		};
		await db
			.insertInto('event_attendance')
			.values({ event_id: id, debut, ...said })
			.onConflict((conflict) => conflict.columns(['event_id', 'debut']).doUpdateSet(said))
			.execute();
		await record(db, account, 'participants-notes', slug);
	});
	return true;
}

/** Whether an event has a date to come, today included. */
export async function isToCome(db: Db, { facts }: Pick<AgendaEvent, 'facts'>): Promise<boolean> {
	const at = now();
	const holidays = await listSchoolHolidays(db);
	return nextOccurrences(facts, holidays, { at, today: dateOf(at), limit: 1 }).length > 0;
}
