import type { EntryState } from '#lib/domain/census/entry.ts';
import { fieldsOffered, wordsFields } from '#lib/domain/editing/fields.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import type { Db } from '../database/schema.ts';
import { readEntryFacts, structureNamed, writeEntryFacts } from '../editing/entry-facts.ts';
import { publish } from '../editing/publish.ts';
import { type Cause, type Editor, keepRevision, versionOf } from '../editing/revisions.ts';
import { freeSlug, isFree } from '../editing/slugs.ts';
import { today } from '../reading.ts';
import { getStored } from './states.ts';

/* Writes whole entries as a file or a merge would have them, in the caller's transaction. */

/** Every field of an entry, as whoever imports for the whole territory fills them. */
const everything = fieldsOffered({ variantOf: null, commune: null, isAdministration: true });

/**
 * Writes an entry as it must be. One that people read, or that is to be published, goes through the history and the
 * journal as when an editor publishes it, and the history says what `cause` it has; a draft stays a draft, and an archived
 * one archived.
 */
export async function updateEntry(
	db: Db,
	id: number,
	state: EntryState,
	by: Editor,
	{ publishDraft = false, cause }: { publishDraft?: boolean; cause?: Cause } = {}
): Promise<void> {
	const { state: before, isPublished, isArchived } = await getStored(db, id);
	await db.updateTable('service').set(columnsBeside(state)).where('id', '=', id).execute();
	if (isArchived || (!isPublished && !publishDraft)) {
		await writeEntryFacts(db, id, factsOf(state), everything);
		await db.updateTable('service').set({ date_maj: today() }).where('id', '=', id).execute();
		return;
	}
	const editable = {
		id,
		slug: before.slug,
		commune: before.commune,
		variantOf: null,
		form: { fields: everything, choices: {} },
		facts: factsOf(before),
		base: factsOf(before),
		own: [],
		version: await versionOf(db, id, null),
		isPublished,
		archive: undefined
	};
	await publish(db, editable, factsOf(state), by, cause && { cause });
}

/** Creates an entry, a draft, and gives its number. Its slug is the one wanted when it is free, else made from its name. */
export async function insertEntry(db: Db, state: EntryState, by: Editor): Promise<number> {
	const nom = String(state.facts.nom);
	const slug = (await isFree(db, state.slug)) ? state.slug : await freeSlug(db, nom, state.commune);
	const { id } = await db
		.insertInto('service')
		.values({
			...columnsBeside(state),
			nom,
			description: String(state.facts.description),
			nature: state.nature,
			slug,
			commune: state.commune,
			structure_id: await structureNamed(db, state.structure),
			date_maj: today()
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await writeEntryFacts(db, id, factsOf(state), everything);
	const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	await keepRevision(db, id, null, await readEntryFacts(db, row), by);
	return id;
}

/** What an editor would type of an entry; whom to call meanwhile is in no file, and stays. */
function factsOf(state: EntryState): Facts {
	const { facts, nature, urgence, mots, structure, communes, themes, professional } = state;
	return {
		...Object.fromEntries(wordsFields.map(({ name }) => [name, facts[name] ?? null])),
		nature,
		urgence,
		mots,
		structure,
		communes,
		themes: themes.map(({ theme, section }) => `${theme}/${section}`),
		...Object.fromEntries(Object.entries(professional).map(([name, value]) => [`pro_${name}`, value]))
	};
}

/** What no editor types: where the facts were read, and where the place is. */
function columnsBeside({ facts, source, source_lien, releve_le }: EntryState) {
	const { code_insee = null, latitude = null, longitude = null } = facts as Partial<Place>;
	return {
		code_insee,
		latitude,
		longitude,
		source,
		source_lien,
		releve_le: source === null ? null : releve_le
	};
}

interface Place {
	code_insee: string | null;
	latitude: number | null;
	longitude: number | null;
}
