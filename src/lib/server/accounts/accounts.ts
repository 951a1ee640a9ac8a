import type { Account, NewAccount } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { closeLinks } from './links.ts';
import { closeSessions, visitSession } from './sessions.ts';

/** An account as the administration sees it in its list. */
export interface ListedAccount extends Account {
	/** Whether the invitation was accepted. */
	hasPassword: boolean;
	disabledAt: string | null;
	/** Its last visit, ISO 8601; null when it has none still open. */
	seenAt: string | null;
}

/** The account of this number, unless it is disabled. */
export async function findAccount(db: Db, id: number): Promise<Account | undefined> {
	const row = await active(db).where('id', '=', id).executeTakeFirst();
	return row && accountOf(db, row);
}

/** The account whose session this is, its visit noted; undefined once the session has ended. */
export async function findSignedIn(db: Db, sessionId: string): Promise<Account | undefined> {
	const id = await visitSession(db, sessionId);
	return id === undefined ? undefined : findAccount(db, id);
}

/** The account of this address, whatever its case, unless it is disabled. */
export async function findAccountByMail(db: Db, courriel: string): Promise<Account | undefined> {
	const row = await active(db).where('courriel', '=', courriel).executeTakeFirst();
	return row && accountOf(db, row);
}

/** Every account, the disabled last, in alphabetical order. */
export async function listAccounts(db: Db): Promise<ListedAccount[]> {
	const rows = await db
		.selectFrom('account')
		.selectAll()
		.select((eb) =>
			eb
				.selectFrom('session')
				.select((one) => one.fn.max('seen_at').as('seen'))
				.whereRef('session.account_id', '=', 'account.id')
				.as('seen_at')
		)
		.orderBy((eb) => eb('disabled_at', 'is not', null))
		.orderBy('nom')
		.execute();
	return Promise.all(
		rows.map(async (row) => ({
			...(await accountOf(db, row)),
			hasPassword: row.password_hash !== null,
			disabledAt: row.disabled_at,
			seenAt: row.seen_at
		}))
	);
}

/** What can't be done with an account, in French: two of one address, a commune of elsewhere, no administrator left. */
export class AccountError extends Error {
	readonly field: 'courriel' | 'communes' | 'role' | 'comptes';
	constructor(field: AccountError['field'], message: string) {
		super(message);
		this.field = field;
	}
}

/**
 * Creates an account that has no password yet, and gives its number: an invitation lets its person choose one.
 * @throws AccountError when the address has an account, or a commune isn't of the territory
 */
export async function createAccount(db: Db, account: NewAccount, by: string): Promise<number> {
	return inTransaction(db, async (db) => {
		const existing = await db
			.selectFrom('account')
			.select('disabled_at')
			.where('courriel', '=', account.courriel)
			.executeTakeFirst();
		if (existing)
			throw new AccountError(
				'courriel',
				existing.disabled_at === null
					? 'Cette adresse a déjà un compte : renvoyez-lui plutôt une invitation.'
					: 'Cette adresse a un compte fermé : rouvrez-le plutôt.'
			);
		const { courriel, nom, role } = account;
		const { id } = await db
			.insertInto('account')
			.values({ courriel, nom, role, created_at: new Date(now()).toISOString(), created_by: by })
			.returning('id')
			.executeTakeFirstOrThrow();
		await setCommunes(db, id, account.communes);
		return id;
	});
}

/** Changes what an account may do; its sessions end at once. @throws AccountError for an unknown commune */
export async function changeRole(
	db: Db,
	id: number,
	{ role, communes }: Pick<NewAccount, 'role' | 'communes'>
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db.updateTable('account').set({ role }).where('id', '=', id).execute();
		await setCommunes(db, id, role === 'mairie' ? communes : []);
		await closeSessions(db, id);
	});
}

/** Closes an account: its sessions and links end at once and nobody can sign in with it. What it wrote stays. */
export async function disableAccount(db: Db, id: number): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.updateTable('account')
			.set({ disabled_at: new Date(now()).toISOString() })
			.where('id', '=', id)
			.execute();
		await closeSessions(db, id);
		await closeLinks(db, id);
	});
}

/** Opens a closed account again, with the password it had. */
export async function enableAccount(db: Db, id: number): Promise<void> {
	await db.updateTable('account').set({ disabled_at: null }).where('id', '=', id).execute();
}

/** Keeps a new password, made by `hashPassword`; all other sessions, and every link sent before, end at once. */
export async function setPasswordHash(
	db: Db,
	id: number,
	passwordHash: string,
	keepSession?: string
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db.updateTable('account').set({ password_hash: passwordHash }).where('id', '=', id).execute();
		await closeSessions(db, id, keepSession);
		await closeLinks(db, id);
	});
}

/** How many administrators can sign in: the last one can't be closed. */
export async function countAdministrators(db: Db): Promise<number> {
	const rows = await active(db)
		.where('role', '=', 'administration')
		.where('password_hash', 'is not', null)
		.execute();
	return rows.length;
}

function active(db: Db) {
	return db.selectFrom('account').selectAll().where('disabled_at', 'is', null);
}

async function accountOf(
	db: Db,
	row: { id: number; courriel: string; nom: string; role: Account['role']; totp_secret: string | null }
): Promise<Account> {
	const { id, courriel, nom, role } = row;
	const communes = await db
		.selectFrom('account_commune')
		.innerJoin('commune', 'commune.slug', 'account_commune.commune')
		.select('commune')
		.where('account_id', '=', id)
		.orderBy('commune.position')
		.execute();
	return {
		id,
		courriel,
		nom,
		role,
		communes: communes.map(({ commune }) => commune),
		hasSecondFactor: row.totp_secret !== null
	};
}

async function setCommunes(db: Db, accountId: number, communes: string[]): Promise<void> {
	const known = await db.selectFrom('commune').select('slug').where('slug', 'in', communes).execute();
	if (communes.length > 0 && known.length < new Set(communes).size)
		throw new AccountError('communes', 'Cette commune n’est pas du territoire.');
	await db.deleteFrom('account_commune').where('account_id', '=', accountId).execute();
	for (const { slug } of known)
		await db.insertInto('account_commune').values({ account_id: accountId, commune: slug }).execute();
}
