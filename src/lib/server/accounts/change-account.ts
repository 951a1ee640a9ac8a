import { type Account, type NewAccount, roleNames } from '#lib/domain/accounts.ts';
import { listCommunes } from '../communes.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import {
	AccountError,
	changeRole,
	countAdministrators,
	disableAccount,
	listAccounts,
	type ListedAccount
} from './accounts.ts';
import { closeLinks } from './links.ts';
import { closeSessions } from './sessions.ts';
import { warnOf } from './warnings.ts';

const lastOne = 'C’est le dernier compte de la communauté de communes : ouvrez-en un autre d’abord.';

/**
 * Gives an account another name, address, role or communes, and tells its person what changed. Its sessions end when
 * anything but its name does. Nobody changes more than the name of their own.
 * @throws AccountError when the address is another's, a commune isn't of the territory, it is the last administrator's,
 * or it is one's own
 */
export async function changeAccount(db: Db, id: number, wanted: NewAccount, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		const account = await getListed(db, id);
		const communes = wanted.role === 'mairie' ? wanted.communes : [];
		const hasOtherRole =
			wanted.role !== account.role ||
			new Set(communes).symmetricDifference(new Set(account.communes)).size > 0;
		const hasOtherMail = wanted.courriel !== account.courriel.toLowerCase();
		const hasOtherName = wanted.nom !== account.nom;
		if (id === by.id && (hasOtherRole || hasOtherMail))
			throw new AccountError(
				'role',
				'Vous ne changez pas votre propre rôle : demandez-le à un autre compte de la communauté de communes.'
			);
		if (hasOtherMail) await giveMail(db, account, wanted.courriel);
		if (hasOtherName) await db.updateTable('account').set({ nom: wanted.nom }).where('id', '=', id).execute();
		if (hasOtherRole) {
			await changeRole(db, id, { role: wanted.role, communes });
			if (account.role === 'administration' && (await countAdministrators(db)) === 0)
				throw new AccountError('role', lastOne);
		}
		const changes = [
			...(hasOtherName ? [`nom : ${wanted.nom}`] : []),
			...(hasOtherMail ? [`adresse : ${wanted.courriel}`] : []),
			...(hasOtherRole ? [`rôle : ${await roleInWords(db, { role: wanted.role, communes })}`] : [])
		];
		if (changes.length === 0) return;
		await record(db, by, 'compte-change', [account.courriel, ...changes].join(' · '));
		// Someone who has not accepted their invitation has nothing to be warned of.
		if (!account.hasPassword || account.disabledAt !== null) return;
		if (hasOtherMail)
			for (const to of [account.courriel, wanted.courriel])
				await warnOf(db, to, { kind: 'adresse', courriel: wanted.courriel, by: by.nom });
		if (hasOtherRole)
			await warnOf(db, wanted.courriel, {
				kind: 'role',
				role: await roleInWords(db, { role: wanted.role, communes }),
				by: by.nom
			});
	});
}

/** Closes an account: its sessions end at once. @throws AccountError when it is the last administrator's, or one's own */
export async function closeAccount(db: Db, id: number, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		const { courriel, role } = await getListed(db, id);
		if (id === by.id) throw new AccountError('comptes', 'Vous ne fermez pas votre propre compte.');
		await disableAccount(db, id);
		if (role === 'administration' && (await countAdministrators(db)) === 0)
			throw new AccountError('comptes', lastOne);
		await record(db, by, 'compte-ferme', courriel);
	});
}

/** What an account may do, as a person reads it: « Mairie · Bourg-Valclair ». */
export async function roleInWords(
	db: Db,
	{ role, communes }: Pick<Account, 'role' | 'communes'>
): Promise<string> {
	const names = (await listCommunes(db)).filter(({ slug }) => communes.includes(slug));
	return [roleNames[role], ...names.map(({ nom }) => nom)].join(' · ');
}

/** When an account was last seen, ISO 8601: its last visit, or its last sign-in once its sessions are over. null: never. */
export async function lastVisitOf(db: Db, { id, seenAt }: Pick<ListedAccount, 'id' | 'seenAt'>) {
	const signIn = await db
		.selectFrom('journal')
		.select((eb) => eb.fn.max('at').as('at'))
		.where('account_id', '=', id)
		.where('action', '=', 'connexion')
		.executeTakeFirst();
	const known = [seenAt, signIn?.at].filter((at) => typeof at === 'string');
	return known.toSorted().at(-1) ?? null;
}

async function giveMail(db: Db, { id }: ListedAccount, courriel: string): Promise<void> {
	const other = (await listAccounts(db)).find((one) => one.courriel.toLowerCase() === courriel);
	if (other && other.id !== id) throw new AccountError('courriel', 'Cette adresse a déjà un compte.');
	await db.updateTable('account').set({ courriel }).where('id', '=', id).execute();
	// What was sent to the former address no longer opens anything.
	await closeLinks(db, id);
	await closeSessions(db, id);
}

async function getListed(db: Db, id: number): Promise<ListedAccount> {
	const account = (await listAccounts(db)).find((one) => one.id === id);
	if (!account) throw new Error(`No account ${id}`);
	return account;
}
