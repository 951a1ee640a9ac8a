import type { Account } from '#lib/domain/accounts.ts';
import type { Typed } from '#lib/domain/editing/typing.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { type Editable, listEditable } from './editable.ts';

/** The entry that a draft is of, and whose words. */
export type DraftedEntry = Pick<Editable, 'id' | 'variantOf'>;

/** What a person keeps of an entry's form. */
export interface Draft {
	typed: Typed;
	/** The state the person began from. */
	version: number;
	/** ISO 8601. */
	savedAt: string;
}

/** Keeps the form as it was typed, whatever it holds, in place of the person's former draft of this entry. */
export async function keepDraft(
	db: Db,
	{ id, variantOf }: DraftedEntry,
	accountId: number,
	{ typed, version }: Omit<Draft, 'savedAt'>
): Promise<void> {
	await inTransaction(db, async (db) => {
		await dropDraft(db, { id, variantOf }, accountId);
		await db
			.insertInto('draft')
			.values({
				service_id: id,
				commune: variantOf,
				account_id: accountId,
				version: Math.max(0, version),
				typed: JSON.stringify(typed),
				saved_at: new Date(now()).toISOString()
			})
			.execute();
	});
}

/** The person's draft of this entry, or undefined. */
export async function findDraft(db: Db, entry: DraftedEntry, accountId: number): Promise<Draft | undefined> {
	const row = await draftsOf(db, entry)
		.select(['typed', 'version', 'saved_at'])
		.where('account_id', '=', accountId)
		.executeTakeFirst();
	return row && { typed: JSON.parse(row.typed) as Typed, version: row.version, savedAt: row.saved_at };
}

/** Who else keeps a draft of this entry, and since when, the last first. Their words stay theirs. */
export async function listOthersDrafts(db: Db, entry: DraftedEntry, accountId: number) {
	return draftsOf(db, entry)
		.innerJoin('account', 'account.id', 'draft.account_id')
		.select(['account.nom as who', 'draft.saved_at as savedAt'])
		.where('account_id', '<>', accountId)
		.orderBy('saved_at', 'desc')
		.execute();
}

/** Removes the person's draft of this entry, if there is one. */
export async function dropDraft(db: Db, { id, variantOf }: DraftedEntry, accountId: number): Promise<void> {
	await db
		.deleteFrom('draft')
		.where('service_id', '=', id)
		.where('commune', 'is', variantOf)
		.where('account_id', '=', accountId)
		.execute();
}

/** Something begun and not published, for the desk. */
export interface ListedDraft {
	path: string;
	nom: string;
	/** ISO 8601: when it was kept, or the entry created. */
	at: string;
	/** Whether people read the entry as it is now. */
	isPublished: boolean;
}

/**
 * What an account has begun and not published, the last first: its own drafts, and the entries it may change that nobody
 * has ever published. An entry is there once.
 */
export async function listDrafts(db: Db, account: Account): Promise<ListedDraft[]> {
	const drafts = await db
		.selectFrom('draft')
		.select(['service_id', 'commune', 'saved_at'])
		.where('account_id', '=', account.id)
		.execute();
	const entries = await listEditable(db, account);
	return entries
		.flatMap(({ id, variantOf, path, nom, isPublished, date_maj }) => {
			const own = drafts.find((draft) => draft.service_id === id && draft.commune === variantOf);
			return own || !isPublished ? [{ path, nom, isPublished, at: own?.saved_at ?? date_maj }] : [];
		})
		.sort((a, b) => b.at.localeCompare(a.at));
}

function draftsOf(db: Db, { id, variantOf }: DraftedEntry) {
	return db.selectFrom('draft').where('draft.service_id', '=', id).where('draft.commune', 'is', variantOf);
}
