import type { Account } from '#lib/domain/accounts.ts';
import type { Action } from '#lib/domain/journal.ts';
import { now } from './clock.ts';
import type { Db } from './database/schema.ts';
import { lastStates } from './moments.ts';

/** Writes one line of the journal, never changed afterwards. `object` says of what: an address, an entry’s slug. */
export async function record(
	db: Db,
	who: (Pick<Account, 'nom'> & { id: number | null }) | string,
	action: Action,
	object?: string
): Promise<void> {
	await db
		.insertInto('journal')
		.values({
			at: new Date(now()).toISOString(),
			account_id: typeof who === 'string' ? null : who.id,
			who: typeof who === 'string' ? who : who.nom,
			action,
			object: object ?? null
		})
		.execute();
}

/**
 * The names of what journal lines speak of by a code, where it still exists: entries and situations, by any address they had, themes,
 * communes.
 */
export async function namesInJournal(db: Db): Promise<(object: string) => string> {
	const named = [
		...(await db.selectFrom('theme').select(['slug', 'nom']).execute()),
		...(await db
			.selectFrom('former_slug')
			.innerJoin('service', 'service.id', 'former_slug.service_id')
			.select(['former_slug.slug', 'service.nom'])
			.execute()),
		...(await db.selectFrom('event').select(['slug', 'titre as nom']).execute()),
		...(await db.selectFrom('service').select(['slug', 'nom']).execute())
	];
	const moments = await namesOfMoments(db);
	const names = new Map([...moments, ...named.map(({ slug, nom }): [string, string] => [slug, nom])]);
	const communes = await db.selectFrom('commune').select(['slug', 'nom']).execute();
	const places = new Map(communes.map(({ slug, nom }) => [slug, nom]));
	return (object) => {
		// « accueil (haut-valclair) », « mairie-de-bourg → mairie-bourg »
		const parts = object.split(' → ').map((part) => {
			const [, slug = part, commune] = /^(\S+) \((\S+)\)$/.exec(part) ?? [];
			const name = names.get(slug) ?? slug;
			return commune === undefined ? name : `${name} (${places.get(commune) ?? commune})`;
		});
		// An address that changed names the same entry twice.
		return [...new Set(parts)].join(' → ');
	};
}

/** The names of situations, by any slug they had. */
async function namesOfMoments(db: Db): Promise<[string, string][]> {
	const states = await lastStates(db);
	const slugs = [
		...(await db.selectFrom('former_moment_slug').select(['moment_id as id', 'slug']).execute()),
		...(await db.selectFrom('moment').select(['id', 'slug']).execute())
	];
	return slugs.map(({ id, slug }) => [slug, states.get(id)?.common?.nom ?? slug]);
}

/** The last lines of the journal, the newest first. */
export async function listJournal(db: Db, { before, limit }: { before?: number; limit: number }) {
	return db
		.selectFrom('journal')
		.selectAll()
		.$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}
