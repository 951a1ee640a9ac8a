import type { Selectable } from 'kysely';
import type { Permanence } from '#lib/domain/permanence.ts';
import { now } from './clock.ts';
import { keptUntilEdit } from './database/kept.ts';
import { inTransaction } from './database/open.ts';
import type { Db, PermanenceTable } from './database/schema.ts';
import type { Editor } from './editing/revisions.ts';
import { record } from './journal.ts';

/** A permanence of a service, under way or ended. */
export type KeptPermanence = Selectable<PermanenceTable>;

/** Someone ended this permanence meanwhile: nothing was written. */
export class EndedError extends Error {}

/** The permanences under way of every service, by service, in the order of the communes. */
export async function permanencesByService(db: Db): Promise<ReadonlyMap<number, Permanence[]>> {
	return keptUntilEdit(db, 'permanences', async () => {
		const rows = await ordered(db).where('ended_at', 'is', null).execute();
		const permanences = new Map<number, Permanence[]>();
		for (const { service_id, commune, lieu, adresse, horaires_accueil, precisions } of rows)
			permanences.set(service_id, [
				...(permanences.get(service_id) ?? []),
				{ commune, lieu, adresse, horaires_accueil, precisions }
			]);
		return permanences;
	});
}

/** The permanences of a service, ended ones too: of these communes, or of all when undefined. */
export async function listPermanences(
	db: Db,
	serviceId: number,
	communes?: string[]
): Promise<KeptPermanence[]> {
	return ordered(db)
		.where('service_id', '=', serviceId)
		.$if(communes !== undefined, (query) => query.where('permanence.commune', 'in', communes ?? []))
		.execute();
}

function ordered(db: Db) {
	return db
		.selectFrom('permanence')
		.innerJoin('commune', 'commune.slug', 'permanence.commune')
		.selectAll('permanence')
		.orderBy('commune.position')
		.orderBy('permanence.id');
}

/**
 * Makes a permanence known to people, at once. With `instead`, it takes the place of that one, which ends.
 * @throws EndedError when `instead` has ended, or is not of this service and commune
 */
export async function addPermanence(
	db: Db,
	service: { id: number; slug: string },
	permanence: Permanence,
	by: Editor,
	instead?: number
): Promise<void> {
	await inTransaction(db, async (db) => {
		if (instead !== undefined) await end(db, service.id, permanence.commune, instead, by);
		await db
			.insertInto('permanence')
			.values({ ...permanence, service_id: service.id, added_at: present(), added_by: by.nom })
			.execute();
		await record(db, by, 'permanence-publiee', `${service.slug} (${permanence.commune})`);
	});
}

/**
 * Ends a permanence: people no longer read it; it is kept, and can be resumed.
 * @throws EndedError when it has ended, or is not of this service and commune
 */
export async function endPermanence(
	db: Db,
	service: { id: number; slug: string },
	commune: string,
	id: number,
	by: Editor
): Promise<void> {
	await inTransaction(db, async (db) => {
		await end(db, service.id, commune, id, by);
		await record(db, by, 'permanence-retiree', `${service.slug} (${commune})`);
	});
}

/** Puts an ended permanence back where people read it. One under way, or of another service or commune, is left as it is. */
export async function resumePermanence(
	db: Db,
	service: { id: number; slug: string },
	commune: string,
	id: number,
	by: Editor
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await named(db, service.id, commune, id)
			.set({ ended_at: null, ended_by: null })
			.where('ended_at', 'is not', null)
			.executeTakeFirst();
		if (numUpdatedRows > 0n) await record(db, by, 'permanence-publiee', `${service.slug} (${commune})`);
	});
}

async function end(db: Db, serviceId: number, commune: string, id: number, by: Editor): Promise<void> {
	const { numUpdatedRows } = await named(db, serviceId, commune, id)
		.set({ ended_at: present(), ended_by: by.nom })
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) throw new EndedError(`permanence ${id} has ended`);
}

function named(db: Db, serviceId: number, commune: string, id: number) {
	return db
		.updateTable('permanence')
		.where('id', '=', id)
		.where('service_id', '=', serviceId)
		.where('commune', '=', commune);
}

function present(): string {
	return new Date(now()).toISOString();
}
