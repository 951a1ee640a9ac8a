import type { Account } from '#lib/domain/accounts.ts';
import { likelyPairs, type Pair } from '#lib/domain/census/merging.ts';
import type { Db } from '../database/schema.ts';
import { listStored, type StoredEntry } from './states.ts';

/** The entries that an account may change whole, but for archived ones: all; a mairie's own. */
export async function listMergeable(
	db: Db,
	account: Pick<Account, 'role' | 'communes'>
): Promise<StoredEntry[]> {
	return (await listStored(db)).filter(({ state, isArchived }) => !isArchived && isMine(account, state));
}

/** Whether an account may change an entry of this commune whole. */
export function isMine(
	{ role, communes }: Pick<Account, 'role' | 'communes'>,
	{ commune }: { commune: string | null }
): boolean {
	if (role === 'administration') return true;
	return role === 'mairie' && commune !== null && communes.includes(commune);
}

/** The pairs of an account's entries that are likely the same. */
export async function listDuplicates(
	db: Db,
	account: Pick<Account, 'role' | 'communes'>
): Promise<Pair<StoredEntry>[]> {
	// The one that people read, then the older, is proposed to stay.
	const entries = (await listMergeable(db, account)).toSorted(
		(a, b) => Number(b.isPublished) - Number(a.isPublished) || a.id - b.id
	);
	return likelyPairs(entries);
}
