import type { Action } from '#lib/domain/journal.ts';
import type { Db } from '../database/schema.ts';
import type { ThemePlace } from './placement.ts';

/** What was done to the order of a theme's page, or to whether a commune shows an entry. */
export interface PlacementChange {
	/** Its line in the journal. */
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	action: PlacementAction;
	/** The commune whose pages changed; null for the common order. */
	commune: string | null;
	/** The name of the entry that was hidden, or shown again; null for an order. */
	nom: string | null;
}

const orderActions = ['theme-range', 'ordre-commun'] as const satisfies readonly Action[];
const hidingActions = ['fiche-cachee', 'fiche-montree'] as const satisfies readonly Action[];
export type PlacementAction = (typeof orderActions)[number] | (typeof hidingActions)[number];

/**
 * What changed in the order of a theme's page and in what it hides, the newest first: for a commune, its own doing and
 * the common order; in the common base, that of every commune.
 */
export async function listThemeChanges(db: Db, { theme, commune }: ThemePlace): Promise<PlacementChange[]> {
	const placed = await db
		.selectFrom('service_theme')
		.select('service_id')
		.where('theme', '=', theme)
		.execute();
	const here = new Set(placed.map(({ service_id }) => service_id));
	return (await readChanges(db)).filter(
		(change) =>
			(change.serviceId === null ? change.slug === theme : here.has(change.serviceId)) &&
			(commune === null || change.commune === null || change.commune === commune)
	);
}

/** When an entry was hidden or shown again, the newest first: in a commune, or in any (`commune` null). */
export async function listHidings(
	db: Db,
	serviceId: number,
	commune: string | null
): Promise<PlacementChange[]> {
	return (await readChanges(db)).filter(
		(change) => change.serviceId === serviceId && (commune === null || change.commune === commune)
	);
}

/** The journal is where these are kept; an entry is named there by the address it had. */
async function readChanges(db: Db) {
	const lines = await db
		.selectFrom('journal')
		.select(['id', 'at', 'who', 'action', 'object'])
		.where('action', 'in', [...orderActions, ...hidingActions])
		.orderBy('id', 'desc')
		.execute();
	const services = new Map(
		[
			...(await db
				.selectFrom('former_slug')
				.innerJoin('service', 'service.id', 'former_slug.service_id')
				.select(['former_slug.slug', 'service.id', 'service.nom'])
				.execute()),
			...(await db.selectFrom('service').select(['slug', 'id', 'nom']).execute())
		].map(({ slug, ...service }) => [slug, service])
	);
	return lines.flatMap(({ object, action: said, ...line }) => {
		// « petite-enfance », « petite-enfance (haut-valclair) »
		const [, slug = '', commune = null] = /^(\S+)(?: \((\S+)\))?$/.exec(object ?? '') ?? [];
		const action = said as PlacementAction;
		if (!isHiding(action)) return { ...line, action, slug, commune, serviceId: null, nom: null };
		const service = services.get(slug);
		return service ? { ...line, action, slug, commune, serviceId: service.id, nom: service.nom } : [];
	});
}

function isHiding(action: PlacementAction): action is (typeof hidingActions)[number] {
	return (hidingActions as readonly string[]).includes(action);
}
