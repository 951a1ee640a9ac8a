import type { EntryState } from '#lib/domain/census/entry.ts';
import { normalHeader } from '#lib/domain/census/header.ts';
import { fields } from '#lib/domain/editing/fields.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import type { Db } from '../database/schema.ts';
import { publish } from '../editing/publish.ts';
import { type Editor, versionOf } from '../editing/revisions.ts';
import { today } from '../reading.ts';
import { getStored, noProfessional } from './states.ts';

/** Writes whole entries, several in a row, inside the transaction it was opened in. */
export interface Writer {
	/**
	 * Writes an entry as it must be. One that people read, or that is to be published, goes through the history and the
	 * journal as when an editor publishes it; a draft stays a draft.
	 */
	update(id: number, state: EntryState, by: Editor, options?: { publishDraft?: boolean }): Promise<void>;
	/** Creates an entry, a draft, and gives its number. Its slug is the one wanted when it is free, else made from its name. */
	create(state: EntryState): Promise<number>;
}

/** A writer on this transaction. It alone must create entries and structures meanwhile. */
export async function openWriter(db: Db): Promise<Writer> {
	const slugs = new Set(
		[
			...(await db.selectFrom('service').select('slug').execute()),
			...(await db.selectFrom('former_slug').select('slug').execute())
		].map((row) => row.slug)
	);
	const structures = await db.selectFrom('structure').select(['id', 'slug', 'nom']).orderBy('id').execute();

	async function structureOf(nom: string): Promise<number> {
		const wanted = normalHeader(nom);
		const found = structures.find((one) => one.slug === nom || normalHeader(one.nom) === wanted);
		if (found) return found.id;
		const slug = free(slugOf(nom), (one) => structures.some((known) => known.slug === one));
		const { id } = await db
			.insertInto('structure')
			.values({ slug, nom, siren: null, site_web: null, source: null })
			.returning('id')
			.executeTakeFirstOrThrow();
		structures.push({ id, slug, nom });
		return id;
	}

	return {
		async update(id, state, by, { publishDraft = false } = {}) {
			const { state: before, isPublished } = await getStored(db, id);
			const structure =
				state.structure === before.structure ? {} : { structure_id: await structureOf(state.structure) };
			await db
				.updateTable('service')
				.set({ ...columnsOf(state), ...structure, date_maj: today() })
				.where('id', '=', id)
				.execute();
			await writeAround(db, id, state);
			if (isPublished || publishDraft) await publishState(db, id, before, state, by, isPublished);
		},
		async create(state) {
			const slug = freeSlug(state, (one) => slugs.has(one));
			slugs.add(slug);
			const { id } = await db
				.insertInto('service')
				.values({
					...columnsOf(state),
					nom: String(state.facts.nom),
					description: String(state.facts.description),
					slug,
					commune: state.commune,
					structure_id: await structureOf(state.structure),
					date_maj: today()
				})
				.returning('id')
				.executeTakeFirstOrThrow();
			await writeAround(db, id, state);
			return id;
		}
	};
}

async function publishState(
	db: Db,
	id: number,
	before: EntryState,
	after: EntryState,
	by: Editor,
	isPublished: boolean
): Promise<void> {
	const editable = {
		id,
		slug: before.slug,
		commune: before.commune,
		variantOf: null,
		facts: formOf(before),
		base: formOf(before),
		own: [],
		version: await versionOf(db, id, null),
		isPublished
	};
	// What stands around the words (themes, communes) is in the search too: `publish` indexes it.
	await publish(db, editable, formOf(after), by);
}

function formOf({ facts }: EntryState): Facts {
	return Object.fromEntries(fields.map(({ name }) => [name, facts[name] ?? null])) as Facts;
}

function columnsOf({ facts, nature, urgence, mots, source, source_lien, releve_le }: EntryState) {
	const written = Object.entries(facts).map(([name, value]) => [
		name,
		Array.isArray(value) ? JSON.stringify(value) : value
	]);
	return {
		...(Object.fromEntries(written) as Record<string, string | number | null>),
		nature,
		urgence: urgence ? 1 : 0,
		mots: JSON.stringify(mots),
		source,
		source_lien,
		releve_le: source === null ? null : releve_le
	};
}

/** The communes that read it, its places among themes, what is for professionals. */
async function writeAround(
	db: Db,
	id: number,
	{ communes, themes, professional }: EntryState
): Promise<void> {
	await db.deleteFrom('service_commune').where('service_id', '=', id).execute();
	if (communes.length > 0)
		await db
			.insertInto('service_commune')
			.values(communes.map((commune) => ({ service_id: id, commune })))
			.execute();
	const places = await db.deleteFrom('service_theme').where('service_id', '=', id).returningAll().execute();
	for (const { theme, section } of themes) {
		const place = places.find((one) => one.theme === theme && one.section === section);
		await db
			.insertInto('service_theme')
			.values({ service_id: id, theme, section, position: place?.position ?? 100 })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
	await db.deleteFrom('professional_contact').where('service_id', '=', id).execute();
	if (JSON.stringify(professional) !== JSON.stringify(noProfessional))
		await db
			.insertInto('professional_contact')
			.values({ ...professional, service_id: id })
			.execute();
}

function freeSlug({ slug, commune, facts }: EntryState, isTaken: (slug: string) => boolean): string {
	if (slug !== '' && slugOf(slug) === slug && !isTaken(slug)) return slug;
	const fromName = slugOf(String(facts.nom));
	if (!isTaken(fromName) || commune === null) return free(fromName, isTaken);
	return free(slugOf(`${fromName.slice(0, 35)} ${commune}`), isTaken);
}

/** A name as an address has it: lower-case letters and digits, in words joined by hyphens, 55 signs at most. */
function slugOf(nom: string): string {
	return normalHeader(nom).replaceAll(' ', '-').slice(0, 55).replace(/-+$/, '') || 'fiche';
}

function free(slug: string, isTaken: (slug: string) => boolean): string {
	let one = slug;
	for (let n = 2; isTaken(one); n++) one = `${slug}-${n}`;
	return one;
}
