import type { Account } from '#lib/domain/accounts.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Db } from '../database/schema.ts';
import { wholeDirectory } from '../directory.ts';
import { type Editable, findEditableById } from '../editing/editable.ts';
import { search } from '../search/search.ts';

/** An entry that an account may propose to change. */
export interface ProposableEntry {
	slug: string;
	nom: string;
	/** The commune it belongs to; null when it is common to all of those it serves. */
	commune: string | null;
}

/**
 * The entry of this slug as every reader has it, for an account that may propose to change it: anyone's that is
 * published, but its own. Undefined otherwise, and for those who propose nothing.
 */
export async function findProposable(db: Db, account: Account, slug: string): Promise<Editable | undefined> {
	const service = (await wholeDirectory(db)).bySlug.get(slug);
	if (!service || !mayPropose(account, service)) return undefined;
	return findEditableById(db, service.id, null);
}

/** The entries that answer a search, among those that this account may propose to change; the best first. */
export async function searchProposable(
	db: Db,
	account: Account,
	q: string,
	limit: number
): Promise<ProposableEntry[]> {
	if (q.trim() === '') return [];
	const { byId } = await wholeDirectory(db);
	const { ids } = await search(db, { q, commune: undefined, limit: 4 * limit });
	return ids
		.flatMap((id) => byId.get(id) ?? [])
		.filter((service) => mayPropose(account, service))
		.slice(0, limit)
		.map(({ slug, nom, commune }) => ({ slug, nom, commune }));
}

/** The communauté de communes changes what it likes; whoever only reads proposes nothing. */
function mayPropose({ role, communes }: Account, { commune }: Pick<Service, 'commune'>): boolean {
	if (role === 'mairie') return commune === null || !communes.includes(commune);
	return role === 'agent';
}
