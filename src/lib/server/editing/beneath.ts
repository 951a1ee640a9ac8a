import type { Account } from '#lib/domain/accounts.ts';
import { hasChanged, type OwnWords, ownWordsOf } from '#lib/domain/editing/beneath.ts';
import { type Field, type FieldName, wordsFields } from '#lib/domain/editing/fields.ts';
import type { OwnChoice } from '#lib/domain/editing/own-state.ts';
import { type Facts, wordsOfValue } from '#lib/domain/editing/typing.ts';
import { mergeVariants } from '#lib/domain/variants.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { factsOf } from '../directory.ts';
import { type Editable, findEditable } from './editable.ts';
import { changedMoments } from './moments/beneath.ts';
import { publish } from './publish.ts';
import type { Editor } from './revisions.ts';

/** An entry, a theme or a situation on which the common text changed beneath a commune's words. */
export interface ChangedBeneath {
	/** Its name. */
	nom: string;
	/** The slug of the commune whose words these are. */
	commune: string;
	/** What changed, in words: « Téléphone ». */
	fields: string[];
	/** Where to decide. */
	path: string;
}

/**
 * What the commune says on an entry as its mairie would see it: for the mairie itself, and for administration to look at
 * when `commune` is named. Undefined for anyone else, or where the entry isn't shared with this commune.
 */
export async function findCommuneWords(
	db: Db,
	account: Account,
	slug: string,
	commune: string | undefined
): Promise<Editable | undefined> {
	if (account.role === 'mairie') return findEditable(db, account, slug, commune);
	if (account.role !== 'administration' || commune === undefined) return undefined;
	return findEditable(db, { ...account, role: 'mairie', communes: [commune] }, slug, commune);
}

/** The commune's own words on an entry, beside the common text, in the order of the form. */
export async function listOwnWords(db: Db, { id, variantOf, base }: Editable): Promise<OwnWords[]> {
	const rows = await keptWords(db, id, variantOf);
	return wordsFields.flatMap((field) =>
		rows.filter((row) => row.field === field.name).map((row) => ownWords(field, row, base))
	);
}

/** The communes that say something of a shared entry in their own way, and whether the common text changed beneath it. */
export async function listCommunesWithWords(
	db: Db,
	{ id, base }: Pick<Editable, 'id' | 'base'>
): Promise<{ commune: string; hasChanged: boolean }[]> {
	const rows = await db.selectFrom('service_variant').selectAll().where('service_id', '=', id).execute();
	return Array.from(
		Map.groupBy(rows, ({ commune }) => commune),
		([commune, words]) => ({
			commune,
			hasChanged: words.some(({ field, base_value }) =>
				hasChanged(JSON.parse(base_value), base[field as keyof Facts])
			)
		})
	);
}

/**
 * The commune keeps its words though the common text changed: the present one is the known one from now on, and people
 * read what they read before.
 * @throws ConflictError when the entry has a newer version than `editable`
 */
export async function keepOwnWords(db: Db, editable: Editable, name: string, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		await publish(db, editable, editable.facts, by, { keepsDraft: true, action: 'mots-gardes' });
		const { id, variantOf, base } = editable;
		await db
			.updateTable('service_variant')
			.set({ base_value: JSON.stringify(base[name as keyof Facts] ?? null) })
			.where('service_id', '=', id)
			.where('commune', '=', variantOf ?? '')
			.where('field', '=', name)
			.execute();
	});
}

/**
 * The commune's words of this field go, and people read the common text there. The history keeps the words.
 * @throws ConflictError when the entry has a newer version than `editable`
 */
export async function takeCommonWords(db: Db, editable: Editable, name: string, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		const { id, variantOf, facts, base } = editable;
		await publish(db, editable, { ...facts, [name]: base[name as keyof Facts] }, by, {
			keepsDraft: true
		});
		// Words that say what the common text has come to say would stay.
		await db
			.deleteFrom('service_variant')
			.where('service_id', '=', id)
			.where('commune', '=', variantOf ?? '')
			.where('field', '=', name)
			.execute();
	});
}

