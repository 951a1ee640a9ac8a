import { isEntrySlug, slugOf } from '#lib/domain/reserved.ts';
import type { Db } from '../database/schema.ts';

/**
 * Whether an entry may take this slug: well formed, not a word of the site, borne by no other entry, now or before.
 * `id` is the entry that would take it, which may take back one of its own.
 */
export async function isFree(db: Db, slug: string, id?: number): Promise<boolean> {
	if (!isEntrySlug(slug)) return false;
	const present = await db.selectFrom('service').select('id').where('slug', '=', slug).executeTakeFirst();
	if (present && present.id !== id) return false;
	const former = await db
		.selectFrom('former_slug')
		.select('service_id')
		.where('slug', '=', slug)
		.executeTakeFirst();
	return former === undefined || former.service_id === id;
}

/** A free slug made from a name: with the commune's when another entry has it, then with a number. */
export async function freeSlug(db: Db, nom: string, commune: string | null, id?: number): Promise<string> {
	const slug = slugOf(nom);
	if (await isFree(db, slug, id)) return slug;
	const withCommune = commune === null ? slug : slugOf(`${nom} ${commune}`);
	if (await isFree(db, withCommune, id)) return withCommune;
	for (let number = 2; ; number++) {
		const numbered = `${slug.slice(0, 54).replace(/-+$/, '')}-${number}`;
		if (await isFree(db, numbered, id)) return numbered;
	}
}

/** The entry that had this slug before and has another now, or undefined. */
export async function findRenamed(
	db: Db,
	slug: string
): Promise<{ id: number; slug: string; commune: string | null } | undefined> {
	return db
		.selectFrom('former_slug')
		.innerJoin('service', 'service.id', 'former_slug.service_id')
		.select(['service.id', 'service.slug', 'service.commune'])
		.where('former_slug.slug', '=', slug)
		.whereRef('service.slug', '<>', 'former_slug.slug')
		.executeTakeFirst();
}
