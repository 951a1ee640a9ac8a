import type { AnnouncementKind, AnnouncementWords } from '#lib/domain/editing/announcements.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import type { Editable } from './editable.ts';
import type { Editor } from './revisions.ts';

/** Where announcements are written: an entry, or what one commune says on it. */
export type AnnouncedEntry = Pick<Editable, 'id' | 'slug' | 'variantOf'>;

/** What someone did to an announcement. */
export interface AnnouncementChange {
	id: number;
	kind: AnnouncementKind;
	announcementId: number;
	/** Null when it was added. */
	before: AnnouncementWords | null;
	/** Null when it was removed. */
	after: AnnouncementWords | null;
	/** ISO 8601. */
	at: string;
	who: string;
	/** Whether nothing was done to this announcement since. */
	isLast: boolean;
}

/** The longest list of changes that can be undone. */
const mostChanges = 20;

/** What was done last to the announcements of an entry, or to a commune's on it, the newest first. */
export async function listAnnouncementChanges(
	db: Db,
	{ id, variantOf }: AnnouncedEntry
): Promise<AnnouncementChange[]> {
	const rows = await db
		.selectFrom('announcement_change')
		.selectAll()
		.where('service_id', '=', id)
		.where('commune', 'is', variantOf)
		.orderBy('id', 'desc')
		.execute();
	const lastOf = new Map<string, number>();
	for (const { kind, announcement_id, id } of rows) {
		const key = `${kind} ${announcement_id}`;
		lastOf.set(key, Math.max(id, lastOf.get(key) ?? 0));
	}
	return rows.slice(0, mostChanges).map((row) => ({
		id: row.id,
		kind: row.kind,
		announcementId: row.announcement_id,
		before: parsed(row.before),
		after: parsed(row.after),
		at: row.at,
		who: row.who,
		isLast: lastOf.get(`${row.kind} ${row.announcement_id}`) === row.id
	}));
}

/** The last thing done to an announcement there; undefined when nothing was. */
export async function lastChange(db: Db, entry: AnnouncedEntry, kind: AnnouncementKind, id: number) {
	return db
		.selectFrom('announcement_change')
		.select(['id', 'after', 'who'])
		.where('kind', '=', kind)
		.where('announcement_id', '=', id)
		.where('service_id', '=', entry.id)
		.where('commune', 'is', entry.variantOf)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Who last changed an announcement, for whoever wanted to; undefined when nobody did. */
export async function lastToChange(
	db: Db,
	entry: AnnouncedEntry,
	kind: AnnouncementKind,
	id: number
): Promise<string | undefined> {
	return (await lastChange(db, entry, kind, id))?.who;
}

/** What a change kept of an announcement. */
export function parsed(json: string | null): AnnouncementWords | null {
	return json === null ? null : (JSON.parse(json) as AnnouncementWords);
}

/** One thing done to an announcement. */
interface Kept {
	kind: AnnouncementKind;
	id: number;
	before: AnnouncementWords | null;
	after: AnnouncementWords | null;
}

/** The history keeps what was done, and the journal who did it. */
export async function keepChange(
	db: Db,
	{ id: serviceId, slug, variantOf }: AnnouncedEntry,
	{ kind, id, before, after }: Kept,
	by: Editor
): Promise<void> {
	await db
		.insertInto('announcement_change')
		.values({
			kind,
			announcement_id: id,
			service_id: serviceId,
			commune: variantOf,
			before: before && JSON.stringify(before),
			after: after && JSON.stringify(after),
			at: new Date(now()).toISOString(),
			account_id: by.id,
			who: by.nom
		})
		.execute();
	const action = before === null ? 'annonce-ajoutee' : after === null ? 'annonce-retiree' : 'annonce-changee';
	await record(db, by, action, variantOf === null ? slug : `${slug} (${variantOf})`);
}
