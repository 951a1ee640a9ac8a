import { wordsFields } from '#lib/domain/editing/fields.ts';
import { choiceAfter } from '#lib/domain/editing/own-state.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import type { Action } from '#lib/domain/journal.ts';
import { mergeVariants } from '#lib/domain/variants.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';
import { indexServices } from '../search/search.ts';
import { findArchive } from './archive.ts';
import { dropDraft } from './drafts.ts';
import type { Editable } from './editable.ts';
import { readEntryFacts, writeEntryFacts } from './entry-facts.ts';
import { type Cause, type Editor, keepRevision, listRevisions, versionOf } from './revisions.ts';

/** Someone published the same entry since the editor opened it: nothing was written. */
export class ConflictError extends Error {}

/** Someone archived the entry since the editor opened it: nothing was written. */
export class ArchivedError extends Error {}

/** What is published otherwise than from the form of an entry. */
export interface PublishOptions {
	/** What a commune adds after the common text, by field: kept so where the facts are the common text with it. */
	additions?: Readonly<Record<string, unknown>>;
	/** The editor's draft stays: what is published wasn't typed in the entry's form. */
	keepsDraft?: boolean;
	/** What the journal says of it. */
	action?: Action;
	/** What the history says wrote it. */
	cause?: Cause;
}

/**
 * Publishes what an editor wrote, at once for every reader: the entry itself, or a commune's words on it. What was
 * there before is kept in the history, what is there now too, and the journal says who did it; the editor's draft goes.
 * `editable` is the entry as the editor began from; its `version` must still be the last. Only the fields of its form
 * are written.
 * @throws ConflictError when it isn't the last, ArchivedError when nobody reads the entry any more
 */
export async function publish(
	db: Db,
	editable: Editable,
	facts: Facts,
	by: Editor,
	options: PublishOptions = {}
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { id, variantOf, slug } = editable;
		if (await findArchive(db, id)) throw new ArchivedError(`${slug} is archived`);
		if ((await versionOf(db, id, variantOf)) !== editable.version)
			throw new ConflictError(`${slug} has a newer version`);
		if (variantOf === null) await publishEntry(db, editable, facts, by, options);
		else await publishWords(db, editable, variantOf, facts, by, options);
		if (!options.keepsDraft && by.id !== null) await dropDraft(db, editable, by.id);
		await indexServices(db, [id]);
	});
}

async function publishEntry(
	db: Db,
	{ id, slug, form }: Editable,
	facts: Facts,
	by: Editor,
	{ cause }: PublishOptions
): Promise<void> {
	const before = await presentFacts(db, id);
	await keepFirst(db, id, null, before);
	await writeEntryFacts(db, id, facts, form.fields);
	const after = await presentFacts(db, id);
	await keepRevision(db, id, null, after, by, cause && { cause });
	const isSeen = form.fields.some(
		({ name, professional }) => !professional && !isSame(before[name], after[name])
	);
	if (isSeen) await db.updateTable('service').set({ date_maj: today() }).where('id', '=', id).execute();
	await db
		.insertInto('publication')
		.values({ service_id: id, published_at: new Date(now()).toISOString(), published_by: by.nom })
		.onConflict((conflict) => conflict.column('service_id').doNothing())
		.execute();
	await record(db, by, 'fiche-publiee', slug);
}

async function publishWords(
	db: Db,
	editable: Editable,
	commune: string,
	facts: Facts,
	by: Editor,
	{ additions = {}, action = 'variante-publiee' }: PublishOptions
): Promise<void> {
	const { id, slug, base } = editable;
	await keepFirst(db, id, commune, {
		...ownOf(editable.facts, base),
		...(await additionsOf(db, id, commune))
	});
	await writeWords(db, editable, commune, facts, additions, by);
	const state = { ...ownOf(facts, base), ...(await additionsOf(db, id, commune)) };
	await keepRevision(db, id, commune, state, by);
	await record(db, by, action, `${slug} (${commune})`);
}

/** What a commune adds after the common text, as the history keeps it: under `ajouts`, when there is any. */
async function additionsOf(
	db: Db,
	id: number,
	commune: string
): Promise<{ ajouts?: Record<string, unknown> }> {
	const rows = await db
		.selectFrom('service_variant')
		.select(['field', 'value'])
		.where('service_id', '=', id)
		.where('commune', '=', commune)
		.where('mode', '=', 'add')
		.execute();
	if (rows.length === 0) return {};
	return {
		ajouts: Object.fromEntries(rows.map(({ field, value }) => [field, JSON.parse(value) as unknown]))
	};
}

async function presentFacts(db: Db, id: number): Promise<Facts> {
	const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	return readEntryFacts(db, row);
}

/** What a commune says of its own: what differs from the base. */
function ownOf(facts: Facts, base: Facts): Facts {
	const kept = wordsFields.filter(({ name }) => !isSame(facts[name], base[name]));
	return Object.fromEntries(kept.map(({ name }) => [name, facts[name] ?? null]));
}

/**
 * The first edit also keeps what was there until then; so does the first one since the site keeps more facts of an entry
 * than the last state has.
 */
async function keepFirst(db: Db, id: number, commune: string | null, state: Facts): Promise<void> {
	const last = (await listRevisions(db, id, commune))[0];
	if (last && (commune !== null || Object.keys(state).every((name) => name in last.state))) return;
	const publication = await db
		.selectFrom('publication')
		.select(['published_at', 'published_by'])
		.where('service_id', '=', id)
		.executeTakeFirst();
	const { who, at } = last ?? {
		who: publication?.published_by ?? 'amorce',
		at: publication?.published_at ?? new Date(now()).toISOString()
	};
	await keepRevision(db, id, commune, state, who, { at });
}

/** A commune keeps words of its own for the fields that differ from the base; the others follow the base again. */
async function writeWords(
	db: Db,
	{ id, base, own }: Editable,
	commune: string,
	facts: Facts,
	additions: Readonly<Record<string, unknown>>,
	by: Editor
): Promise<void> {
	const at = new Date(now()).toISOString();
	for (const { name } of wordsFields) {
		const kept = own.filter(({ field }) => field === name);
		if (!(name in additions) && isSame(facts[name], mergeVariants(base, kept)[name])) continue;
		const choice = choiceAfter({ base, own }, name, facts[name], additions[name]);
		await db
			.deleteFrom('service_variant')
			.where('service_id', '=', id)
			.where('commune', '=', commune)
			.where('field', '=', name)
			.execute();
		if (choice === null) continue;
		await db
			.insertInto('service_variant')
			.values({
				service_id: id,
				commune,
				field: name,
				mode: choice.mode,
				value: JSON.stringify(choice.value),
				base_value: JSON.stringify(base[name] ?? null),
				changed_at: at,
				changed_by: by.nom
			})
			.execute();
	}
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
