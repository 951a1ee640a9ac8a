import type { Account } from '#lib/domain/accounts.ts';
import { createAccount, findAccount } from '#lib/server/accounts/accounts.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { createEntry } from '#lib/server/editing/create.ts';
import { type Editable, findEditable } from '#lib/server/editing/editable.ts';
import { publish } from '#lib/server/editing/publish.ts';

async function person(db: Db, nom: string, role: Account['role'], communes: string[] = []): Promise<Account> {
	const id = await createAccount(db, { courriel: `${nom}@valclair.example`, nom, role, communes }, 'essai');
	const account = await findAccount(db, id);
	if (!account) throw new Error('No account');
	return account;
}
/** Those who edit in the tests: two of a mairie, one of another, the administration. */
export const editors = async (db: Db) => ({
	haut: await person(db, 'haut', 'mairie', ['haut-valclair']),
	collegue: await person(db, 'collegue', 'mairie', ['haut-valclair']),
	bourg: await person(db, 'bourg', 'mairie', ['bourg-valclair']),
	administration: await person(db, 'administration', 'administration')
});

/** The entry as this account opens its form. */
export async function open(db: Db, who: Account, slug: string, commune?: string): Promise<Editable> {
	const editable = await findEditable(db, who, slug, commune);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

/** An entry that Haut-Valclair creates. */
export const garderie = {
	nom: 'Garderie « Les Lutins »',
	nature: 'service',
	place: 'petite-enfance/garder',
	commune: 'haut-valclair'
};
/** Where the site is. */
export const origin = 'https://valclair.example';

/** A garderie of Haut-Valclair that people read, its telephone known. */
export async function publishedGarderie(db: Db, by: Account): Promise<string> {
	const slug = await createEntry(db, garderie, by);
	const entry = await open(db, by, slug);
	const facts = { ...entry.facts, description: 'On garde vos enfants.', telephone: '04 65 71 00 42' };
	await publish(db, entry, facts, by);
	return slug;
}
