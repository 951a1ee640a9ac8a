import type { Selectable, Updateable } from 'kysely';
import { type Field, wordsFields } from '#lib/domain/editing/fields.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { slugOf } from '#lib/domain/reserved.ts';
import { wordsOf } from '#lib/domain/search/words.ts';
import type { Db, ServiceTable } from '../database/schema.ts';
import { factsOf } from '../directory.ts';

/* All that an editor may change of an entry, as its form has it: its own columns, its places, who runs it, whom to call. */

const professionalColumns = ['contact_nom_prenom', 'telephone', 'courriel', 'notes'] as const;

/** What a commune may say in its own way of an entry. */
export function wordsFacts(row: Selectable<ServiceTable>): Facts {
	const stored: Facts = factsOf(row);
	return Object.fromEntries(wordsFields.map(({ name }) => [name, stored[name] ?? null]));
}

/** Every fact of an entry, what is for professionals only too: for whoever may change the entry itself. */
export async function readEntryFacts(db: Db, row: Selectable<ServiceTable>): Promise<Facts> {
	const places = await db
		.selectFrom('service_theme')
		.innerJoin('theme', 'theme.slug', 'service_theme.theme')
		.select(['service_theme.theme', 'service_theme.section'])
		.where('service_id', '=', row.id)
		.orderBy('theme.position')
		.execute();
	const communes = await db
		.selectFrom('service_commune')
		.innerJoin('commune', 'commune.slug', 'service_commune.commune')
		.select('commune.slug')
		.where('service_id', '=', row.id)
		.orderBy('commune.position')
		.execute();
	const structure = await db
		.selectFrom('structure')
		.select('nom')
		.where('id', '=', row.structure_id)
		.executeTakeFirstOrThrow();
	const professional = await db
		.selectFrom('professional_contact')
		.selectAll()
		.where('service_id', '=', row.id)
		.executeTakeFirst();
	return {
		...wordsFacts(row),
		nature: row.nature,
		urgence: row.urgence === 1,
		mots: JSON.parse(row.mots) as string[],
		themes: places.map(({ theme, section }) => `${theme}/${section}`),
		communes: communes.map(({ slug }) => slug),
		structure: structure.nom,
		en_attendant: row.en_attendant_id === null ? null : String(row.en_attendant_id),
		...Object.fromEntries(professionalColumns.map((name) => [`pro_${name}`, professional?.[name] ?? null]))
	};
}

/** Writes these fields of an entry, in the caller's transaction. Those that `facts` lacks stay as they are. */
export async function writeEntryFacts(
	db: Db,
	id: number,
	facts: Facts,
	fields: readonly Field[]
): Promise<void> {
	const names = fields.map(({ name }) => name).filter((name) => name in facts);
	const written = Object.fromEntries(names.map((name) => [name, facts[name]])) as Facts;
	const { structure, themes, communes } = written;
	const columns: Updateable<ServiceTable> = {
		...columnsOf(written),
		...(typeof structure === 'string' && { structure_id: await structureNamed(db, structure) })
	};
	if (Object.keys(columns).length > 0)
		await db.updateTable('service').set(columns).where('id', '=', id).execute();
	if (Array.isArray(themes)) await writePlaces(db, id, themes.map(String));
	if (Array.isArray(communes)) await writeCommunes(db, id, communes.map(String));
	if ('pro_notes' in written) await writeProfessional(db, id, written);
}

const columnNames = [...wordsFields.map(({ name }) => name), 'nature', 'mots'] as const;

/** The columns of an entry that these facts make, but for who runs it. */
export function columnsOf(facts: Facts): Updateable<ServiceTable> {
	return {
		...Object.fromEntries(
			columnNames.flatMap((name) => {
				const value = facts[name];
				return name in facts ? [[name, Array.isArray(value) ? JSON.stringify(value) : value]] : [];
			})
		),
		...('urgence' in facts && { urgence: facts.urgence === true ? 1 : 0 }),
		...('en_attendant' in facts && { en_attendant_id: Number(facts.en_attendant) || null })
	};
}

/** The structure of this name, made when there is none. */
export async function structureNamed(db: Db, nom: string): Promise<number> {
	const plain = (text: string) => wordsOf(text).join(' ');
	const structures = await db.selectFrom('structure').select(['id', 'slug', 'nom']).orderBy('id').execute();
	const known =
		structures.find((one) => one.nom === nom) ?? structures.find((one) => plain(one.nom) === plain(nom));
	if (known) return known.id;
	const taken = new Set(structures.map(({ slug }) => slug));
	const slug = slugOf(nom);
	let free = slug;
	for (let number = 2; taken.has(free); number++) free = `${slug.slice(0, 54)}-${number}`;
	const { id } = await db
		.insertInto('structure')
		.values({ slug: free, nom, siren: null, site_web: null, source: null })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** A theme where it stayed keeps its rank there. */
async function writePlaces(db: Db, id: number, places: string[]): Promise<void> {
	const wanted = places.map((place) => {
		const [theme = '', section = ''] = place.split('/');
		return { service_id: id, theme, section, position: 100 };
	});
	await db
		.deleteFrom('service_theme')
		.where('service_id', '=', id)
		.where(
			'theme',
			'not in',
			wanted.map(({ theme }) => theme)
		)
		.execute();
	for (const place of wanted)
		await db
			.insertInto('service_theme')
			.values(place)
			.onConflict((conflict) =>
				conflict.columns(['service_id', 'theme']).doUpdateSet({ section: place.section })
			)
			.execute();
}

async function writeCommunes(db: Db, id: number, communes: string[]): Promise<void> {
	await db
		.deleteFrom('service_commune')
		.where('service_id', '=', id)
		.where('commune', 'not in', communes)
		.execute();
	for (const commune of communes)
		await db
			.insertInto('service_commune')
			.values({ service_id: id, commune })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
}

async function writeProfessional(db: Db, id: number, facts: Facts): Promise<void> {
	const values = Object.fromEntries(
		professionalColumns.map((name) => [name, facts[`pro_${name}`] ?? null])
	) as Record<(typeof professionalColumns)[number], string | null>;
	await db
		.insertInto('professional_contact')
		.values({ service_id: id, ...values })
		.onConflict((conflict) => conflict.column('service_id').doUpdateSet(values))
		.execute();
}
