import type { Selectable } from 'kysely';
import type { EntryState, ProfessionalContact, Territory } from '#lib/domain/census/entry.ts';
import { serviceFields } from '#lib/domain/service.ts';
import { listCommunes } from '../communes.ts';
import type { Db, ServiceTable } from '../database/schema.ts';
import { factsOf } from '../directory.ts';

/** An entry as it is kept, whoever may read it. */
export interface StoredEntry {
	id: number;
	state: EntryState;
	isPublished: boolean;
	isArchived: boolean;
}

/** What cells may name: communes, themes and their sections. */
export async function territoryOf(db: Db): Promise<Territory> {
	const places = (await listCommunes(db)).map(({ slug, nom, code_insee, code_postal }) => ({
		slug,
		nom,
		code_insee,
		code_postal
	}));
	const themes = await db.selectFrom('theme').select(['slug', 'nom']).orderBy('position').execute();
	const sections = await db.selectFrom('theme_section').selectAll().orderBy('position').execute();
	return {
		places,
		themes: themes.map((theme) => ({
			...theme,
			sections: sections.filter((section) => section.theme === theme.slug)
		}))
	};
}

/** Every entry as it is kept, drafts and archived ones too, or those of `ids`; in alphabetical order. */
export async function listStored(db: Db, ids?: readonly number[]): Promise<StoredEntry[]> {
	const some = ids !== undefined;
	const wanted = ids ?? [];
	const rows = await db
		.selectFrom('service')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.leftJoin('publication', 'publication.service_id', 'service.id')
		.leftJoin('archive', 'archive.service_id', 'service.id')
		.selectAll('service')
		.select(['structure.nom as structure_nom', 'publication.published_at', 'archive.archived_at'])
		.$if(some, (query) => query.where('service.id', 'in', wanted))
		.execute();
	const served = Map.groupBy(
		await db
			.selectFrom('service_commune')
			.innerJoin('commune', 'commune.slug', 'service_commune.commune')
			.select(['service_id', 'commune'])
			.$if(some, (query) => query.where('service_id', 'in', wanted))
			.orderBy('commune.position')
			.execute(),
		(row) => row.service_id
	);
	const placed = Map.groupBy(
		await db
			.selectFrom('service_theme')
			.innerJoin('theme', 'theme.slug', 'service_theme.theme')
			.select(['service_id', 'service_theme.theme', 'section'])
			.$if(some, (query) => query.where('service_id', 'in', wanted))
			.orderBy('theme.position')
			.execute(),
		(row) => row.service_id
	);
	const professionals = new Map(
		(
			await db
				.selectFrom('professional_contact')
				.selectAll()
				.$if(some, (query) => query.where('service_id', 'in', wanted))
				.execute()
		).map((row) => [row.service_id, row])
	);
	return rows
		.map(({ structure_nom, published_at, archived_at, ...row }) => ({
			id: row.id,
			state: stateOf(row, {
				structure: structure_nom,
				communes: (served.get(row.id) ?? []).map(({ commune }) => commune),
				themes: (placed.get(row.id) ?? []).map(({ theme, section }) => ({ theme, section })),
				professional: professionalOf(professionals.get(row.id))
			}),
			isPublished: published_at !== null,
			isArchived: archived_at !== null
		}))
		.sort((a, b) => String(a.state.facts.nom).localeCompare(String(b.state.facts.nom), 'fr'));
}

/** The entry of this number. @throws Error when there is none */
export async function getStored(db: Db, id: number): Promise<StoredEntry> {
	const [stored] = await listStored(db, [id]);
	if (!stored) throw new Error(`No entry ${id}`);
	return stored;
}

type Around = Pick<EntryState, 'structure' | 'communes' | 'themes' | 'professional'>;

function stateOf(row: Selectable<ServiceTable>, around: Around): EntryState {
	const facts = factsOf(row) as unknown as Record<string, unknown>;
	return {
		slug: row.slug,
		nature: row.nature,
		urgence: row.urgence === 1,
		commune: row.commune,
		facts: Object.fromEntries(Object.keys(serviceFields).map((name) => [name, facts[name] ?? null])),
		mots: JSON.parse(row.mots) as string[],
		source: row.source,
		source_lien: row.source_lien,
		releve_le: row.releve_le,
		...around
	};
}

/** What is for professionals of an entry that has none of it. */
export const noProfessional: ProfessionalContact = {
	contact_nom_prenom: null,
	telephone: null,
	courriel: null,
	notes: null
};

function professionalOf(row: ProfessionalContact | undefined): ProfessionalContact {
	if (!row) return noProfessional;
	const { contact_nom_prenom, telephone, courriel, notes } = row;
	return { contact_nom_prenom, telephone, courriel, notes };
}
