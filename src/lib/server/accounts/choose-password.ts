import type { Account } from '#lib/domain/accounts.ts';
import { passwordProblem } from '#lib/domain/passwords.ts';
import type { App } from '../app.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { findAccount, setPasswordHash } from './accounts.ts';
import { findLink, useLink } from './links.ts';
import { hashPassword } from './passwords.ts';
import { warnOf } from './warnings.ts';

/** What someone chose, through which link, and from where: an IP address, kept in memory only. */
export interface ChosenPassword {
	secret: string;
	purpose: 'invitation' | 'mot-de-passe';
	password: string;
	address: string;
}

/**
 * Keeps the password that someone chose through a link they were sent, and uses the link up. All their sessions end,
 * and whoever waited after too many attempts waits no more. Gives the sentence that says what is wrong with the
 * password, or with the link; undefined when it is done.
 */
export async function choosePassword(
	{ db, attempts }: Pick<App, 'db' | 'attempts'>,
	{ secret, purpose, password, address }: ChosenPassword
): Promise<string | undefined> {
	const id = await findLink(db, secret, purpose);
	const account = id === undefined ? undefined : await findAccount(db, id);
	if (!account) return spentLink;
	const problem = passwordProblem(password, account.courriel);
	if (problem !== undefined) return problem;
	const hash = await hashPassword(password);
	return inTransaction(db, async (db) => {
		if (!(await useLink(db, secret, purpose))) return spentLink;
		await setPasswordHash(db, account.id, hash);
		await record(db, account, purpose === 'invitation' ? 'invitation-acceptee' : 'mot-de-passe-change');
		if (purpose === 'mot-de-passe') await warnOf(db, account.courriel, { kind: 'mot-de-passe' });
		attempts.succeeded(account.courriel, address);
		return undefined;
	});
}

/**
 * Keeps the password that someone signed in chose, and tells them by mail. Their other sessions end. Gives the sentence
 * that says what is wrong with it; undefined when it is done.
 */
export async function replacePassword(
	db: Db,
	account: Account,
	password: string,
	keepSession: string | undefined
): Promise<string | undefined> {
	const problem = passwordProblem(password, account.courriel);
	if (problem !== undefined) return problem;
	const hash = await hashPassword(password);
	await inTransaction(db, async (db) => {
		await setPasswordHash(db, account.id, hash, keepSession);
		await record(db, account, 'mot-de-passe-change');
		await warnOf(db, account.courriel, { kind: 'mot-de-passe' });
	});
	return undefined;
}

const spentLink = 'Ce lien a déjà servi, ou n’est plus valable : demandez-en un autre.';
