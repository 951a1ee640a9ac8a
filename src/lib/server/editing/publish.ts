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
import { type Editor, keepRevision, versionOf } from './revisions.ts';

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
		const last = await versionOf(db, id, variantOf);
		if (last !== editable.version) throw new ConflictError(`${slug} has a newer version`);
		if (last === 0) await keepFirst(db, editable);
		if (variantOf === null) await writeEntry(db, id, facts, by);
		else await writeWords(db, editable, variantOf, facts, by);
		await keepRevision(db, id, variantOf, stateOf(facts), by);
		const action = variantOf === null ? 'fiche-publiee' : 'variante-publiee';
		await record(db, by, action, variantOf === null ? slug : `${slug} (${variantOf})`);
		await indexServices(db, [id]);
	});
}

/** The fields of a state that its history keeps. */
export function stateOf(facts: Facts): Record<string, unknown> {
	return Object.fromEntries(fields.map(({ name }) => [name, facts[name] ?? null]));
}

/** The first edit also keeps what people read until then. */
async function keepFirst(db: Db, { id, variantOf, facts }: Editable): Promise<void> {
	const publication = await db
		.selectFrom('publication')
		.select(['published_at', 'published_by'])
		.where('service_id', '=', id)
		.executeTakeFirst();
	if (publication)
		await keepRevision(db, id, variantOf, stateOf(facts), publication.published_by, publication.published_at);
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
