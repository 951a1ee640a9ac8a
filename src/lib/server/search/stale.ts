import { searchTextOf } from '#lib/domain/search/entry.ts';
import type { Db } from '../database/schema.ts';
import { readTexts } from './texts.ts';

/** Entries compared together. */
const batch = 400;

/** The entries of which the index doesn't say what `indexServices` would write now. */
export async function findStaleServices(db: Db): Promise<number[]> {
	const published = await db.selectFrom('publication').select('service_id').execute();
	const indexed = await db.selectFrom('search_entry').select('service_id').execute();
	const ids = [...new Set([...published, ...indexed].map((row) => row.service_id))].sort((a, b) => a - b);
	const stale: number[] = [];
	for (let i = 0; i < ids.length; i += batch) stale.push(...(await findStaleOf(db, ids.slice(i, i + batch))));
	return stale;
}

async function findStaleOf(db: Db, ids: number[]): Promise<number[]> {
	const expected = (await readTexts(db, ids)).map(({ service_id, commune, facts, around }) => ({
		service_id,
		commune,
		...searchTextOf(facts, around)
	}));
	const present = await db
		.selectFrom('search_entry')
		.leftJoin('search_text', 'search_text.rowid', 'search_entry.id')
		.select(['service_id', 'commune', 'nom', 'mots', 'texte', 'racines'])
		.where('service_id', 'in', ids)
		.execute();
	const byEntry = (row: { service_id: number }) => row.service_id;
	const textsOf = (rows: typeof present) =>
		rows
			.map(({ commune, nom, mots, texte, racines }) => JSON.stringify([commune, nom, mots, texte, racines]))
			.sort()
			.join('\n');
	const wanted = Map.groupBy(expected, byEntry);
	const found = Map.groupBy(present, byEntry);
	return ids.filter((id) => textsOf(wanted.get(id) ?? []) !== textsOf(found.get(id) ?? []));
}
