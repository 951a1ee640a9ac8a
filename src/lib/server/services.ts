import type { Selectable } from 'kysely';
import type { Service, StandIn } from '#lib/domain/service.ts';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import type { Db, ServiceTable } from './database/schema.ts';
import { variantsBy } from './variants.ts';

/** Where entries are read: one commune with its variants, or the common base when undefined. */
export type Scope = string | undefined;

/** An entry with its place on a theme's page. */
export interface PlacedService {
	service: Service;
	section: string;
}

/** Every public reader starts here: an entry nobody has published is seen by nobody. */
function publishedServices(db: Db) {
	return db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.selectAll('service')
		.select(['structure.nom as structure_nom', 'structure.site_web as structure_site_web']);
}

/** Those read in one commune, its own and the base's that serve it; or in the common base. */
function servicesReadIn(db: Db, scope: Scope) {
	const published = publishedServices(db);
	if (scope === undefined) return published.where('service.commune', 'is', null);
	return published.where(({ or, eb, exists, selectFrom, and }) =>
		or([
			eb('service.commune', '=', scope),
			and([
				eb('service.commune', 'is', null),
				exists(
					selectFrom('service_commune')
						.select('service_commune.service_id')
						.whereRef('service_commune.service_id', '=', 'service.id')
						.where('service_commune.commune', '=', scope)
				)
			])
		])
	);
}

/** The entry of this slug as read in `scope`, or undefined: not published, not there, or not this commune's. */
export async function findService(db: Db, slug: string, scope?: Scope): Promise<Service | undefined> {
	const row = await servicesReadIn(db, scope).where('service.slug', '=', slug).executeTakeFirst();
	return row && (await readServices(db, [row], scope))[0];
}

/** The entry of this number as read in `scope`, or undefined. */
export async function findServiceById(
	db: Db,
	id: number | null,
	scope?: Scope
): Promise<Service | undefined> {
	if (id === null) return undefined;
	const row = await servicesReadIn(db, scope).where('service.id', '=', id).executeTakeFirst();
	return row && (await readServices(db, [row], scope))[0];
}

/** These entries as read in `scope`, in the order asked; those that can't be read there are left out. */
export async function listServicesById(db: Db, ids: number[], scope?: Scope): Promise<Service[]> {
	if (ids.length === 0) return [];
	const rows = await servicesReadIn(db, scope).where('service.id', 'in', ids).execute();
	const services = new Map((await readServices(db, rows, scope)).map((service) => [service.id, service]));
	return ids.flatMap((id) => services.get(id) ?? []);
}

/**
 * These entries wherever they are read, in the order asked: the base's as the base says them, each commune's own too.
 * For a search over the whole territory.
 */
export async function listServicesAnywhere(db: Db, ids: number[]): Promise<Service[]> {
	if (ids.length === 0) return [];
	const rows = await publishedServices(db).where('service.id', 'in', ids).execute();
	const services = new Map((await readServices(db, rows, undefined)).map((service) => [service.id, service]));
	return ids.flatMap((id) => services.get(id) ?? []);
}

/** The entries of a theme in the order of its page: section by section, the commune's own first. */
export async function listThemeServices(db: Db, theme: string, scope?: Scope): Promise<PlacedService[]> {
	const rows = await servicesReadIn(db, scope)
		.innerJoin('service_theme', 'service_theme.service_id', 'service.id')
		.innerJoin('theme_section', (join) =>
			join
				.onRef('theme_section.theme', '=', 'service_theme.theme')
				.onRef('theme_section.slug', '=', 'service_theme.section')
		)
		.where('service_theme.theme', '=', theme)
		.select('service_theme.section as placed_in')
		.orderBy('theme_section.position')
		.orderBy((eb) => eb('service.commune', 'is', null))
		.orderBy('service_theme.position')
		.orderBy('service.nom')
		.execute();
	const services = await readServices(db, rows, scope);
	return services.map((service, i) => ({ service, section: rows[i]?.placed_in ?? '' }));
}

/** The numbers to keep at hand: emergencies first, then the other national numbers. */
export async function listNumbers(db: Db, scope?: Scope): Promise<Service[]> {
	const rows = await servicesReadIn(db, scope)
		.where('service.nature', '=', 'numero')
		.orderBy('service.urgence', 'desc')
		.orderBy('service.id')
		.execute();
	return readServices(db, rows, scope);
}

/** The numbers to call in an emergency, in their order. */
export async function listEmergencyNumbers(db: Db, scope?: Scope): Promise<Service[]> {
	const rows = await servicesReadIn(db, scope)
		.where('service.urgence', '=', 1)
		.orderBy('service.id')
		.execute();
	return readServices(db, rows, scope);
}

