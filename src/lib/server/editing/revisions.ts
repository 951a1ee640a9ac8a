import type { Account } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';

/** Who does something to an entry. */
export type Editor = Pick<Account, 'id' | 'nom'>;

/** A state of an entry, or of a commune's words on it, that people could read. */
export interface Revision {
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	state: Record<string, unknown>;
}

/** The states of an entry (`commune` null), or of what a commune says of it, the newest first. */
export async function listRevisions(db: Db, serviceId: number, commune: string | null): Promise<Revision[]> {
	const rows = await of(db, serviceId, commune).orderBy('id', 'desc').execute();
	return rows.map(({ id, at, who, state }) => ({
		id,
		at,
		who,
		state: JSON.parse(state) as Record<string, unknown>
	}));
}

/** The number of the last state: what an editor began from. 0 before the first edit. */
export async function versionOf(db: Db, serviceId: number, commune: string | null): Promise<number> {
	const row = await of(db, serviceId, commune).orderBy('id', 'desc').limit(1).executeTakeFirst();
	return row?.id ?? 0;
}

/** Keeps a state in the history, for ever. `at` is ISO 8601, now unless it is told. */
export async function keepRevision(
	db: Db,
	serviceId: number,
	commune: string | null,
	state: Record<string, unknown>,
	by: Editor | string,
	at = new Date(now()).toISOString()
): Promise<void> {
	await db
		.insertInto('revision')
		.values({
			service_id: serviceId,
			commune,
			at,
			account_id: typeof by === 'string' ? null : by.id,
			who: typeof by === 'string' ? by : by.nom,
			state: JSON.stringify(state)
		})
		.execute();
}

function of(db: Db, serviceId: number, commune: string | null) {
	return db
		.selectFrom('revision')
		.selectAll()
		.where('service_id', '=', serviceId)
		.where('commune', 'is', commune);
}
