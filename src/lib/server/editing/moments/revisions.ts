import type { MomentState, MomentVariant } from '#lib/domain/moments/state.ts';
import { now } from '../../clock.ts';
import type { Db } from '../../database/schema.ts';
import type { Editor } from '../revisions.ts';

/** A state of a situation that people could read, or what a commune said of it then. */
export interface MomentRevision {
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	state: MomentState | MomentVariant;
}

/** The states of a situation's common words (`commune` null), or of what a commune says of it, the newest first. */
export async function listMomentRevisions(
	db: Db,
	id: number,
	commune: string | null
): Promise<MomentRevision[]> {
	const rows = await db
		.selectFrom('moment_revision')
		.select(['id', 'at', 'who', 'state'])
		.where('moment_id', '=', id)
		.where('commune', 'is', commune)
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ state, ...row }) => ({
		...row,
		state: JSON.parse(state) as MomentState | MomentVariant
	}));
}

/** The last state that a form depends on: the common words', or for a commune its own too. Undefined where there is none. */
export async function lastMomentRevision(db: Db, id: number, commune: string | null) {
	return db
		.selectFrom('moment_revision')
		.select(['id', 'who', 'account_id'])
		.where('moment_id', '=', id)
		.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', 'is', commune)]))
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Keeps a state in the history, for ever: from then on it is what people read. `at` is ISO 8601, now unless it is told. */
export async function keepMomentRevision(
	db: Db,
	id: number,
	commune: string | null,
	state: MomentState | MomentVariant,
	by: Editor | string,
	at = new Date(now()).toISOString()
): Promise<void> {
	await db
		.insertInto('moment_revision')
		.values({
			moment_id: id,
			commune,
			at,
			account_id: typeof by === 'string' ? null : by.id,
			who: typeof by === 'string' ? by : by.nom,
			state: JSON.stringify(state)
		})
		.execute();
}