/** Every entry that can be read in `scope`: name and slug, in alphabetical order, and whether it differs there. */
export async function listServiceNames(db: Db, scope?: Scope) {
	const rows = await servicesReadIn(db, scope).execute();
	const varied = await variantsByService(db, scope);
	return rows
		.map(({ slug, nom, commune, date_maj, id }) => ({ slug, nom, commune, date_maj, varied: varied.has(id) }))
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

/** The commune whose own published entry bears this slug, or undefined. */
export async function findServiceOwner(db: Db, slug: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.select('service.commune')
		.where('service.slug', '=', slug)
		.executeTakeFirst();
	return row?.commune ?? undefined;
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

/** The themes an entry stands in. */
export async function listThemesOf(db: Db, serviceId: number) {
	return db
		.selectFrom('service_theme')
		.innerJoin('theme', 'theme.slug', 'service_theme.theme')
		.select(['theme.slug', 'theme.nom', 'theme.contact_id'])
		.where('service_theme.service_id', '=', serviceId)
		.orderBy('theme.position')
		.execute();
}

type Row = Selectable<ServiceTable> & { structure_nom: string; structure_site_web: string | null };

async function readServices(db: Db, rows: Row[], scope: Scope): Promise<Service[]> {
	if (rows.length === 0) return [];
	const ids = rows.map((row) => row.id);
	const variants = await variantsByService(db, scope);
	const standIns = await standInsOf(db, rows, scope, variants);
	const closures = await db
		.selectFrom('closure')
		.selectAll()
		.where('service_id', 'in', ids)
		.orderBy('debut')
		.execute();
	const verifications = await db
		.selectFrom('verification')
		.selectAll()
		.where('service_id', 'in', ids)
		.orderBy('verifie_le')
		.orderBy('id')
		.execute();
	return rows.map((row) => {
		const own = variants.get(row.id) ?? [];
		const verification = verifications.findLast((one) => one.service_id === row.id);
		return {
			...mergeVariants(factsOf(row), own),
			id: row.id,
			commune: row.commune,
			date_maj: row.date_maj,
			structure: { nom: row.structure_nom, site_web: row.structure_site_web },
			closures: closures
				.filter((closure) => closure.service_id === row.id)
				.map(({ debut, fin, motif }) => ({ debut, fin, motif })),
			verification: verification
				? { verifie_le: verification.verifie_le, verifie_par: verification.verifie_par }
				: null,
			en_attendant: standIns(row),
			varied: own.length > 0
		};
	});
}

function factsOf(row: Row) {
	const {
		id: _id,
		commune: _commune,
		structure_id: _structure,
		en_attendant_id: _standIn,
		mots: _mots,
		date_maj: _date
	} = row;
	const { structure_nom: _nom, structure_site_web: _site, ...facts } = row;
	return {
		...facts,
		nature: row.nature as Service['nature'],
		urgence: row.urgence === 1,
		publics: list(row.publics),
		modes_mobilisation: list(row.modes_mobilisation),
		demarches: list(row.demarches),
		a_apporter: list(row.a_apporter),
		langues: list(row.langues)
	};
}

function list(json: string): string[] {
	return JSON.parse(json) as string[];
}

async function variantsByService(db: Db, scope: Scope): Promise<Map<number, Variant[]>> {
	if (scope === undefined) return new Map();
	const rows = await db
		.selectFrom('service_variant')
		.select(['service_id', 'field', 'mode', 'value'])
		.where('commune', '=', scope)
		.execute();
	return variantsBy(rows, (row) => row.service_id);
}

/** Whom to call meanwhile: the one named by the entry, else the mairie of the commune where it is read. */
async function standInsOf(
	db: Db,
	rows: Row[],
	scope: Scope,
	variants: Map<number, Variant[]>
): Promise<(row: Row) => StandIn | null> {
	const mairie =
		scope === undefined
			? undefined
			: await db.selectFrom('commune').select('mairie_id').where('slug', '=', scope).executeTakeFirst();
	const wanted = [...rows.map((row) => row.en_attendant_id), mairie?.mairie_id].filter(
		(id) => typeof id === 'number'
	);
	if (wanted.length === 0) return () => null;
	const found = await db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.select(['service.id', 'slug', 'nom', 'telephone', 'commune'])
		.where('service.id', 'in', wanted)
		.execute();
	const byId = new Map(
		found.map((service) => [service.id, mergeVariants(service, variants.get(service.id) ?? [])])
	);
	return (row) => {
		const service = byId.get(row.en_attendant_id ?? mairie?.mairie_id ?? -1);
		if (!service?.telephone || service.id === row.id) return null;
		const { slug, nom, telephone, commune } = service;
		return { slug, nom, telephone, commune };
	};
}
