import { passwordProblem } from '#lib/domain/passwords.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { findAccount, setPasswordHash } from './accounts.ts';
import { findLink, useLink } from './links.ts';
import { hashPassword } from './passwords.ts';

/**
 * Keeps the password that someone chose through a link they were sent, and uses the link up. All their sessions end.
 * Gives the sentence that says what is wrong with the password, or with the link; undefined when it is done.
 */
export async function choosePassword(
	db: Db,
	secret: string,
	purpose: 'invitation' | 'mot-de-passe',
	password: string
): Promise<string | undefined> {
	const id = await findLink(db, secret, purpose);
	const account = id === undefined ? undefined : await findAccount(db, id);
	if (!account) return spentLink;
	const problem = passwordProblem(password, account.courriel);
	if (problem !== undefined) return problem;
	const hash = await hashPassword(password);
	if (!(await useLink(db, secret, purpose))) return spentLink;
	await setPasswordHash(db, account.id, hash);
	await record(db, account, purpose === 'invitation' ? 'invitation-acceptee' : 'mot-de-passe-change');
	return undefined;
}

const spentLink = 'Ce lien a déjà servi, ou n’est plus valable : demandez-en un autre.';
