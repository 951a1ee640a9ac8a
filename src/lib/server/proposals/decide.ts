import type { Account } from '#lib/domain/accounts.ts';
import type { SomeFacts } from '#lib/domain/editing/proposal.ts';
import { differencesBetween, type Facts } from '#lib/domain/editing/typing.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { ProposalTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';
import { findEditableById } from '../editing/editable.ts';
import { publish } from '../editing/publish.ts';
import { record } from '../journal.ts';
import { writeToProposer } from './letters.ts';
import type { Proposal } from './proposals.ts';
import { ProposalError } from './submit.ts';

/** Someone answered, or withdrew it, before: nothing was done. */
export class AnsweredError extends Error {}

/** What someone decides of a proposal. */
export interface Acceptance {
	/** The whole entry as it will be published, checked: the proposed fields taken, amended, or left as they are. */
	facts: Facts;
	/** The state of the entry that whoever decides was looking at. */
	version: number;
	by: Account;
	/** A word to whoever proposed, as `wordSchema` gives it. */
	word: string | null;
}

/**
 * Publishes what was kept of a proposal, at once for every reader, and tells whoever proposed it. Callers have checked
 * that the account may decide. All of it, or nothing.
 * @throws AnsweredError when someone answered before
 * @throws ConflictError when the entry was published since `version`
 * @throws ProposalError when the entry is no longer published
 */
export async function acceptProposal(
	db: Db,
	proposal: Proposal,
	{ facts, version, by, word }: Acceptance
): Promise<void> {
	await inTransaction(db, async (db) => {
		const entry = await findEditableById(db, proposal.entry.id, proposal.variantOf);
		await end(db, proposal, by, { outcome: 'acceptee', answer: word, published: keptOf(proposal, facts) });
		if (!entry?.isPublished)
			throw new ProposalError(
				'Cette fiche n’est plus en ligne : remettez-la d’abord en ligne, ou refusez la proposition.'
			);
		// The history says both who decided and who asked. What people read already is published by nobody.
		if (differencesBetween(entry.facts, facts).length > 0)
			await publish(db, { ...entry, version }, facts, {
				id: by.id,
				nom: `${by.nom} (proposé par ${proposal.who})`
			});
		await record(db, by, 'proposition-acceptee', proposal.entry.slug);
		await writeToProposer(db, proposal.id);
	});
}

/** Refuses a proposal and tells why to whoever made it. @throws AnsweredError when someone answered before */
export async function refuseProposal(
	db: Db,
	proposal: Proposal,
	{ by, word }: { by: Account; word: string }
): Promise<void> {
	await inTransaction(db, async (db) => {
		await end(db, proposal, by, { outcome: 'refusee', answer: word });
		await record(db, by, 'proposition-refusee', proposal.entry.slug);
		await writeToProposer(db, proposal.id);
	});
}

/** Takes one's proposal back. @throws AnsweredError when someone answered before */
export async function withdrawProposal(db: Db, proposal: Proposal, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		await end(db, proposal, by, { outcome: 'retiree', answer: null });
		await record(db, by, 'proposition-retiree', proposal.entry.slug);
	});
}

/** The proposed fields, as they will be published. */
function keptOf({ proposed }: Proposal, facts: Facts): SomeFacts {
	const names = Object.keys(proposed) as (keyof Facts)[];
	return Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
}

async function end(
	db: Db,
	{ id }: Proposal,
	by: Account,
	end: { outcome: NonNullable<ProposalTable['outcome']>; answer: string | null; published?: SomeFacts }
): Promise<void> {
	const { numUpdatedRows } = await db
		.updateTable('proposal')
		.set({
			outcome: end.outcome,
			ended_at: new Date(now()).toISOString(),
			ended_by: by.nom,
			answer: end.answer,
			published: end.published ? JSON.stringify(end.published) : null
		})
		.where('id', '=', id)
		.where('outcome', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new AnsweredError(`Proposal ${id} was answered before`);
}
