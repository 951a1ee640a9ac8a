import { now } from '../clock.ts';
import type { AccountLinkTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';
import { hashOf, newSecret } from './secrets.ts';

type Purpose = AccountLinkTable['purpose'];

/** How long a link opens its door, in milliseconds: a mairie may be closed for a week. */
const lifetimes: Readonly<Record<Purpose, number>> = {
	invitation: 14 * 86_400_000,
	'mot-de-passe': 3_600_000,
	'second-facteur': 10 * 60_000
};

/**
 * A secret that lets the person of this account do one thing, once: choose a first password, choose another one,
 * end a sign-in with its second factor. Those given before for the same thing no longer work.
 */
export async function giveLink(db: Db, accountId: number, purpose: Purpose): Promise<string> {
	const secret = newSecret();
	await db
		.deleteFrom('account_link')
		.where('account_id', '=', accountId)
		.where('purpose', '=', purpose)
		.execute();
	await db
		.insertInto('account_link')
		.values({
			token_hash: hashOf(secret),
			account_id: accountId,
			purpose,
			created_at: new Date(now()).toISOString(),
			expires_at: new Date(now() + lifetimes[purpose]).toISOString()
		})
		.execute();
	return secret;
}

/** Ends every link of an account: whatever was sent before no longer opens anything. */
export async function closeLinks(db: Db, accountId: number): Promise<void> {
	await db.deleteFrom('account_link').where('account_id', '=', accountId).execute();
}

/** Whether a link for this purpose was given less than so many milliseconds ago, and still serves. */
export async function wasJustGiven(
	db: Db,
	accountId: number,
	purpose: Purpose,
	within: number
): Promise<boolean> {
	const row = await db
		.selectFrom('account_link')
		.select('token_hash')
		.where('account_id', '=', accountId)
		.where('purpose', '=', purpose)
		.where('used_at', 'is', null)
		.where('created_at', '>', new Date(now() - within).toISOString())
		.executeTakeFirst();
	return row !== undefined;
}

/** The account that a secret still serves, not disabled; undefined once it was used, has expired, or never was. */
export async function findLink(db: Db, secret: string, purpose: Purpose): Promise<number | undefined> {
	const row = await db
		.selectFrom('account_link')
		.innerJoin('account', 'account.id', 'account_link.account_id')
		.select('account_id')
		.where('token_hash', '=', hashOf(secret))
		.where('purpose', '=', purpose)
		.where('used_at', 'is', null)
		.where('expires_at', '>', new Date(now()).toISOString())
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	return row?.account_id;
}

/** Uses a secret up: true for the one who does it, false when it no longer serves. */
export async function useLink(db: Db, secret: string, purpose: Purpose): Promise<boolean> {
	if ((await findLink(db, secret, purpose)) === undefined) return false;
	const { numUpdatedRows } = await db
		.updateTable('account_link')
		.set({ used_at: new Date(now()).toISOString() })
		.where('token_hash', '=', hashOf(secret))
		.where('used_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}
