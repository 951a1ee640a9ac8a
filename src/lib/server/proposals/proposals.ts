import type { Account } from '#lib/domain/accounts.ts';
import type { Change, SomeFacts } from '#lib/domain/editing/proposal.ts';
import type { ProposalTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';

/** What came of a proposal. */
export interface ProposalEnd {
	outcome: NonNullable<ProposalTable['outcome']>;
	/** ISO 8601. */
	at: string;
	by: string;
	/** What whoever answered wrote to the person. */
	answer: string | null;
	/** The proposed fields as they were published; empty unless it was accepted. */
	published: SomeFacts;
}

/** What someone proposes to change in an entry that isn't theirs. */
export interface Proposal extends Change {
	id: number;
	/** The entry as it is called now. */
	entry: { id: number; slug: string; nom: string; commune: string | null; isPublished: boolean };
	/** The commune whose words would change; null for the entry itself. */
	variantOf: string | null;
	/** The account that proposes, or a partner's mail. */
	accountId: number | null;
	courriel: string | null;
	who: string;
	/** ISO 8601. */
	at: string;
	/** The state of the entry that the person began from. */
	version: number;
	word: string | null;
	/** null while it waits. */
	end: ProposalEnd | null;
}

/** A proposal as an account sees it: it may decide, or it proposed, or both. */
export interface SeenProposal extends Proposal {
	mayDecide: boolean;
	isMine: boolean;
}

/** What a list says of a proposal. */
export interface ListedProposal {
	path: string;
	/** The entry's name. */
	nom: string;
	who: string;
	/** Since when it waits, ISO 8601. */
	since: string;
}

/** The proposal of this number; undefined when it isn't there, and for an account that neither decides nor proposed it. */
export async function findProposal(db: Db, account: Account, id: number): Promise<SeenProposal | undefined> {
	const row = await proposals(db).where('proposal.id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	const proposal = proposalOf(row);
	const seen = {
		...proposal,
		mayDecide: mayDecide(account, proposal),
		isMine: proposal.accountId === account.id
	};
	return seen.mayDecide || seen.isMine ? seen : undefined;
}

/** The proposal of this number, for the server itself. */
export async function getProposal(db: Db, id: number): Promise<Proposal> {
	return proposalOf(await proposals(db).where('proposal.id', '=', id).executeTakeFirstOrThrow());
}

/** The proposals that wait for this account to decide, the oldest first. */
export async function listProposalsFor(db: Db, account: Account): Promise<ListedProposal[]> {
	const rows = await proposals(db).where('outcome', 'is', null).orderBy('proposal.id').execute();
	return rows
		.map(proposalOf)
		.filter((proposal) => mayDecide(account, proposal))
		.map(({ id, entry, who, at }) => ({ path: pathToProposal(id), nom: entry.nom, who, since: at }));
}

/** The last proposals that this account could decide and that were answered, the newest first. */
export async function listAnswered(db: Db, account: Account, limit: number): Promise<Proposal[]> {
	const rows = await proposals(db)
		.where('outcome', 'in', ['acceptee', 'refusee'])
		.orderBy('ended_at', 'desc')
		.orderBy('proposal.id', 'desc')
		.execute();
	return rows
		.map(proposalOf)
		.filter((proposal) => mayDecide(account, proposal))
		.slice(0, limit);
}

/** What this account proposed, whatever came of it, the newest first. */
export async function listProposalsBy(db: Db, account: Account): Promise<Proposal[]> {
	const rows = await proposals(db)
		.where('account_id', '=', account.id)
		.orderBy('proposal.id', 'desc')
		.execute();
	return rows.map(proposalOf);
}

/** Who proposes: an account, or a partner by its mail. */
export type Proposer = Pick<Proposal, 'accountId' | 'courriel'>;

/** What the same person has waiting on the same entry, if anything. */
export async function findWaiting(
	db: Db,
	{ accountId, courriel }: Proposer,
	serviceId: number,
	variantOf: string | null
): Promise<Proposal | undefined> {
	const row = await proposals(db)
		.where('outcome', 'is', null)
		.where('account_id', 'is', accountId)
		.where('proposal.courriel', 'is', courriel)
		.where('proposal.service_id', '=', serviceId)
		.where('proposal.commune', 'is', variantOf)
		.executeTakeFirst();
	return row && proposalOf(row);
}

/** The commune that owns what would change: an entry's, or the one whose words they are; null for the common base. */
export function ownerOf({ entry, variantOf }: Pick<Proposal, 'entry' | 'variantOf'>): string | null {
	return variantOf ?? entry.commune;
}

/** The page where a proposal is read and decided. */
export function pathToProposal(id: number): string {
	return `/mairie/propositions/${id}`;
}

function mayDecide({ role, communes }: Account, proposal: Proposal): boolean {
	if (role === 'administration') return true;
	const owner = ownerOf(proposal);
	return role === 'mairie' && owner !== null && communes.includes(owner);
}

function proposals(db: Db) {
	return db
		.selectFrom('proposal')
		.innerJoin('service', 'service.id', 'proposal.service_id')
		.leftJoin('publication', 'publication.service_id', 'service.id')
		.selectAll('proposal')
		.select(['service.slug', 'service.nom', 'service.commune as entry_commune', 'publication.published_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof proposals>['executeTakeFirstOrThrow']>>;

function proposalOf(row: Row): Proposal {
	const facts = (json: string | null) => JSON.parse(json ?? '{}') as SomeFacts;
	return {
		id: row.id,
		entry: {
			id: row.service_id,
			slug: row.slug,
			nom: row.nom,
			commune: row.entry_commune,
			isPublished: row.published_at !== null
		},
		variantOf: row.commune,
		accountId: row.account_id,
		courriel: row.courriel,
		who: row.who,
		at: row.proposed_at,
		version: row.version,
		before: facts(row.before),
		proposed: facts(row.proposed),
		word: row.word,
		end:
			row.outcome === null
				? null
				: {
						outcome: row.outcome,
						at: row.ended_at ?? '',
						by: row.ended_by ?? '',
						answer: row.answer,
						published: facts(row.published)
					}
	};
}
