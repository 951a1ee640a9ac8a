import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import type { NamedEntry } from './archive.ts';
import type { Editor } from './revisions.ts';
import { isFree } from './slugs.ts';

/**
 * Gives an entry another slug; the former one leads to it for ever. False, and nothing is changed, when the slug isn't free.
 */
export async function renameEntry(
	db: Db,
	{ id, slug }: NamedEntry,
	wanted: string,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		if (wanted === slug) return true;
		if (!(await isFree(db, wanted, id))) return false;
		await db
			.insertInto('former_slug')
			.values({ slug, service_id: id })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await db.updateTable('service').set({ slug: wanted }).where('id', '=', id).execute();
		await record(db, by, 'adresse-changee', `${slug} → ${wanted}`);
		return true;
	});
}
