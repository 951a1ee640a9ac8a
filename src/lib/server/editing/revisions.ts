import type { Account } from '#lib/domain/accounts.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { now } from '../clock.ts';
import type { RevisionTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';

/** Who does something to an entry. Whoever answers a mail's link has no account: `id` is null. */
export type Editor = Pick<Account, 'nom'> & { id: number | null };

/** What wrote a state, when nobody published it from a form. */
export type Cause = NonNullable<RevisionTable['cause']>;

/** A state of an entry as it was created or published, or of a commune's words on it. */
export interface Revision {
	id: number;
	/** ISO 8601. */
	at: string;
	who: string;
	cause: Cause | null;
	/** The entry's fields; of a commune's words, those of its own only. */
	state: Record<string, unknown>;
}

/** The states of an entry (`commune` null), or of what a commune says of it, the newest first. */
export async function listRevisions(db: Db, serviceId: number, commune: string | null): Promise<Revision[]> {
	const rows = await db
		.selectFrom('revision')
		.selectAll()
		.where('service_id', '=', serviceId)
		.where('commune', 'is', commune)
		.orderBy('id', 'desc')
		.execute();
	return rows.map(({ id, at, who, cause, state }) => ({
		id,
		at,
		who,
		cause,
		state: JSON.parse(state) as Record<string, unknown>
	}));
}

/**
 * The last state that an editor's form depends on: the entry's, or for a commune's words theirs or the common base's.
 * Undefined before the first edit.
 */
export async function lastRevision(db: Db, serviceId: number, commune: string | null) {
	return db
		.selectFrom('revision')
		.select(['id', 'who', 'account_id'])
		.where('service_id', '=', serviceId)
		.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', 'is', commune)]))
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Whether a state is of this account, that publishes in two tabs at once. */
export function isBy(revision: { account_id: number | null } | undefined, me: number | null): boolean {
	return me !== null && revision?.account_id === me;
}

/** The number of that state, from which an editor begins: 0 before the first edit. */
export async function versionOf(db: Db, serviceId: number, commune: string | null): Promise<number> {
	return (await lastRevision(db, serviceId, commune))?.id ?? 0;
}

/** The state that stood at a version, in a history the newest first; the first one known before it, if any. */
export function stateAt(revisions: readonly Revision[], version: number): Revision['state'] | undefined {
	return (revisions.find(({ id }) => id <= version) ?? revisions.at(-1))?.state;
}

/**
 * The same history, each state told in full: a fact that an older version of the site didn't keep is the one known
 * before, else the first known after, else the present one.
 */
export function completed(revisions: readonly Revision[], present: Facts): Revision[] {
	const first = { ...present, ...Object.assign({}, ...revisions.map(({ state }) => state)) } as Facts;
	let known = first;
	return revisions
		.toReversed()
		.map((revision) => ({ ...revision, state: (known = { ...known, ...revision.state }) }))
		.toReversed();
}

/** Keeps a state in the history, for ever. `at` is ISO 8601, now unless it is told; `cause` is what wrote it, if not a form. */
export async function keepRevision(
	db: Db,
	serviceId: number,
	commune: string | null,
	state: Record<string, unknown>,
	by: Editor | string,
	{ at = new Date(now()).toISOString(), cause = null }: { at?: string; cause?: Cause | null } = {}
): Promise<void> {
	await db
		.insertInto('revision')
		.values({
			service_id: serviceId,
			commune,
			at,
			account_id: typeof by === 'string' ? null : by.id,
			who: typeof by === 'string' ? by : by.nom,
			state: JSON.stringify(state),
			cause
		})
		.execute();
}
