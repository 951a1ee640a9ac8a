import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';

/** The number of the entry that says what this one said; the same number for one that was never made into another. */
export type Follow = (id: number | null) => number | null;

/**
 * How numbers kept in histories are read: an entry that was made into another is that other one, until both are
 * separated. One that was only archived stays itself: what replaces it isn't what it was.
 */
export async function readMerged(db: Db): Promise<Follow> {
	// Both tables only change together, and the archive raises the version.
	const kept = await keptUntilEdit(db, 'merged', async () => {
		const rows = await db
			.selectFrom('merge')
			.innerJoin('archive', 'archive.service_id', 'merge.gone_id')
			.select(['gone_id', 'successor_id'])
			.where('undone_at', 'is', null)
			.execute();
		return new Map(rows.map(({ gone_id, successor_id }) => [gone_id, successor_id]));
	});
	return (id) => {
		const seen = new Set<number>();
		let last = id;
		while (last !== null && !seen.has(last)) {
			seen.add(last);
			const next = kept.get(last) ?? null;
			if (next === null) return last;
			last = next;
		}
		return id;
	};
}
