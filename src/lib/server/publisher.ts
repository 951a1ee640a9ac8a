import type { Updateable } from 'kysely';
import path from 'node:path';
import { territorySchema } from '#lib/domain/territory.ts';
import type { Db, TerritoryTable } from './database/schema.ts';
import { readSeedFile } from './seed-files.ts';
import { getTerritory } from './territory.ts';

/** What the law asks the site to say of its publisher, often known only after the first start. */
const legalFields = [
	'siren',
	'adresse',
	'directeur_publication',
	'hebergeur',
	'delegue_donnees',
	'accessibilite_etablie_le'
] as const;

/**
 * Completes what is still unknown of the publisher from the territory's folder, and returns the fields so completed.
 * What is there already stays, whatever the file says.
 * @throws SeedError when territoire.yaml can't be read
 */
export async function completePublisher(db: Db, folder: string): Promise<string[]> {
	const known = await getTerritory(db);
	const told = readSeedFile(path.join(folder, 'territoire.yaml'), territorySchema);
	const completed: Updateable<TerritoryTable> = {};
	for (const field of legalFields)
		if (known[field] === null && told[field] !== undefined) completed[field] = told[field];
	// Every change of this table makes all pages be rendered again.
	if (Object.keys(completed).length > 0) await db.updateTable('territory').set(completed).execute();
	return Object.keys(completed);
}
