import type { Account } from '#lib/domain/accounts.ts';
import type { Rank } from '#lib/domain/freshness/review.ts';
import type { Rhythm } from '#lib/domain/freshness/rhythm.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';

/** Who is chosen to answer for an entry. */
export interface ChosenPerson {
	/** An address as `mailAddress` gives it. */
	courriel: string;
	/** As residents read it. */
	nom: string;
	/** Whether what they correct is published at once. */
	publishes: boolean;
}

interface KeptEntry {
	id: number;
	slug: string;
}

/** Who was chosen for an entry, by rank; nobody where it is left to the mairie or the administration. */
export async function findMaintainers(db: Db, id: number): Promise<Partial<Record<Rank, ChosenPerson>>> {
	const rows = await db.selectFrom('maintainer').selectAll().where('service_id', '=', id).execute();
	return Object.fromEntries(
		rows.map(({ rank, courriel, nom, publishes }) => [rank, { courriel, nom, publishes: publishes === 1 }])
	);
}

/**
 * Chooses who answers for an entry at this rank, or nobody any more (null). Links sent to whoever is replaced no longer
 * open it; someone who had left and is chosen again is asked again.
 */
export async function setMaintainer(
	db: Db,
	{ id, slug }: KeptEntry,
	rank: Rank,
	person: ChosenPerson | null,
	by: Account
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db.deleteFrom('maintainer').where('service_id', '=', id).where('rank', '=', rank).execute();
		if (person !== null) {
			const { courriel, nom, publishes } = person;
			await db
				.insertInto('maintainer')
				.values({
					service_id: id,
					rank,
					courriel,
					nom,
					publishes: publishes ? 1 : 0,
					set_at: new Date(now()).toISOString(),
					set_by: by.nom
				})
				.execute();
			await db
				.deleteFrom('departure')
				.where('service_id', '=', id)
				.where('courriel', '=', courriel)
				.execute();
		}
		await record(db, by, 'suivi-change', slug);
	});
}

/** Chooses how often an entry is looked at again; null: as its kind calls for. */
export async function setRhythm(
	db: Db,
	{ id, slug }: KeptEntry,
	rhythm: Rhythm | null,
	by: Account
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db.deleteFrom('review_rhythm').where('service_id', '=', id).execute();
		if (rhythm !== null) await db.insertInto('review_rhythm').values({ service_id: id, rhythm }).execute();
		await record(db, by, 'suivi-change', slug);
	});
}
