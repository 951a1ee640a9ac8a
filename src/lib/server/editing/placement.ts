import { now } from '../clock.ts';
import { findCommune } from '../communes.ts';
import { findContact } from '../contacts.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { directoryOf } from '../directory.ts';
import { record } from '../journal.ts';
import { indexServices } from '../search/search.ts';
import { listPlaces } from '../services.ts';
import { getTerritory } from '../territory.ts';
import { findTheme, listSections } from '../themes.ts';
import type { Editor } from './revisions.ts';

/** Where entries are placed: a theme, as one commune shows it, or in the common base (`commune` null). */
export interface ThemePlace {
	theme: string;
	commune: string | null;
}

/** An entry of a theme's page, as whoever orders it sees it. */
export interface PlacedEntry {
	id: number;
	slug: string;
	nom: string;
	/** Whether it belongs to the commune. */
	isOwn: boolean;
	/** Why the commune can't hide it, in words; null when it can. */
	kept: string | null;
	/** Whether it stands above all the others, wherever it is placed: who answers for the theme there. */
	isLead: boolean;
}

/** A section of a theme's page: what it shows, in its order, and what the commune hides. */
export interface PlacedSection {
	slug: string;
	nom: string;
	shown: PlacedEntry[];
	hidden: PlacedEntry[];
}

/** Where an entry goes in its section. */
export const moves = ['debut', 'haut', 'bas'] as const;
export type Move = (typeof moves)[number];

/** The entries of a theme that people read there, section by section, in their order; sections without any are left out. */
export async function listPlacedSections(db: Db, place: ThemePlace): Promise<PlacedSection[]> {
	const { theme, commune } = place;
	const { byId, hidden } = await directoryOf(db, commune ?? undefined);
	const places = await listPlaces(db, theme, commune ?? undefined);
	const keptWhy = await reasons(db, commune);
	const sections = await listSections(db, theme);
	const here = commune === null ? null : ((await findCommune(db, commune)) ?? null);
	const named = (await findTheme(db, theme, commune ?? undefined))?.contact_id ?? null;
	const lead = (await findContact(db, named, here))?.id;
	return sections
		.map(({ slug, nom }) => {
			const entries = places.flatMap(({ service_id, section }) => {
				const service = section === slug ? byId.get(service_id) : undefined;
				if (!service) return [];
				const isOwn = service.commune !== null;
				return {
					id: service.id,
					slug: service.slug,
					nom: service.nom,
					isOwn,
					kept: keptWhy(service),
					isLead: service.id === lead
				};
			});
			return {
				slug,
				nom,
				shown: entries.filter(({ id }) => !hidden.has(id)),
				hidden: entries.filter(({ id }) => hidden.has(id))
			};
		})
		.filter(({ shown, hidden }) => shown.length + hidden.length > 0);
}

/** Why a commune can't hide an entry: someone in danger, or with nobody else to call, would look for it in vain. */
async function reasons(
	db: Db,
	commune: string | null
): Promise<(service: { id: number; commune: string | null; urgence: boolean }) => string | null> {
	const territory = await getTerritory(db);
	const mairie = commune === null ? null : (await findCommune(db, commune))?.mairie_id;
	return (service) => {
		if (commune === null) return 'Elle se cache commune par commune.';
		if (service.urgence) return 'Un numéro d’urgence reste toujours affiché.';
		if (service.id === mairie) return 'La mairie reste toujours affichée.';
		if (service.id === territory.contact_id) return 'On l’appelle quand personne d’autre ne répond.';
		return service.commune === null ? null : 'C’est une fiche de votre commune.';
	};
}

