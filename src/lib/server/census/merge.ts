import type { EntryState } from '#lib/domain/census/entry.ts';
import { mergedOf, type Side } from '#lib/domain/census/merging.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { archiveEntry, restoreEntry } from '../editing/archive.ts';
import { readEntryFacts } from '../editing/entry-facts.ts';
import { type Editor, keepRevision, versionOf } from '../editing/revisions.ts';
import { record } from '../journal.ts';
import { indexServices } from '../search/search.ts';
import { moveAround, type Moved, putBack } from './moved.ts';
import { getStored, type StoredEntry, territoryOf } from './states.ts';
import { restoredFrom } from './undo.ts';
import { updateEntry } from './write.ts';

/** How both entries were, what the one that stayed became, and what led to the other. */
interface Before {
	kept: EntryState;
	after: EntryState;
	moved: Moved;
	/** Whether the one that stayed was a draft. */
	wasDraft: boolean;
}

/** Two entries made into one. */
export interface Merge {
	id: number;
	mergedAt: string;
	mergedBy: string;
	kept: { id: number; slug: string; nom: string; commune: string | null };
	gone: { id: number; slug: string; nom: string };
}

/**
 * Makes two entries into one: `kept` has the words chosen for each field (`sides`, else the fuller ones), the communes
 * and themes of both, the variants, closures, messages, permanences and verifications that it lacked. `gone` is archived and leads to it, as
 * all that led to it does. All or nothing; undone by `undoMerge`.
 */
export async function mergeEntries(
	db: Db,
	kept: StoredEntry,
	gone: StoredEntry,
	sides: Partial<Record<string, Side>>,
	by: Editor
): Promise<void> {
	await inTransaction(db, async (db) => {
		const merged = mergedOf(kept.state, gone.state, sides, await territoryOf(db));
		const moved = await moveAround(db, gone.id, kept.id);
		const version = await versionOf(db, kept.id, null);
		await updateEntry(db, kept.id, merged, by, { publishDraft: gone.isPublished });
		const after = (await getStored(db, kept.id)).state;
		const before: Before = { kept: kept.state, after, moved, wasDraft: !kept.isPublished };
		await archiveEntry(db, { id: gone.id, slug: gone.state.slug }, by, kept.id);
		await db
			.insertInto('merge')
			.values({
				kept_id: kept.id,
				gone_id: gone.id,
				merged_at: new Date(now()).toISOString(),
				merged_by: by.nom,
				before: JSON.stringify(before),
				undone_at: null,
				revision_id: await stateKeptSince(db, kept.id, version, by),
				undone_revision_id: null
			})
			.execute();
		await record(db, by, 'fusion', `${gone.state.slug} → ${kept.state.slug}`);
		await indexServices(db, [kept.id, gone.id]);
	});
}

/** The merges that can be undone, the newest first. */
export async function listMerges(db: Db): Promise<Merge[]> {
	const rows = await db
		.selectFrom('merge')
		.innerJoin('service as kept', 'kept.id', 'merge.kept_id')
		.innerJoin('service as gone', 'gone.id', 'merge.gone_id')
		.select(['merge.id', 'merged_at', 'merged_by', 'kept_id', 'gone_id'])
		.select(['kept.slug as kept_slug', 'kept.nom as kept_nom', 'kept.commune as kept_commune'])
		.select(['gone.slug as gone_slug', 'gone.nom as gone_nom'])
		.where('undone_at', 'is', null)
		.orderBy('merge.id', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		mergedAt: row.merged_at,
		mergedBy: row.merged_by,
		kept: { id: row.kept_id, slug: row.kept_slug, nom: row.kept_nom, commune: row.kept_commune },
		gone: { id: row.gone_id, slug: row.gone_slug, nom: row.gone_nom }
	}));
}

/** The merge that an entry went in, by its number; undefined when it didn't, or when they were separated since. */
export async function findMergeOf(db: Db, goneId: number): Promise<Merge | undefined> {
	return (await listMerges(db)).find(({ gone }) => gone.id === goneId);
}

/** What a state of the history of an entry comes from: another one merged into it, or separated from it. */
export interface MergeTold {
	kind: 'reunie' | 'separee';
	/** The other entry. */
	nom: string;
}

/** The states of an entry's history that merges led to, by their number. */
export async function listMergesTold(db: Db, keptId: number): Promise<Map<number, MergeTold>> {
	const rows = await db
		.selectFrom('merge')
		.innerJoin('service', 'service.id', 'merge.gone_id')
		.select(['service.nom', 'revision_id', 'undone_revision_id'])
		.where('kept_id', '=', keptId)
		.execute();
	return new Map(
		rows.flatMap(({ nom, revision_id, undone_revision_id }): [number, MergeTold][] => [
			...(revision_id === null ? [] : [[revision_id, { kind: 'reunie', nom }] as [number, MergeTold]]),
			...(undone_revision_id === null
				? []
				: [[undone_revision_id, { kind: 'separee', nom }] as [number, MergeTold]])
		])
	);
}

/** The state that the history of an entry has since `version`: one is kept when nothing was published. */
async function stateKeptSince(db: Db, id: number, version: number, by: Editor): Promise<number> {
	if ((await versionOf(db, id, null)) === version) {
		const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		await keepRevision(db, id, null, await readEntryFacts(db, row), by);
	}
	return versionOf(db, id, null);
}

/**
 * Puts both entries back as they were. What someone changed since in the one that stayed is left, field by field, and
 * named. A merge already undone is left as it is.
 */
export async function undoMerge(db: Db, { id, kept, gone }: Merge, by: Editor): Promise<string[]> {
	return inTransaction(db, async (db) => {
		const row = await db
			.updateTable('merge')
			.set({ undone_at: new Date(now()).toISOString() })
			.where('id', '=', id)
			.where('undone_at', 'is', null)
			.returning('before')
			.executeTakeFirst();
		if (!row) return [];
		const before = JSON.parse(row.before) as Before;
		const { state: present } = await getStored(db, kept.id);
		const { restored, edited } = restoredFrom(before.kept, before.after, present);
		const version = await versionOf(db, kept.id, null);
		await putBack(db, before.moved, gone.id, kept.id);
		if (JSON.stringify(restored) !== JSON.stringify(present)) await updateEntry(db, kept.id, restored, by);
		if (before.wasDraft) await db.deleteFrom('publication').where('service_id', '=', kept.id).execute();
		await restoreEntry(db, { id: gone.id, slug: gone.slug }, by);
		await db
			.updateTable('merge')
			.set({ undone_revision_id: await stateKeptSince(db, kept.id, version, by) })
			.where('id', '=', id)
			.execute();
		await record(db, by, 'fusion-annulee', `${gone.slug} → ${kept.slug}`);
		await indexServices(db, [kept.id, gone.id]);
		return edited;
	});
}
