import { columns } from '#lib/domain/census/columns.ts';
import { type EntryState, valueOf } from '#lib/domain/census/entry.ts';
import { withValues } from '#lib/domain/census/rows.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { archiveEntry } from '../editing/archive.ts';
import { record } from '../journal.ts';
import type { Counts, DoneCensus, Importer } from './census.ts';
import { getStored } from './states.ts';
import { updateEntry } from './write.ts';

/**
 * Undoes an import in one step: what it changed is as it was, what it created is archived. What someone changed since
 * stays, field by field, and is told, in words. An import already undone is left as it is.
 */
export async function undoCensus(db: Db, { id, counts }: DoneCensus, by: Importer): Promise<string[]> {
	return inTransaction(db, async (db) => {
		const { file_name, numUpdated } = await markUndone(db, id, by);
		if (!numUpdated) return counts.gardees ?? [];
		const changes = await db.selectFrom('census_change').selectAll().where('census_id', '=', id).execute();
		const kept: string[] = [];
		for (const { service_id, before, after } of changes) {
			const { state: present, isArchived } = await getStored(db, service_id);
			const imported = JSON.parse(after) as EntryState;
			const { restored, edited } = restoredFrom(
				before === null ? undefined : (JSON.parse(before) as EntryState),
				imported,
				present
			);
			if (edited.length > 0) kept.push(`${String(present.facts.nom)} : ${edited.join(', ')}`);
			if (before === null) {
				if (edited.length === 0 && !isArchived)
					await archiveEntry(db, { id: service_id, slug: present.slug }, by);
			} else if (JSON.stringify(restored) !== JSON.stringify(present))
				await updateEntry(db, service_id, restored, by, { cause: 'import-annule' });
		}
		const told: Counts = { ...counts, gardees: kept };
		await db
			.updateTable('census')
			.set({ counts: JSON.stringify(told) })
			.where('id', '=', id)
			.execute();
		await record(db, by, 'import-annule', file_name);
		return kept;
	});
}

async function markUndone(db: Db, id: number, by: Importer) {
	const row = await db
		.updateTable('census')
		.set({ undone_at: new Date(now()).toISOString(), undone_by: by.nom })
		.where('id', '=', id)
		.where('undone_at', 'is', null)
		.returning('file_name')
		.executeTakeFirst();
	return { file_name: row?.file_name ?? '', numUpdated: row === undefined ? 0 : 1 };
}

/** An entry with each field that the import changed as it was before it, but for those that were edited since, named. */
export function restoredFrom(
	before: EntryState | undefined,
	imported: EntryState,
	present: EntryState
): { restored: EntryState; edited: string[] } {
	const edited: string[] = [];
	let restored = present;
	for (const { target, words } of columns) {
		if (target === 'slug' || target === 'commune') continue;
		const [was, became, is] = [
			before && valueOf(target, before),
			valueOf(target, imported),
			valueOf(target, present)
		];
		// Someone put it back already.
		if (before !== undefined && isSame(was, is)) continue;
		if (!isSame(became, is) && (before === undefined || !isSame(was, became))) edited.push(words);
		else if (before !== undefined && !isSame(was, became)) restored = withValues(restored, { [target]: was });
	}
	return { restored, edited };
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