/** Whether a commune has an order of its own on this theme. */
export async function hasOwnOrder(db: Db, { theme, commune }: ThemePlace): Promise<boolean> {
	if (commune === null) return false;
	const row = await db
		.selectFrom('commune_order')
		.select('service_id')
		.where('theme', '=', theme)
		.where('commune', '=', commune)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Moves an entry in its section, at once for every reader: in the commune's own order, or in the common one. False when
 * the entry isn't shown there; one already at its end stays where it is.
 */
export async function moveEntry(
	db: Db,
	place: ThemePlace,
	slug: string,
	move: Move,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const sections = await listPlacedSections(db, place);
		const moved = sections.find(({ shown }) => shown.some((entry) => entry.slug === slug));
		if (!moved) return false;
		const at = moved.shown.findIndex((entry) => entry.slug === slug);
		const to = move === 'debut' ? 0 : move === 'haut' ? at - 1 : at + 1;
		if (to < 0 || to >= moved.shown.length || to === at) return true;
		moved.shown.splice(to, 0, ...moved.shown.splice(at, 1));
		const { theme, commune } = place;
		// A commune that moves one entry holds the order of the whole page: the common one may change beneath it.
		if (commune === null) await writeCommonOrder(db, theme, moved);
		else await writeOwnOrder(db, theme, commune, sections);
		await record(db, by, 'theme-range', commune === null ? theme : `${theme} (${commune})`);
		return true;
	});
}

async function writeCommonOrder(db: Db, theme: string, { slug, shown }: PlacedSection): Promise<void> {
	const drafts = (await listPlaces(db, theme, undefined)).filter(
		({ service_id, section }) => section === slug && !shown.some(({ id }) => id === service_id)
	);
	const ids = [...shown.map(({ id }) => id), ...drafts.map(({ service_id }) => service_id)];
	for (const [i, id] of ids.entries())
		await db
			.updateTable('service_theme')
			.set({ position: i + 1 })
			.where('theme', '=', theme)
			.where('service_id', '=', id)
			// A commune's own entries have an order among themselves.
			.where('service_id', 'in', (eb) =>
				eb.selectFrom('service').select('id').where('service.commune', 'is', null)
			)
			.execute();
}

async function writeOwnOrder(
	db: Db,
	theme: string,
	commune: string,
	sections: readonly PlacedSection[]
): Promise<void> {
	await db.deleteFrom('commune_order').where('theme', '=', theme).where('commune', '=', commune).execute();
	const entries = sections.flatMap(({ shown, hidden }) => [...shown, ...hidden]);
	await db
		.insertInto('commune_order')
		.values(entries.map(({ id }, i) => ({ theme, commune, service_id: id, position: i + 1 })))
		.execute();
}

/** The commune follows the common order of a theme again. */
export async function followCommonOrder(db: Db, place: ThemePlace, by: Editor): Promise<void> {
	const { theme, commune } = place;
	if (commune === null) return;
	await inTransaction(db, async (db) => {
		const { numDeletedRows } = await db
			.deleteFrom('commune_order')
			.where('theme', '=', theme)
			.where('commune', '=', commune)
			.executeTakeFirst();
		if (numDeletedRows > 0n) await record(db, by, 'ordre-commun', `${theme} (${commune})`);
	});
}

/**
 * Hides a shared entry in a commune, or shows it again: its themes' pages, lists and search there follow at once, and its
 * own address goes on answering. False when it isn't an entry of this page, or is one that can't be hidden.
 */
export async function setHidden(
	db: Db,
	place: ThemePlace,
	slug: string,
	isHidden: boolean,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const { commune } = place;
		const sections = await listPlacedSections(db, place);
		const entry = sections
			.flatMap(({ shown, hidden }) => [...shown, ...hidden])
			.find((one) => one.slug === slug);
		if (!entry || commune === null || (isHidden && entry.kept !== null)) return false;
		if (sections.some(({ hidden }) => hidden.includes(entry)) === isHidden) return true;
		if (isHidden)
			await db
				.insertInto('hidden_service')
				.values({
					service_id: entry.id,
					commune,
					hidden_at: new Date(now()).toISOString(),
					hidden_by: by.nom
				})
				.execute();
		else
			await db
				.deleteFrom('hidden_service')
				.where('service_id', '=', entry.id)
				.where('commune', '=', commune)
				.execute();
		await record(db, by, isHidden ? 'fiche-cachee' : 'fiche-montree', `${slug} (${commune})`);
		await indexServices(db, [entry.id]);
		return true;
	});
}
