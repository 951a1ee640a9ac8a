import type { Selectable } from 'kysely';
import type { Service, StandIn } from '#lib/domain/service.ts';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import { findCommune } from './communes.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db, ServiceTable } from './database/schema.ts';
import { permanencesByService } from './permanences.ts';
import { variantsBy } from './variants.ts';

/** Where entries are read: one commune with its variants, or the common base when undefined. */
export type Scope = string | undefined;

/** All the entries that people can read in one place, in the order they were entered. */
export interface Directory {
	/** Those that its lists show. */
	readonly services: readonly Service[];
	/** Those that it hides: only their own address leads to them. */
	readonly hidden: ReadonlySet<number>;
	readonly bySlug: ReadonlyMap<string, Service>;
	readonly byId: ReadonlyMap<number, Service>;
}

/** The entries read in `scope`: a commune's own and the base's that serve it, as it says them; or the common base. */
export function directoryOf(db: Db, scope: Scope): Promise<Directory> {
	return keptUntilEdit(db, `directory ${scope ?? ''}`, async () =>
		directory(
			await readServices(db, await servicesReadIn(db, scope).execute(), scope),
			await hiddenIn(db, scope)
		)
	);
}

/** Every entry wherever it is read: the base's as the base says them, and each commune's own. */
export function wholeDirectory(db: Db): Promise<Directory> {
	return keptUntilEdit(db, 'whole directory', async () =>
		directory(await readServices(db, await publishedServices(db).execute(), undefined))
	);
}

function directory(services: Service[], hiding: ReadonlySet<number> = new Set()): Directory {
	// One that became an emergency number since is shown.
	const hidden = new Set(
		services.filter(({ id, urgence }) => hiding.has(id) && !urgence).map(({ id }) => id)
	);
	return {
		services: services.filter(({ id }) => !hidden.has(id)),
		hidden,
		bySlug: new Map(services.map((service) => [service.slug, service])),
		byId: new Map(services.map((service) => [service.id, service]))
	};
}

async function hiddenIn(db: Db, scope: Scope): Promise<ReadonlySet<number>> {
	const rows = await db
		.selectFrom('hidden_service')
		.select('service_id')
		.where('commune', '=', scope ?? '')
		.execute();
	return new Set(rows.map(({ service_id }) => service_id));
}

/** Every public reader starts here: an entry nobody has published is seen by nobody. */
function publishedServices(db: Db) {
	return db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.selectAll('service')
		.select(['structure.nom as structure_nom', 'structure.site_web as structure_site_web'])
		.orderBy('service.id');
}

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

/** An entry's columns, and those of who runs it. */
export type Row = Selectable<ServiceTable> & { structure_nom: string; structure_site_web: string | null };

/** One entry as `scope` would read these columns, whatever it reads now: for whoever is about to publish them. */
export async function readUnpublished(db: Db, row: Row, scope: Scope, varied: boolean): Promise<Service> {
	const [service] = await readServices(db, [row], scope, { isWhole: true });
	if (!service) throw new Error('An entry that is given is read');
	return { ...service, varied };
}

/** `isWhole`: the rows already hold what the commune says in its own way. */
async function readServices(db: Db, rows: Row[], scope: Scope, { isWhole = false } = {}): Promise<Service[]> {
	const variants = await variantsByService(db, scope);
	const standInOf = await standIns(db, scope, variants);
	const closures = Map.groupBy(
		await db.selectFrom('closure').selectAll().orderBy('debut').execute(),
		(closure) => closure.service_id
	);
	const permanences = await permanencesByService(db);
	const messages = Map.groupBy(
		await db
			.selectFrom('message')
			.selectAll()
			.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', '=', scope ?? '')]))
			.orderBy('debut')
			.orderBy('id')
			.execute(),
		(message) => message.service_id
	);
	const verifications = Map.groupBy(
		await db.selectFrom('verification').selectAll().orderBy('verifie_le').orderBy('id').execute(),
		(verification) => verification.service_id
	);
	return rows.map((row) => {
		const own = isWhole ? [] : (variants.get(row.id) ?? []);
		const verification = verifications.get(row.id)?.at(-1);
		return {
			...mergeVariants(factsOf(columnsOf(row)), own),
			id: row.id,
			commune: row.commune,
			date_maj: row.date_maj,
			structure: { nom: row.structure_nom, site_web: row.structure_site_web },
			closures: (closures.get(row.id) ?? []).map(({ debut, fin, motif }) => ({ debut, fin, motif })),
			permanences: permanences.get(row.id) ?? [],
			messages: (messages.get(row.id) ?? []).map(({ debut, fin, texte }) => ({ debut, fin, texte })),
			verification: verification
				? { verifie_le: verification.verifie_le, verifie_par: verification.verifie_par }
				: null,
			en_attendant: standInOf(row),
			varied: own.length > 0
		};
	});
}

/** An entry's facts as they are stored, whoever may read it: what a commune may say in its own way, and the few that it may not. */
export function factsOf(row: Selectable<ServiceTable>) {
	const {
		id: _id,
		commune: _commune,
		structure_id: _structure,
		en_attendant_id: _standIn,
		mots: _mots,
		date_maj: _date,
		...facts
	} = row;
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

/** The entry's own columns, without those of who runs it. */
function columnsOf({
	structure_nom: _nom,
	structure_site_web: _site,
	...row
}: Row): Selectable<ServiceTable> {
	return row;
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
async function standIns(
	db: Db,
	scope: Scope,
	variants: Map<number, Variant[]>
): Promise<(row: Row) => StandIn | null> {
	const mairie = scope === undefined ? undefined : (await findCommune(db, scope))?.mairie_id;
	const published = await db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.select(['service.id', 'slug', 'nom', 'telephone', 'commune'])
		.execute();
	const byId = new Map(published.map((service) => [service.id, service]));
	return (row) => {
		// The one named may have been archived since.
		const found = byId.get(row.en_attendant_id ?? -1) ?? byId.get(mairie ?? -1);
		if (found === undefined || found.id === row.id) return null;
		const { slug, nom, telephone, commune } = mergeVariants(found, variants.get(found.id) ?? []);
		return telephone === null ? null : { slug, nom, telephone, commune };
	};
}
