import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { indexServices } from '../search/search.ts';
import type { Editor } from './revisions.ts';

/** What names an entry to those who keep it. */
export interface NamedEntry {
	id: number;
	slug: string;
}

/** An entry that people no longer read. */
export interface Archive {
	/** ISO 8601. */
	at: string;
	who: string;
	/** Whether people read it until then; otherwise it was a draft. */
	wasPublished: boolean;
	/** The number of the entry that says the same from now on. */
	successor: number | null;
}

/** Whether this entry is archived: since when, by whom, what replaces it; undefined when it isn't. */
export async function findArchive(db: Db, id: number): Promise<Archive | undefined> {
	const row = await db.selectFrom('archive').selectAll().where('service_id', '=', id).executeTakeFirst();
	return (
		row && {
			at: row.archived_at,
			who: row.archived_by,
			wasPublished: row.was_published === 1,
			successor: row.successor_id
		}
	);
}

/**
 * Takes an entry away from people, for as long as one likes: its words, its history and its addresses are kept, and its
 * address says who answers now: `successorId`, or the mairie. An entry already archived only changes its successor.
 */
export async function archiveEntry(
	db: Db,
	{ id, slug }: NamedEntry,
	by: Editor,
	successorId: number | null = null
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numDeletedRows } = await db
			.deleteFrom('publication')
			.where('service_id', '=', id)
			.executeTakeFirst();
		await db
			.insertInto('archive')
			.values({
				service_id: id,
				archived_at: new Date(now()).toISOString(),
				archived_by: by.nom,
				was_published: numDeletedRows > 0n ? 1 : 0,
				successor_id: successorId
			})
			.onConflict((conflict) => conflict.column('service_id').doUpdateSet({ successor_id: successorId }))
			.execute();
		await record(db, by, 'fiche-archivee', slug);
		await indexServices(db, [id]);
	});
}

/** Puts an archived entry back as it was: where people read it, or among the drafts. One that isn't archived is left as it is. */
export async function restoreEntry(db: Db, { id, slug }: NamedEntry, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		const archived = await db
			.deleteFrom('archive')
			.where('service_id', '=', id)
			.returning('was_published')
			.executeTakeFirst();
		if (!archived) return;
		if (archived.was_published === 1)
			await db
				.insertInto('publication')
				.values({ service_id: id, published_at: new Date(now()).toISOString(), published_by: by.nom })
				.execute();
		await record(db, by, 'fiche-remise', slug);
		await indexServices(db, [id]);
	});
}
