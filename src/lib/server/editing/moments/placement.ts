import { now } from '../../clock.ts';
import { inTransaction } from '../../database/open.ts';
import type { Db } from '../../database/schema.ts';
import { record } from '../../journal.ts';
import { type KnownMoment, momentsIn } from '../../moments.ts';
import type { Move } from '../placement.ts';
import type { Editor } from '../revisions.ts';

/** The situations as whoever orders them sees them: those that people read, in their order, and those that the commune hides. */
export async function listPlacedMoments(
	db: Db,
	commune: string | null
): Promise<{ shown: KnownMoment[]; hidden: KnownMoment[] }> {
	const known = await momentsIn(db, commune ?? undefined);
	return {
		shown: known.filter(({ isHidden }) => !isHidden),
		hidden: known.filter(({ isHidden }) => isHidden)
	};
}

/** Whether a commune has an order of its own. */
export async function hasOwnMomentOrder(db: Db, commune: string | null): Promise<boolean> {
	if (commune === null) return false;
	const row = await db
		.selectFrom('moment_order')
		.select('moment_id')
		.where('commune', '=', commune)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Moves a situation, at once for every reader: in the commune's own order, or in the common one. False when it isn't shown
 * there; one already at its end stays where it is.
 */
export async function moveMoment(
	db: Db,
	commune: string | null,
	slug: string,
	move: Move,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const { shown, hidden } = await listPlacedMoments(db, commune);
		const at = shown.findIndex((one) => one.slug === slug);
		if (at < 0) return false;
		const to = move === 'debut' ? 0 : move === 'haut' ? at - 1 : at + 1;
		if (to < 0 || to >= shown.length || to === at) return true;
		shown.splice(to, 0, ...shown.splice(at, 1));
		const ids = [...shown, ...hidden].map(({ id }) => id);
		if (commune === null) await writeCommonOrder(db, ids);
		else await writeOwnOrder(db, commune, ids);
		await record(db, by, 'situation-rangee', commune === null ? slug : `${slug} (${commune})`);
		return true;
	});
}

async function writeCommonOrder(db: Db, ids: readonly number[]): Promise<void> {
	const others = await db
		.selectFrom('moment')
		.select('id')
		.where('id', 'not in', ids)
		.orderBy('position')
		.execute();
	for (const [position, id] of [...ids, ...others.map(({ id }) => id)].entries())
		await db.updateTable('moment').set({ position }).where('id', '=', id).execute();
}

// A commune that moves one situation holds the order of all: the common one may change beneath it.
async function writeOwnOrder(db: Db, commune: string, ids: readonly number[]): Promise<void> {
	await db.deleteFrom('moment_order').where('commune', '=', commune).execute();
	await db
		.insertInto('moment_order')
		.values(ids.map((moment_id, position) => ({ commune, moment_id, position })))
		.execute();
}

/** The commune follows the common order again. */
export async function followCommonMomentOrder(db: Db, commune: string, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numDeletedRows } = await db
			.deleteFrom('moment_order')
			.where('commune', '=', commune)
			.executeTakeFirst();
		if (numDeletedRows > 0n) await record(db, by, 'situation-rangee', commune);
	});
}

/**
 * Hides a situation in a commune, or shows it again: its lists and search follow at once, and its own address goes on
 * answering. False when it isn't there, or is an urgent one, which no commune hides.
 */
export async function setMomentHidden(
	db: Db,
	commune: string,
	slug: string,
	isHidden: boolean,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const moment = (await momentsIn(db, commune)).find((one) => one.slug === slug);
		if (!moment || (isHidden && moment.state.urgence)) return false;
		if (moment.isHidden === isHidden) return true;
		if (isHidden)
			await db
				.insertInto('hidden_moment')
				.values({
					moment_id: moment.id,
					commune,
					hidden_at: new Date(now()).toISOString(),
					hidden_by: by.nom
				})
				.onConflict((conflict) => conflict.doNothing())
				.execute();
		else
			await db
				.deleteFrom('hidden_moment')
				.where('moment_id', '=', moment.id)
				.where('commune', '=', commune)
				.execute();
		await record(db, by, isHidden ? 'situation-cachee' : 'situation-montree', `${slug} (${commune})`);
		return true;
	});
}
