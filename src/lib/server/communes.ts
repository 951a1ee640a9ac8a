import type { Selectable } from 'kysely';
import { keptUntilEdit } from './database/kept.ts';
import type { CommuneTable, Db } from './database/schema.ts';

export type Commune = Selectable<CommuneTable>;

/** The communes, in the order of the territory. */
export async function listCommunes(db: Db): Promise<Commune[]> {
	return keptUntilEdit(db, 'communes', () =>
		db.selectFrom('commune').selectAll().orderBy('position').execute()
	);
}

/** The commune of an address, or undefined. */
export async function findCommune(db: Db, slug: string): Promise<Commune | undefined> {
	return (await listCommunes(db)).find((commune) => commune.slug === slug);
}
