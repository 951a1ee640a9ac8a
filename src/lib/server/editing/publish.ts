import type { Updateable } from 'kysely';
import { fields } from '#lib/domain/editing/fields.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { mergeVariants } from '#lib/domain/variants.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db, ServiceTable } from '../database/schema.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';
import { indexServices } from '../search/search.ts';
import type { Editable } from './editable.ts';
import { type Editor, keepRevision, listRevisions, versionOf } from './revisions.ts';

/** Someone published the same entry since the editor opened it: nothing was written. */
export class ConflictError extends Error {}

/**
 * Publishes what an editor wrote, at once for every reader: the entry itself, or a commune's words on it. What was
 * there before is kept in the history, what is there now too, and the journal says who did it.
 * `editable` is the entry as the editor began from; its `version` must still be the last.
 * @throws ConflictError when it isn't
 */
export async function publish(db: Db, editable: Editable, facts: Facts, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		const { id, variantOf, slug } = editable;
		if ((await versionOf(db, id, variantOf)) !== editable.version)
			throw new ConflictError(`${slug} has a newer version`);
		if ((await listRevisions(db, id, variantOf)).length === 0) await keepFirst(db, editable);
		if (variantOf === null) await writeEntry(db, id, facts, by);
		else await writeWords(db, editable, variantOf, facts, by);
		await keepRevision(db, id, variantOf, stateOf(editable, facts), by);
		const action = variantOf === null ? 'fiche-publiee' : 'variante-publiee';
		await record(db, by, action, variantOf === null ? slug : `${slug} (${variantOf})`);
		await indexServices(db, [id]);
	});
}

/** What the history keeps of a state: the fields of an entry; of a commune's words, those that differ from the base. */
function stateOf({ variantOf, base }: Editable, facts: Facts): Record<string, unknown> {
	const kept = fields.filter(({ name }) => variantOf === null || !isSame(facts[name], base[name]));
	return Object.fromEntries(kept.map(({ name }) => [name, facts[name] ?? null]));
}

/** The first edit also keeps what people read until then. */
async function keepFirst(db: Db, editable: Editable): Promise<void> {
	const { id, variantOf, facts } = editable;
	const publication = await db
		.selectFrom('publication')
		.select(['published_at', 'published_by'])
		.where('service_id', '=', id)
		.executeTakeFirst();
	if (publication)
		await keepRevision(
			db,
			id,
			variantOf,
			stateOf(editable, facts),
			publication.published_by,
			publication.published_at
		);
}

async function writeEntry(db: Db, id: number, facts: Facts, by: Editor): Promise<void> {
	const columns = Object.fromEntries(
		fields.map(({ name }) => [name, Array.isArray(facts[name]) ? JSON.stringify(facts[name]) : facts[name]])
	) as Updateable<ServiceTable>;
	await db
		.updateTable('service')
		.set({ ...columns, date_maj: today() })
		.where('id', '=', id)
		.execute();
	await db
		.insertInto('publication')
		.values({ service_id: id, published_at: new Date(now()).toISOString(), published_by: by.nom })
		.onConflict((conflict) => conflict.column('service_id').doNothing())
		.execute();
}

/** A commune keeps words of its own for the fields that differ from the base; the others follow the base again. */
async function writeWords(
	db: Db,
	{ id, base, own }: Editable,
	commune: string,
	facts: Facts,
	by: Editor
): Promise<void> {
	const at = new Date(now()).toISOString();
	for (const { name } of fields) {
		const kept = own.filter(({ field }) => field === name);
		// Words added after the base's stay added, as long as nobody rewrites the whole.
		if (isSame(facts[name], mergeVariants(base, kept)[name])) continue;
		await db
			.deleteFrom('service_variant')
			.where('service_id', '=', id)
			.where('commune', '=', commune)
			.where('field', '=', name)
			.execute();
		if (isSame(facts[name], base[name])) continue;
		await db
			.insertInto('service_variant')
			.values({
				service_id: id,
				commune,
				field: name,
				mode: 'replace',
				value: JSON.stringify(facts[name] ?? null),
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
