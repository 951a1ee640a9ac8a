import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { versionOf } from '../editing/revisions.ts';
import type { OpenedEntry } from './links.ts';
import { verifyEntry } from './verify.ts';

/**
 * Someone says that entries of their link are true. `seen`: what they had before them, « slug:version » each; an entry
 * changed since is not verified, for they have not read it. Nothing else is touched.
 */
export async function confirm(
	db: Db,
	entries: readonly OpenedEntry[],
	seen: readonly string[]
): Promise<{ verified: string[]; changed: string[] }> {
	return inTransaction(db, async (db) => {
		const verified: string[] = [];
		const changed: string[] = [];
		for (const { review, person } of entries) {
			const { id, slug } = review;
			const version = seen.find((one) => one.startsWith(`${slug}:`))?.slice(slug.length + 1);
			if (version === undefined) continue;
			if (version === String(await versionOf(db, id, null))) {
				await verifyEntry(db, review, person);
				verified.push(slug);
			} else changed.push(slug);
		}
		return { verified, changed };
	});
}
