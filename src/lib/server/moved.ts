import { findArchive } from './editing/archive.ts';
import { findRenamed } from './editing/slugs.ts';
import type { Db } from './database/schema.ts';
import { findService, findServiceOwner, listCommunesServed } from './services.ts';

/**
 * Where an entry is now that isn't at this slug in this place: a commune's own entry asked from elsewhere, one whose
 * address was changed, or that was made into one with another. Undefined when nobody reads it there.
 */
export async function findMovedTo(
	db: Db,
	slug: string,
	commune: string | undefined
): Promise<{ slug: string; commune: string | null } | undefined> {
	const owner = await findServiceOwner(db, slug);
	if (owner) return owner === commune ? undefined : { slug, commune: owner };
	const renamed = (await findMergedInto(db, slug)) ?? (await findRenamed(db, slug));
	if (!renamed) return undefined;
	if (await findService(db, renamed.slug, commune)) return renamed;
	if (renamed.commune !== null && (await findServiceOwner(db, renamed.slug))) return renamed;
	// What was archived since says so at its last address.
	const archive = await findArchive(db, renamed.id);
	if (!archive?.wasPublished) return undefined;
	if (renamed.commune !== null || commune === undefined) return renamed;
	const served = await listCommunesServed(db, renamed.id);
	return served.some((one) => one.slug === commune) ? renamed : undefined;
}

/** The entry that says what this one said, since the two were made into one; undefined when nobody read this one. */
async function findMergedInto(
	db: Db,
	slug: string
): Promise<{ id: number; slug: string; commune: string | null } | undefined> {
	return (
		db
			.selectFrom('merge')
			.innerJoin('service as gone', 'gone.id', 'merge.gone_id')
			.innerJoin('archive', 'archive.service_id', 'gone.id')
			.innerJoin('service as kept', 'kept.id', 'merge.kept_id')
			.select(['kept.id', 'kept.slug', 'kept.commune'])
			.where('gone.slug', '=', slug)
			.where('archive.was_published', '=', 1)
			// Once someone named another successor, or none, the archived page says it.
			.whereRef('archive.successor_id', '=', 'merge.kept_id')
			.where('merge.undone_at', 'is', null)
			.orderBy('merge.id', 'desc')
			.executeTakeFirst()
	);
}
