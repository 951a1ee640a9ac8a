import type { NewAccount } from '#lib/domain/accounts.ts';
import { createAccount, findAccountByMail } from '#lib/server/accounts/accounts.ts';
import type { Account } from '#lib/domain/accounts.ts';
import type { Db } from '#lib/server/database/schema.ts';
import type { ReceivedMail } from './mail-server.ts';

/** Opens an account that has no password: it is asked by mail all the same. */
export async function openKeeper(
	db: Db,
	courriel: string,
	{ nom = courriel, role = 'mairie', communes = ['haut-valclair'] }: Partial<NewAccount> = {}
): Promise<Account> {
	await createAccount(db, { courriel, nom, role, communes: role === 'mairie' ? communes : [] }, 'essai');
	const account = await findAccountByMail(db, courriel);
	if (!account) throw new Error(`${courriel} has no account`);
	return account;
}

/** The number and slug of an entry. */
export function entryOf(db: Db, slug: string) {
	return db
		.selectFrom('service')
		.select(['id', 'slug', 'commune'])
		.where('slug', '=', slug)
		.executeTakeFirstOrThrow();
}

/** The secret that a mail carries, in its text. */
export function secretIn(mail: Pick<ReceivedMail, 'parts'> | { text: string | null } | undefined): string {
	const text = mail && ('parts' in mail ? mail.parts.get('text/plain') : mail.text);
	const [, secret] = /\/verifier\/([\w-]{43})/.exec(text ?? '') ?? [];
	if (secret === undefined) throw new Error(`No link in ${text}`);
	return secret;
}