/**
 * What the commune says of a field from now on: after the common text, in its place, or null to follow it.
 * @throws ConflictError when the entry has a newer version than `editable`
 */
export async function sayOwnWords(
	db: Db,
	editable: Editable,
	name: FieldName,
	own: OwnChoice,
	by: Editor
): Promise<void> {
	if (own === null) {
		await takeCommonWords(db, editable, name, by);
		return;
	}
	const { base, facts } = editable;
	const read = mergeVariants(base, [{ field: name, ...own }])[name];
	const additions = own.mode === 'add' ? { [name]: own.value } : {};
	await publish(db, editable, { ...facts, [name]: read }, by, { additions, keepsDraft: true });
}

/**
 * Where the common text changed beneath the words of a mairie's communes: a line an entry, a theme or a situation, and commune, in
 * alphabetical order. Nothing for the other roles: it isn't theirs to decide.
 */
export async function listChangedBeneath(db: Db, account: Account): Promise<ChangedBeneath[]> {
	if (account.role !== 'mairie') return [];
	const changed = [
		...(await changedEntries(db, account.communes)),
		...(await changedThemes(db, account.communes)),
		...(await changedMoments(db, account.communes))
	];
	return changed.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

async function changedEntries(db: Db, communes: string[]): Promise<ChangedBeneath[]> {
	const variants = await db
		.selectFrom('service_variant')
		.innerJoin('publication', 'publication.service_id', 'service_variant.service_id')
		.select(['service_variant.service_id', 'commune', 'field', 'mode', 'value', 'base_value'])
		.where('commune', 'in', communes)
		.execute();
	const ids = [...new Set(variants.map(({ service_id }) => service_id))];
	const rows = await db.selectFrom('service').selectAll().where('id', 'in', ids).execute();
	return rows.flatMap((row) => {
		const base = factsOf(row) as unknown as Facts;
		const own = Map.groupBy(
			variants.filter(({ service_id }) => service_id === row.id),
			({ commune }) => commune
		);
		return Array.from(own, ([commune, words]) => ({
			nom: row.nom,
			commune,
			fields: wordsFields
				.filter(({ name }) =>
					words.some((one) => one.field === name && hasChanged(JSON.parse(one.base_value), base[name]))
				)
				.map(({ label }) => label),
			path: `/mairie/fiches/${row.slug}/commun?commune=${commune}`
		})).filter(({ fields }) => fields.length > 0);
	});
}

async function changedThemes(db: Db, communes: string[]): Promise<ChangedBeneath[]> {
	const rows = await db
		.selectFrom('theme_variant')
		.innerJoin('theme', 'theme.slug', 'theme_variant.theme')
		.select(['theme', 'nom', 'commune', 'introduction', 'base_value'])
		.where('commune', 'in', communes)
		.where('field', '=', 'introduction')
		.execute();
	return rows
		.filter(({ base_value, introduction }) => hasChanged(JSON.parse(base_value), introduction))
		.map(({ theme, nom, commune }) => ({
			nom,
			commune,
			fields: ['Introduction'],
			path: `/mairie/themes/${theme}?commune=${commune}`
		}));
}

interface WordsRow {
	field: string;
	mode: 'replace' | 'add';
	value: string;
	base_value: string;
}

async function keptWords(db: Db, serviceId: number, commune: string | null): Promise<WordsRow[]> {
	return db
		.selectFrom('service_variant')
		.select(['field', 'mode', 'value', 'base_value'])
		.where('service_id', '=', serviceId)
		.where('commune', '=', commune ?? '')
		.execute();
}

function ownWords(field: Field, { mode, value, base_value }: WordsRow, base: Facts): OwnWords {
	const { name, label } = field;
	const own = { field: name, mode, value: JSON.parse(value) as unknown };
	const kept = { name, label, mode, value: own.value, then: JSON.parse(base_value) as unknown };
	const read = mergeVariants(base, [own])[name];
	return ownWordsOf({ ...kept, now: base[name], read }, (words) => wordsOfValue(field, words));
}
