import type { Account } from '#lib/domain/accounts.ts';
import type { TypedMoment } from '#lib/domain/moments/form.ts';
import { now } from '../../clock.ts';
import { inTransaction } from '../../database/open.ts';
import type { Db } from '../../database/schema.ts';
import { lastStates } from '../../moments.ts';
import type { ListedDraft } from '../drafts.ts';
import type { EditableMoment } from './editable.ts';

type Drafted = Pick<EditableMoment, 'id' | 'variantOf'>;

/** What a person keeps of a situation's form. */
export interface MomentDraft {
	typed: TypedMoment;
	/** The state the person began from. */
	version: number;
	/** ISO 8601. */
	savedAt: string;
}

/** Keeps the form as it was typed, whatever it holds, in place of the person's former draft of this situation. */
export async function keepMomentDraft(
	db: Db,
	{ id, variantOf }: Drafted,
	accountId: number,
	{ typed, version }: Omit<MomentDraft, 'savedAt'>
): Promise<void> {
	await inTransaction(db, async (db) => {
		await dropMomentDraft(db, { id, variantOf }, accountId);
		await db
			.insertInto('moment_draft')
			.values({
				moment_id: id,
				commune: variantOf,
				account_id: accountId,
				version: Math.max(0, version),
				typed: JSON.stringify(typed),
				saved_at: new Date(now()).toISOString()
			})
			.execute();
	});
}

/** The person's draft of this situation, or undefined. */
export async function findMomentDraft(
	db: Db,
	{ id, variantOf }: Drafted,
	accountId: number
): Promise<MomentDraft | undefined> {
	const row = await db
		.selectFrom('moment_draft')
		.select(['typed', 'version', 'saved_at'])
		.where('moment_id', '=', id)
		.where('commune', 'is', variantOf)
		.where('account_id', '=', accountId)
		.executeTakeFirst();
	return row && { typed: JSON.parse(row.typed) as TypedMoment, version: row.version, savedAt: row.saved_at };
}

/** Removes the person's draft of this situation, if there is one. */
export async function dropMomentDraft(db: Db, { id, variantOf }: Drafted, accountId: number): Promise<void> {
	await db
		.deleteFrom('moment_draft')
		.where('moment_id', '=', id)
		.where('commune', 'is', variantOf)
		.where('account_id', '=', accountId)
		.execute();
}

/**
 * The situations that an account has begun and not published, the last first: its own drafts, and for administration the
 * situations that nobody has ever published.
 */
export async function listMomentDrafts(db: Db, account: Account): Promise<ListedDraft[]> {
	const drafts = await db
		.selectFrom('moment_draft')
		.innerJoin('moment', 'moment.id', 'moment_draft.moment_id')
		.select(['moment.id', 'slug', 'commune', 'saved_at as at', 'published_at'])
		.where('account_id', '=', account.id)
		.where('archived_at', 'is', null)
		.execute();
	const unread = await db
		.selectFrom('moment')
		.innerJoin('moment_revision', 'moment_revision.moment_id', 'moment.id')
		.select(['moment.id', 'slug', 'commune', 'at', 'published_at'])
		.where('published_at', 'is', null)
		.where('archived_at', 'is', null)
		.execute();
	const begun =
		account.role === 'administration'
			? unread.filter(({ id }) => !drafts.some((draft) => draft.id === id))
			: [];
	const states = await lastStates(db);
	return [...drafts, ...begun]
		.filter(({ commune }) => account.role === 'administration' || account.communes.includes(commune ?? ''))
		.map(({ id, slug, commune, at, published_at }) => ({
			path: `/mairie/situations/${slug}${commune === null ? '' : `?commune=${commune}`}`,
			nom: states.get(id)?.common?.nom ?? slug,
			at,
			isPublished: published_at !== null
		}))
		.sort((a, b) => b.at.localeCompare(a.at));
}
