import { randomUUID } from 'node:crypto';
import type { Account } from '#lib/domain/accounts.ts';
import { type EventFacts, type EventState, reservedInAgenda } from '#lib/domain/agenda/event.ts';
import type { Action } from '#lib/domain/journal.ts';
import { slugOf } from '#lib/domain/reserved.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { ConflictError } from '../editing/publish.ts';
import type { Editor } from '../editing/revisions.ts';
import { record } from '../journal.ts';
import { type AgendaEvent, listAllEvents } from './events.ts';

/** Whether an account may change an event: administration all of them; a mairie those that are only for communes of its own. */
export function mayEdit(
	{ role, communes }: Account,
	{ communes: concerned }: Pick<EventFacts, 'communes'>
): boolean {
	if (role === 'administration') return true;
	if (role !== 'mairie' || concerned.length === 0) return false;
	return concerned.every((commune) => communes.includes(commune));
}

/** The events that an account may change, the last made first. */
export async function listEditableEvents(db: Db, account: Account): Promise<AgendaEvent[]> {
	return (await listAllEvents(db)).filter(({ facts }) => mayEdit(account, facts)).reverse();
}

/** The event of this slug that the account may change. Undefined when it isn't there, and when it is another's. */
export async function findEditableEvent(
	db: Db,
	account: Account,
	slug: string
): Promise<AgendaEvent | undefined> {
	const event = (await listAllEvents(db)).find((one) => one.slug === slug);
	return event && mayEdit(account, event.facts) ? event : undefined;
}

/** The event that calendars know by this, whoever's it is. */
export async function findEventByUid(db: Db, uid: string): Promise<AgendaEvent | undefined> {
	return (await listAllEvents(db)).find((event) => event.uid === uid);
}

/** Adds an event; gives its slug. `uid` is what calendars know it by, when it comes from one. */
export async function createEvent(
	db: Db,
	facts: EventFacts,
	{
		etat,
		by,
		uid = randomUUID(),
		slug
	}: { etat: EventState; by: Editor | string; uid?: string; slug?: string }
): Promise<string> {
	return inTransaction(db, async (db) => {
		const free = slug ?? (await freeEventSlug(db, facts.titre));
		const { id } = await db
			.insertInto('event')
			.values({ ...columnsOf(facts), slug: free, uid, etat })
			.returning('id')
			.executeTakeFirstOrThrow();
		await writeParts(db, id, facts);
		await keepState(db, id, facts, etat, by);
		if (typeof by !== 'string')
			await record(db, by, etat === 'publie' ? 'evenement-publie' : 'evenement-cree', free);
		return free;
	});
}

/**
 * Writes what is now said of an event, and whether people read it; each state is kept. `event` is as the editor began:
 * its `version` must still be the last.
 * @throws ConflictError when someone changed it meanwhile: nothing was written
 */
export async function saveEvent(
	db: Db,
	event: Pick<AgendaEvent, 'id' | 'slug' | 'version'>,
	facts: EventFacts,
	{ etat, by, action }: { etat: EventState; by: Editor; action: Action }
): Promise<void> {
	await inTransaction(db, async (db) => {
		const last = await lastState(db, event.id);
		if ((last?.id ?? 0) !== event.version) throw new ConflictError(`${event.slug} has a newer version`);
		await db
			.updateTable('event')
			.set({ ...columnsOf(facts), etat })
			.where('id', '=', event.id)
			.execute();
		await db.deleteFrom('event_commune').where('event_id', '=', event.id).execute();
		await db.deleteFrom('event_date').where('event_id', '=', event.id).execute();
		await writeParts(db, event.id, facts);
		await keepState(db, event.id, facts, etat, by);
		await record(db, by, action, event.slug);
	});
}

function columnsOf({ communes: _communes, dates: _dates, hors_vacances, ...facts }: EventFacts) {
	return { ...facts, hors_vacances: hors_vacances ? (1 as const) : (0 as const) };
}

async function writeParts(db: Db, id: number, { communes, dates }: EventFacts): Promise<void> {
	if (communes.length > 0)
		await db
			.insertInto('event_commune')
			.values(communes.map((commune) => ({ event_id: id, commune })))
			.execute();
	if (dates.length > 0)
		await db
			.insertInto('event_date')
			.values(dates.map((date) => ({ event_id: id, ...date })))
			.execute();
}

/** A state of an event as someone left it. */
export interface EventRevision {
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	etat: EventState;
	facts: EventFacts;
}

async function keepState(db: Db, id: number, facts: EventFacts, etat: EventState, by: Editor | string) {
	await db
		.insertInto('event_revision')
		.values({
			event_id: id,
			at: new Date(now()).toISOString(),
			account_id: typeof by === 'string' ? null : by.id,
			who: typeof by === 'string' ? by : by.nom,
			state: JSON.stringify({ etat, facts })
		})
		.execute();
}

/** The states of an event, the last first. */
export async function listEventRevisions(db: Db, id: number): Promise<EventRevision[]> {
	const rows = await db
		.selectFrom('event_revision')
		.select(['id', 'at', 'who', 'state'])
		.where('event_id', '=', id)
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ state, ...row }) => ({
		...row,
		...(JSON.parse(state) as Pick<EventRevision, 'etat' | 'facts'>)
	}));
}

/** Who left the last state of an event, and its number. */
export async function lastState(db: Db, id: number) {
	return db
		.selectFrom('event_revision')
		.select(['id', 'who', 'account_id'])
		.where('event_id', '=', id)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** A free slug made from a title, with a number when another event has it. */
async function freeEventSlug(db: Db, titre: string): Promise<string> {
	const slug = slugOf(titre);
	const taken = new Set((await db.selectFrom('event').select('slug').execute()).map((row) => row.slug));
	const isFree = (one: string) => !taken.has(one) && !(reservedInAgenda as readonly string[]).includes(one);
	if (isFree(slug)) return slug;
	for (let number = 2; ; number++) {
		const numbered = `${slug.slice(0, 54).replace(/-+$/, '')}-${number}`;
		if (isFree(numbered)) return numbered;
	}
}
