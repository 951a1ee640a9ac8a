import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { eventSchema } from '#lib/domain/agenda/event.ts';
import { dateOf } from '#lib/domain/dates.ts';
import { wordsOf } from '#lib/domain/search/words.ts';
import { isMergeable } from '#lib/domain/service.ts';
import {
	communesSchema,
	eventsSchema,
	foreignWordsSchema,
	schoolCalendarSchema,
	seededServicesSchema,
	structuresSchema,
	synonymsSchema,
	territorySchema,
	themesSchema
} from '#lib/domain/territory.ts';
import { createEvent } from './agenda/editing.ts';
import { now } from './clock.ts';
import { restoreCodes } from './codes/restore.ts';
import { inTransaction } from './database/open.ts';
import type { Db } from './database/schema.ts';
import { completePublisher } from './publisher.ts';
import { readSeedFile, SeedError, seedsFolder } from './seed-files.ts';
import { addMoments } from './seed-moments.ts';
import { addTranslations } from './seed-translations.ts';
import { indexServices } from './search/search.ts';

const author = 'amorce';

/**
 * Fills an empty database from `seeds/<territoire>`, all or nothing; a filled one is left as people made it.
 * Each time, adds the school holidays, the printed codes, the legal notices, the translations and the words of other languages
 * that are missing; and the
 * situations, where there are none yet.
 * @throws SeedError naming the file and what is wrong in it.
 */
export async function loadSeed(
	db: Db,
	territoire: string,
	dataDir: string
): Promise<{ created: number; codes: number }> {
	const filled = await db.selectFrom('territory').select('slug').executeTakeFirst();
	if (filled && filled.slug !== territoire)
		throw new SeedError(
			`Cette base est celle du territoire « ${filled.slug} » : choisissez un autre DATA_DIR pour « ${territoire} ».`
		);
	const folder = path.join(seedsFolder, territoire);
	if (!existsSync(folder))
		throw new SeedError(`Le territoire « ${territoire} » n’a pas de dossier dans seeds/.`);
	const created = filled ? 0 : await inTransaction(db, (db) => fill(db, folder));
	if (filled) await completePublisher(db, folder);
	await addMoments(db, folder, filled !== undefined, author);
	await addTranslations(db, folder, author);
	await addSchoolHolidays(db);
	await inTransaction(db, addForeignWords);
	return { created, codes: await restoreCodes(db, territoire, dataDir) };
}

async function fill(db: Db, folder: string): Promise<number> {
	const today = dateOf(now());
	const territory = readSeedFile(path.join(folder, 'territoire.yaml'), territorySchema);
	const communes = readSeedFile(path.join(folder, 'communes.yaml'), communesSchema);
	const { contact: _contact, source: _source, ...territoryRow } = territory;
	await db
		.insertInto('territory')
		.values({
			sigle: null,
			siren: null,
			site_web: null,
			adresse: null,
			directeur_publication: null,
			hebergeur: null,
			delegue_donnees: null,
			...territoryRow,
			contact_id: null
		})
		.execute();
	for (const [position, { mairie: _mairie, source: _from, ...commune }] of communes.entries())
		await db
			.insertInto('commune')
			.values({ siren: null, latitude: null, longitude: null, ...commune, mairie_id: null, position })
			.execute();
	const structures = await insertStructures(db, folder);
	await insertThemes(db, folder);

	const entries = readdirSync(path.join(folder, 'services'))
		.filter((file) => file.endsWith('.yaml'))
		.sort()
		.flatMap((file) => readSeedFile(path.join(folder, 'services', file), seededServicesSchema));
	const ids = new Map<string, number>();
	for (const entry of entries) {
		const structure = structures.get(entry.structure);
		if (structure === undefined)
			throw new SeedError(`${entry.slug} : structure inconnue « ${entry.structure} ».`);
		const id = await insertEntry(db, entry, structure, today);
		const served = entry.communes === 'toutes' ? communes.map((commune) => commune.slug) : entry.communes;
		await db
			.insertInto('service_commune')
			.values(served.map((commune) => ({ service_id: id, commune })))
			.execute();
		ids.set(entry.slug, id);
	}
	await link(db, ids, {
		territory,
		communes,
		entries,
		themes: readSeedFile(path.join(folder, 'themes.yaml'), themesSchema)
	});
	await insertEvents(db, path.join(folder, 'evenements.yaml'), ids);
	await insertSynonyms(db, path.join(folder, 'synonymes.yaml'));
	await indexServices(db);
	return entries.length;
}

