import type { Db } from '../database/schema.ts';
import { momentsIn } from '../moments.ts';

/** What leads people to an entry from elsewhere in the directory. */
export interface References {
	/** The names of the communes whose mairie it is. */
	mairieOf: string[];
	/** The names of the themes of which it is the contact. */
	contactOf: string[];
	/** Whether it answers for the whole territory. */
	isTerritoryContact: boolean;
	/** The names of the published entries that say to call it meanwhile. */
	standInOf: string[];
	/** The names of the situations that name it. */
	momentsOf: string[];
	/** The names of the archived entries that it replaces. */
	successorOf: string[];
}

/** Everything that points to this entry. */
export async function referencesTo(db: Db, id: number): Promise<References> {
	const communes = await db
		.selectFrom('commune')
		.select('nom')
		.where('mairie_id', '=', id)
		.orderBy('position')
		.execute();
	const themes = await db
		.selectFrom('theme')
		.select('nom')
		.where('contact_id', '=', id)
		.orderBy('position')
		.execute();
	const territory = await db
		.selectFrom('territory')
		.select('id')
		.where('contact_id', '=', id)
		.executeTakeFirst();
	const standIns = await db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.select('nom')
		.where('en_attendant_id', '=', id)
		.orderBy('nom')
		.execute();
	const replaced = await db
		.selectFrom('archive')
		.innerJoin('service', 'service.id', 'archive.service_id')
		.select('service.nom')
		.where('successor_id', '=', id)
		.orderBy('service.nom')
		.execute();
	const moments = (await momentsIn(db)).filter(
		({ state }) => state.appeler === id || state.etapes.some(({ fiche }) => fiche === id)
	);
	const names = (rows: { nom: string }[]) => rows.map(({ nom }) => nom);
	return {
		mairieOf: names(communes),
		contactOf: names(themes),
		isTerritoryContact: territory !== undefined,
		standInOf: names(standIns),
		momentsOf: moments.map(({ state }) => state.nom),
		successorOf: names(replaced)
	};
}
