import { findArchive } from './editing/archive.ts';
import { findRenamed } from './editing/slugs.ts';
import type { Db } from './database/schema.ts';
import { findService, findServiceOwner, listCommunesServed } from './services.ts';

/**
 * Where an entry is now that isn't at this slug in this place: a commune's own entry asked from elsewhere, or one whose
 * address was changed. Undefined when nobody reads it there.
 */
export async function findMovedTo(
	db: Db,
	slug: string,
	commune: string | undefined
): Promise<{ slug: string; commune: string | null } | undefined> {
	const owner = await findServiceOwner(db, slug);
	if (owner) return owner === commune ? undefined : { slug, commune: owner };
	const renamed = await findRenamed(db, slug);
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
