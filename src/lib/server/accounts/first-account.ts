import type { NewAccount } from '#lib/domain/accounts.ts';
import { passwordProblem } from '#lib/domain/passwords.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { countAdministrators, createAccount, setPasswordHash } from './accounts.ts';
import { hashPassword } from './passwords.ts';
import { hashOf, newSecret } from './secrets.ts';

const key = 'premier_compte';

/**
 * A secret that opens the first administrator's account, printed when the server starts; undefined once someone has
 * one. Each start gives another, and the one before no longer works.
 */
export async function giveFirstAccount(db: Db): Promise<string | undefined> {
	if ((await countAdministrators(db)) > 0) {
		await db.deleteFrom('meta').where('key', '=', key).execute();
		return undefined;
	}
	const secret = newSecret();
	await db
		.insertInto('meta')
		.values({ key, value: hashOf(secret) })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: hashOf(secret) }))
		.execute();
	return secret;
}

/** Whether this is the secret that the server printed, and no administrator has an account since. */
export async function isFirstAccountSecret(db: Db, secret: string): Promise<boolean> {
	const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
	return row?.value === hashOf(secret) && (await countAdministrators(db)) === 0;
}

/**
 * Opens the first administrator's account and uses the secret up. Gives the sentence that says what is wrong with the
 * password, or with the link; undefined when it is done.
 * @throws AccountError when the address has an account
 */
export async function openFirstAccount(
	db: Db,
	secret: string,
	wanted: Pick<NewAccount, 'courriel' | 'nom'>,
	password: string
): Promise<string | undefined> {
	if (!(await isFirstAccountSecret(db, secret))) return spentLink;
	const problem = passwordProblem(password, wanted.courriel);
	if (problem !== undefined) return problem;
	const hash = await hashPassword(password);
	return inTransaction(db, async (db) => {
		if (!(await isFirstAccountSecret(db, secret))) return spentLink;
		const account = { ...wanted, role: 'administration' as const, communes: [] };
		const id = await createAccount(db, account, 'premier démarrage');
		await setPasswordHash(db, id, hash);
		await db.deleteFrom('meta').where('key', '=', key).execute();
		await record(db, { id, nom: wanted.nom }, 'invitation-acceptee', wanted.courriel);
		return undefined;
	});
}

const spentLink =
	'Ce lien a déjà servi, ou le site a redémarré depuis : prenez celui qu’il affiche à son démarrage.';
