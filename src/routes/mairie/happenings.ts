import { dateOf, formatMoment } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import type { Db } from '#lib/server/database/schema.ts';
import type { PlacementAction, PlacementChange } from '#lib/server/editing/placement-changes.ts';

/** Something that happened between two states of a history, in one sentence. */
export interface Happening {
	/** Negative: never the number of a state. */
	id: number;
	/** ISO 8601. */
	at: string;
	when: string;
	who: string;
	said: string;
}

const sentences: Record<PlacementAction, (nom: string, place: string) => string> = {
	'theme-range': (_, place) =>
		place === '' ? 'Ordre commun des fiches changé.' : `Ordre des fiches changé ${place}.`,
	'ordre-commun': (_, place) => `Ordre commun des fiches repris ${place}.`,
	'fiche-cachee': (nom, place) => `« ${nom} » cachée ${place}.`,
	'fiche-montree': (nom, place) => `« ${nom} » de nouveau montrée ${place}.`
};

/** What was done to an order or to what is hidden, as the history says it; the same thing said once a day. */
export async function happenings(db: Db, changes: readonly PlacementChange[]): Promise<Happening[]> {
	const places = new Map((await listCommunes(db)).map(({ slug, lieu }) => [slug, lieu]));
	return changes
		.map(({ id, at, who, action, commune, nom }) => ({
			id: -id,
			at,
			when: formatMoment(at),
			who,
			said: sentences[action](nom ?? '', commune === null ? '' : (places.get(commune) ?? commune))
		}))
		.filter(({ at, who, said }, i, all) => {
			const after = all[i - 1];
			return after?.who !== who || after.said !== said || dayOf(after.at) !== dayOf(at);
		});
}

/** States of a history and what happened between them, the newest first. */
export function interleaved<State extends { at: string }>(
	states: readonly State[],
	happened: readonly Happening[]
): (State | Happening)[] {
	const left = [...happened];
	const since = (at: string) => left.splice(0, left.filter((one) => one.at >= at).length);
	return [...states.flatMap((state) => [...since(state.at), state]), ...left];
}

function dayOf(at: string): string {
	return dateOf(Date.parse(at));
}
