import type { Account } from '#lib/domain/accounts.ts';
import { type FieldName, fieldsOffered } from '#lib/domain/editing/fields.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';
import { getTerritory } from '../territory.ts';
import type { Editable } from './editable.ts';
import { readEntryFacts, structureNamed, writeEntryFacts } from './entry-facts.ts';
import { type Editor, keepRevision } from './revisions.ts';
import { freeSlug } from './slugs.ts';

/** What is asked before an entry exists. */
export interface NewEntry {
	nom: string;
	/** One of the natures of an entry. */
	nature: string;
	/** Its first place: `theme/section`. */
	place: string;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
}

/** What a copy takes of another entry: all but what makes it this one, and what was said to professionals of it. */
const notCopied: readonly FieldName[] = ['nom', 'nom_court', 'nature', 'themes', 'communes', 'urgence'];

/** The communes for which an account creates entries: null stands for the common base. */
export function placesToCreate(account: Account, communes: readonly string[]): (string | null)[] {
	if (account.role === 'administration') return [null, ...communes];
	return communes.filter((commune) => account.communes.includes(commune));
}

/**
 * Creates an entry that nobody reads until it is published, and returns its slug. `model` is an entry that the account may
 * change, of which it takes the facts. Its history begins here.
 */
export async function createEntry(db: Db, entry: NewEntry, by: Editor, model?: Editable): Promise<string> {
	return inTransaction(db, async (db) => {
		const { nom, nature, place, commune } = entry;
		const slug = await freeSlug(db, nom, commune);
		const communes = commune === null ? await allCommunes(db) : [commune];
		const copied = model === undefined ? {} : copiedFacts(model, commune);
		const facts: Facts = { ...copied, nom, nature, themes: [place], communes };
		const { id } = await db
			.insertInto('service')
			.values({
				structure_id: await usualStructure(db, commune),
				description: '',
				nom,
				nature,
				slug,
				commune,
				date_maj: today()
			})
			.returning('id')
			.executeTakeFirstOrThrow();
		const everything = fieldsOffered({ variantOf: null, commune: null, isAdministration: true });
		await writeEntryFacts(db, id, facts, everything);
		const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
		await keepRevision(db, id, null, await readEntryFacts(db, row), by);
		await record(db, by, 'fiche-creee', slug);
		return slug;
	});
}

function copiedFacts(model: Editable, commune: string | null): Facts {
	const names = model.form.fields.filter(({ name, professional }) => {
		// Whom to call meanwhile is not the same for whoever reads elsewhere.
		const isElsewhere = name === 'en_attendant' && model.commune !== commune;
		return !professional && !isElsewhere && !notCopied.includes(name);
	});
	return Object.fromEntries(names.map(({ name }) => [name, model.facts[name]]));
}

async function allCommunes(db: Db): Promise<string[]> {
	const rows = await db.selectFrom('commune').select('slug').orderBy('position').execute();
	return rows.map(({ slug }) => slug);
}

/** Who runs most likely what is created there: whoever runs the mairie, or answers for the territory. */
async function usualStructure(db: Db, commune: string | null): Promise<number> {
	const { contact_id, nom } = await getTerritory(db);
	const mairie =
		commune === null
			? undefined
			: await db.selectFrom('commune').select('mairie_id').where('slug', '=', commune).executeTakeFirst();
	const found = await db
		.selectFrom('service')
		.select('structure_id')
		.where('id', 'in', [mairie?.mairie_id ?? -1, contact_id ?? -1])
		.orderBy((eb) => eb('id', '=', mairie?.mairie_id ?? -1), 'desc')
		.executeTakeFirst();
	return found?.structure_id ?? structureNamed(db, nom);
}
