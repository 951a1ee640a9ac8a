import type { Service } from '#lib/domain/service.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';
import { directoryOf, type Scope, wholeDirectory } from './directory.ts';
import { listThemes } from './themes.ts';

/** An entry with its place on a theme's page. */
export interface PlacedService {
	service: Service;
	section: string;
}

/** The entry of this slug as read in `scope`, or undefined: not published, not there, or not this commune's. */
export async function findService(db: Db, slug: string, scope?: Scope): Promise<Service | undefined> {
	return (await directoryOf(db, scope)).bySlug.get(slug);
}

/** The entry of this number as read in `scope`, or undefined; so is one that the commune hides: nobody is sent to it. */
export async function findServiceById(
	db: Db,
	id: number | null,
	scope?: Scope
): Promise<Service | undefined> {
	if (id === null) return undefined;
	const { byId, hidden } = await directoryOf(db, scope);
	return hidden.has(id) ? undefined : byId.get(id);
}

/** These entries as read in `scope`, in the order asked; those that can't be read there, or are hidden, are left out. */
export async function listServicesById(db: Db, ids: number[], scope?: Scope): Promise<Service[]> {
	const { byId, hidden } = await directoryOf(db, scope);
	return ids.flatMap((id) => (hidden.has(id) ? [] : (byId.get(id) ?? [])));
}

/**
 * These entries wherever they are read, in the order asked: the base's as the base says them, each commune's own too.
 * For a search over the whole territory.
 */
export async function listServicesAnywhere(db: Db, ids: number[]): Promise<Service[]> {
	const { byId } = await wholeDirectory(db);
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * The entries of a theme in the order of its page: section by section, in the commune's own order where it has one, else
 * the commune's own first. Without those that the commune hides.
 */
export async function listThemeServices(db: Db, theme: string, scope?: Scope): Promise<PlacedService[]> {
	return keptUntilEdit(db, `theme ${theme} ${scope ?? ''}`, async () => {
		const { byId, hidden } = await directoryOf(db, scope);
		return (await listPlaces(db, theme, scope)).flatMap(({ service_id, section }) => {
			const service = hidden.has(service_id) ? undefined : byId.get(service_id);
			return service === undefined ? [] : { service, section };
		});
	});
}

/** The place of every entry of a theme, in the order in which `scope` reads them; drafts and hidden entries too. */
export async function listPlaces(db: Db, theme: string, scope: Scope) {
	return db
		.selectFrom('service_theme')
		.innerJoin('theme_section', (join) =>
			join
				.onRef('theme_section.theme', '=', 'service_theme.theme')
				.onRef('theme_section.slug', '=', 'service_theme.section')
		)
		.innerJoin('service', 'service.id', 'service_theme.service_id')
		.leftJoin('commune_order', (join) =>
			join
				.onRef('commune_order.theme', '=', 'service_theme.theme')
				.onRef('commune_order.service_id', '=', 'service_theme.service_id')
				.on('commune_order.commune', '=', scope ?? '')
		)
		.select(['service_theme.service_id', 'section'])
		.where('service_theme.theme', '=', theme)
		.orderBy('theme_section.position')
		.orderBy((eb) => eb('commune_order.position', 'is', null))
		.orderBy('commune_order.position')
		.orderBy((eb) => eb('service.commune', 'is', null))
		.orderBy('service_theme.position')
		.orderBy('service.nom')
		.execute();
}

/** The numbers to keep at hand: emergencies first, then the other national numbers. */
export async function listNumbers(db: Db, scope?: Scope): Promise<Service[]> {
	const { services } = await directoryOf(db, scope);
	return services
		.filter(({ nature }) => nature === 'numero')
		.toSorted((a, b) => Number(b.urgence) - Number(a.urgence));
}

/** The numbers to call in an emergency, in their order. */
export async function listEmergencyNumbers(db: Db, scope?: Scope): Promise<Service[]> {
	return (await directoryOf(db, scope)).services.filter(({ urgence }) => urgence);
}

/** Every entry that can be read in `scope`: number, name and slug, in alphabetical order, and whether it differs there. */
export async function listServiceNames(db: Db, scope?: Scope) {
	const { services } = await directoryOf(db, scope);
	return services
		.map(({ id, slug, nom, commune, varied }) => ({ id, slug, nom, commune, varied }))
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

/** The commune whose own published entry bears this slug, or undefined. */
export async function findServiceOwner(db: Db, slug: string): Promise<string | undefined> {
	return (await wholeDirectory(db)).bySlug.get(slug)?.commune ?? undefined;
}

/** The communes where an entry can be read, in the territory's order. */
export async function listCommunesServed(db: Db, serviceId: number) {
	return db
		.selectFrom('service_commune')
		.innerJoin('commune', 'commune.slug', 'service_commune.commune')
		.select(['commune.slug', 'commune.nom'])
		.where('service_commune.service_id', '=', serviceId)
		.orderBy('commune.position')
		.execute();
}

/** The themes an entry stands in, in the reader's language. */
export async function listThemesOf(db: Db, serviceId: number) {
	const placed = await db
		.selectFrom('service_theme')
		.select('theme')
		.where('service_id', '=', serviceId)
		.execute();
	const slugs = new Set(placed.map(({ theme }) => theme));
	return (await listThemes(db)).filter(({ slug }) => slugs.has(slug));
}
