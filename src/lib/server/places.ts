import { baseScope } from '#lib/domain/paths.ts';
import { type Commune, findCommune } from './communes.ts';
import type { Db } from './database/schema.ts';
import { getTerritory } from './territory.ts';

/** Where a page is read: how it is named, and the commune that it is; null for the common base. */
export interface FoundPlace {
	place: { slug: string; nom: string; lieu: string; nomComplet: string };
	commune: Commune | null;
}

/** The place of this slug, or undefined when no commune has it. */
export async function findPlace(db: Db, slug: string): Promise<FoundPlace | undefined> {
	if (slug === baseScope) {
		const { nom, nom_court } = await getTerritory(db);
		return { place: { slug: baseScope, nom: nom_court, lieu: '', nomComplet: nom }, commune: null };
	}
	const commune = await findCommune(db, slug);
	if (!commune) return undefined;
	const { nom, lieu } = commune;
	return { place: { slug, nom, lieu, nomComplet: nom }, commune };
}