type Entry = v.InferOutput<typeof seededServicesSchema>[number];

async function insertEntry(db: Db, entry: Entry, structureId: number, today: string): Promise<number> {
	const {
		structure: _structure,
		communes: _communes,
		themes,
		source,
		en_attendant: _standIn,
		verification,
		fermetures,
		contact_professionnel: professional,
		variantes,
		brouillon,
		commune,
		...facts
	} = entry;
	const { id } = await db
		.insertInto('service')
		.values({
			...facts,
			source: source?.nom ?? null,
			source_lien: source?.url ?? null,
			commune: commune ?? null,
			structure_id: structureId,
			urgence: facts.urgence ? 1 : 0,
			publics: JSON.stringify(facts.publics),
			modes_mobilisation: JSON.stringify(facts.modes_mobilisation),
			demarches: JSON.stringify(facts.demarches),
			a_apporter: JSON.stringify(facts.a_apporter),
			langues: JSON.stringify(facts.langues),
			mots: JSON.stringify(facts.mots),
			en_attendant_id: null,
			date_maj: facts.releve_le ?? today
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await db
		.insertInto('service_theme')
		.values(
			themes.map(({ theme, section, rang }) => ({ service_id: id, theme, section, position: rang ?? 100 }))
		)
		.execute();
	const at = new Date(now()).toISOString();
	if (!brouillon)
		await db
			.insertInto('publication')
			.values({ service_id: id, published_at: at, published_by: author })
			.execute();
	if (verification)
		await db
			.insertInto('verification')
			.values({ service_id: id, ...verification })
			.execute();
	for (const closure of fermetures)
		await db
			.insertInto('closure')
			.values({ service_id: id, motif: null, ...closure })
			.execute();
	if (professional)
		await db
			.insertInto('professional_contact')
			.values({
				contact_nom_prenom: null,
				telephone: null,
				courriel: null,
				notes: null,
				...professional,
				service_id: id
			})
			.execute();
	for (const variant of variantes) {
		if (!isMergeable(variant.champ))
			throw new SeedError(`${entry.slug} : une commune ne peut pas changer « ${variant.champ} ».`);
		await db
			.insertInto('service_variant')
			.values({
				service_id: id,
				commune: variant.commune,
				field: variant.champ,
				mode: variant.mode,
				value: JSON.stringify(variant.valeur),
				base_value: JSON.stringify(facts[variant.champ]),
				changed_at: at,
				changed_by: author
			})
			.execute();
	}
	return id;
}

async function insertStructures(db: Db, folder: string): Promise<Map<string, number>> {
	const ids = new Map<string, number>();
	for (const { source, ...structure } of readSeedFile(
		path.join(folder, 'structures.yaml'),
		structuresSchema
	)) {
		const { id } = await db
			.insertInto('structure')
			.values({
				siren: null,
				site_web: null,
				...structure,
				source: typeof source === 'string' ? source : (source?.nom ?? null)
			})
			.returning('id')
			.executeTakeFirstOrThrow();
		ids.set(structure.slug, id);
	}
	return ids;
}

async function insertThemes(db: Db, folder: string): Promise<void> {
	for (const [position, theme] of readSeedFile(path.join(folder, 'themes.yaml'), themesSchema).entries()) {
		const { sections, contact: _contact, ...row } = theme;
		await db
			.insertInto('theme')
			.values({ volet: null, ...row, contact_id: null, position })
			.execute();
		await db
			.insertInto('theme_section')
			.values(sections.map((section, i) => ({ theme: theme.slug, ...section, position: i })))
			.execute();
	}
}

interface Links {
	territory: v.InferOutput<typeof territorySchema>;
	communes: v.InferOutput<typeof communesSchema>;
	themes: v.InferOutput<typeof themesSchema>;
	entries: Entry[];
}

/** References between entries are set once all exist. */
async function link(
	db: Db,
	ids: Map<string, number>,
	{ territory, communes, themes, entries }: Links
): Promise<void> {
	const idOf = (slug: string, from: string) => {
		const id = ids.get(slug);
		if (id === undefined) throw new SeedError(`${from} : fiche inconnue « ${slug} ».`);
		return id;
	};
	if (territory.contact)
		await db
			.updateTable('territory')
			.set({ contact_id: idOf(territory.contact, 'territoire') })
			.execute();
	for (const { slug, mairie } of communes)
		if (mairie)
			await db
				.updateTable('commune')
				.set({ mairie_id: idOf(mairie, slug) })
				.where('slug', '=', slug)
				.execute();
	for (const { slug, contact } of themes)
		if (contact)
			await db
				.updateTable('theme')
				.set({ contact_id: idOf(contact, slug) })
				.where('slug', '=', slug)
				.execute();
	for (const { slug, en_attendant } of entries)
		if (en_attendant)
			await db
				.updateTable('service')
				.set({ en_attendant_id: idOf(en_attendant, slug) })
				.where('slug', '=', slug)
				.execute();
}

async function insertEvents(db: Db, file: string, ids: ReadonlyMap<string, number>): Promise<void> {
	if (!existsSync(file)) return;
	for (const { slug, fiche, etat, ...facts } of readSeedFile(file, eventsSchema)) {
		const service_id = fiche === undefined ? null : ids.get(fiche);
		if (service_id === undefined) throw new SeedError(`${slug} : fiche inconnue « ${fiche} ».`);
		const { output, issues } = v.safeParse(eventSchema, { ...facts, service_id });
		if (issues) throw new SeedError(`${slug} : ${issues[0].message}`);
		await createEvent(db, output, {
			etat,
			by: author,
			slug,
			uid: `${slug}@${path.basename(path.dirname(file))}`
		});
	}
}

async function insertSynonyms(db: Db, file: string): Promise<void> {
	if (!existsSync(file)) return;
	for (const [concept, group] of readSeedFile(file, synonymsSchema).entries()) {
		const expressions = new Set(group.map((expression) => wordsOf(expression).join(' ')));
		await db
			.insertInto('synonym')
			.values([...expressions].map((expression) => ({ expression, concept })))
			.execute();
	}
}

/** Adds the words of other languages that are missing, each to the French word that means the same. */
async function addForeignWords(db: Db): Promise<void> {
	const file = path.join(seedsFolder, 'mots-d-ailleurs.yaml');
	const rows = await db.selectFrom('synonym').select(['expression', 'concept']).execute();
	const known = new Set(rows.map(({ expression, concept }) => `${concept} ${expression}`));
	const concepts = new Map(rows.toReversed().map(({ expression, concept }) => [expression, concept]));
	let next = Math.max(-1, ...rows.map(({ concept }) => concept)) + 1;
	const missing: { expression: string; concept: number }[] = [];
	for (const [french, words] of Object.entries(readSeedFile(file, foreignWordsSchema))) {
		const expressions = [french, ...words].map((word) => wordsOf(word).join(' '));
		const concept = concepts.get(expressions[0] ?? '') ?? next++;
		for (const expression of expressions) {
			const key = `${concept} ${expression}`;
			// Two French words of one meaning may share a word elsewhere.
			if (!known.has(key)) missing.push({ expression, concept });
			known.add(key);
		}
	}
	for (let i = 0; i < missing.length; i += 200)
		await db
			.insertInto('synonym')
			.values(missing.slice(i, i + 200))
			.execute();
}

async function addSchoolHolidays(db: Db): Promise<void> {
	const { zone_scolaire } = await db
		.selectFrom('territory')
		.select('zone_scolaire')
		.executeTakeFirstOrThrow();
	const known = new Set(
		(await db.selectFrom('school_holiday').select('debut').execute()).map((row) => row.debut)
	);
	for (const { zone, ...holiday } of readSeedFile(
		path.join(seedsFolder, 'calendrier-scolaire.yaml'),
		schoolCalendarSchema
	))
		if (zone === zone_scolaire && !known.has(holiday.debut))
			await db.insertInto('school_holiday').values(holiday).execute();
}
