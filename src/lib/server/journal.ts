import type { Account } from '#lib/domain/accounts.ts';
import type { Action } from '#lib/domain/journal.ts';
import { now } from './clock.ts';
import type { Db } from './database/schema.ts';

/** Writes one line of the journal, never changed afterwards. `object` says of what: an address, an entry’s slug. */
export async function record(
	db: Db,
	who: (Pick<Account, 'nom'> & { id: number | null }) | string,
	action: Action,
	object?: string
): Promise<void> {
	await db
		.insertInto('journal')
		.values({
			at: new Date(now()).toISOString(),
			account_id: typeof who === 'string' ? null : who.id,
			who: typeof who === 'string' ? who : who.nom,
			action,
			object: object ?? null
		})
		.execute();
}

/** The last lines of the journal, the newest first. */
export async function listJournal(db: Db, { before, limit }: { before?: number; limit: number }) {
	return db
		.selectFrom('journal')
		.selectAll()
		.$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}
