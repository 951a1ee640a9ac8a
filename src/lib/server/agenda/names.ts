import type { EventNames } from '#lib/domain/agenda/differences.ts';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { listThemes } from '../themes.ts';

/** The names of what events speak of by a code: themes, communes, the entries that are their places. */
export async function eventNames(db: Db): Promise<EventNames> {
	const entries = await db.selectFrom('service').select(['id', 'nom']).execute();
	return {
		themes: new Map((await listThemes(db)).map(({ slug, nom }) => [slug, nom])),
		communes: new Map((await listCommunes(db)).map(({ slug, nom }) => [slug, nom])),
		places: new Map(entries.map(({ id, nom }) => [id, nom]))
	};
}
