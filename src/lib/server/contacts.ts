import type { Service } from '#lib/domain/service.ts';
import type { Commune } from './communes.ts';
import type { Db } from './database/schema.ts';
import { findServiceById } from './services.ts';
import { getTerritory } from './territory.ts';

/**
 * Who answers a question: the one named, else the commune's mairie, else the territory's contact.
 * Undefined where nobody with a number is known.
 */
export async function findContact(
	db: Db,
	named: number | null,
	commune: Commune | null
): Promise<Service | null> {
	const territory = await getTerritory(db);
	for (const id of [named, commune?.mairie_id ?? null, territory.contact_id]) {
		const service = await findServiceById(db, id, commune?.slug);
		if (service?.telephone) return service;
	}
	return null;
}
