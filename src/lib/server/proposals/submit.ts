import type { Account } from '#lib/domain/accounts.ts';
import { dateOf } from '#lib/domain/dates.ts';
import { changeOf } from '#lib/domain/editing/proposal.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { now } from '../clock.ts';
import { listCommunes } from '../communes.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import type { Editable } from '../editing/editable.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';
import { writeToOwners } from './letters.ts';
import { findWaiting, type Proposer } from './proposals.ts';

/** What can't be done with a proposal, said in French to whoever asked. */
export class ProposalError extends Error {}

/** Most proposals that one person has waiting at once. */
export const mostWaiting = 20;

/** Someone who has no account: a partner, known by a signed link. */
export interface Partner {
	nom: string;
	courriel: string;
}

/** What someone proposes. */
export interface Submission {
	/** The entry, or a commune's words on it; `version` is the state that the person began from. */
	entry: Pick<Editable, 'id' | 'slug' | 'variantOf' | 'version'>;
	/** The whole form as `readForm` gave it, without errors. */
	facts: Facts;
	/** The entry as the person read it. */
	before: Facts;
	by: Account | Partner;
	/** Why, as `wordSchema` gives it. */
	word: string | null;
}

/**
 * Keeps a proposal and tells by mail those who decide, and gives its number. Callers have checked that this person may
 * propose it. What the same person had waiting on the same entry is withdrawn.
 * @throws ProposalError when nothing would change, the entry is no longer published, or too many wait
 */
export async function submitProposal(
	db: Db,
	{ entry, facts, before, by, word }: Submission
): Promise<number> {
	const change = changeOf(before, facts);
	if (Object.keys(change.proposed).length === 0)
		throw new ProposalError('Rien ne change : il n’y a rien à proposer.');
	const person: Proposer =
		'id' in by
			? { accountId: by.id, courriel: null }
			: { accountId: null, courriel: by.courriel.toLowerCase() };
	return inTransaction(db, async (db) => {
		const publication = await db
			.selectFrom('publication')
			.select('service_id')
			.where('service_id', '=', entry.id)
			.executeTakeFirst();
		if (!publication) throw new ProposalError('Cette fiche n’est plus en ligne : il n’y a rien à y changer.');
		const at = new Date(now()).toISOString();
		const replaced = await findWaiting(db, person, entry.id, entry.variantOf);
		const wereTold = await wereToldToday(db, person, entry);
		if (replaced)
			await db
				.updateTable('proposal')
				.set({ outcome: 'retiree', ended_at: at, ended_by: by.nom })
				.where('id', '=', replaced.id)
				.execute();
		if ((await countWaiting(db, person)) >= mostWaiting)
			throw new ProposalError(
				`Vous avez déjà ${mostWaiting} propositions en attente : retirez-en une, ou attendez une réponse.`
			);
		const { id } = await db
			.insertInto('proposal')
			.values({
				service_id: entry.id,
				commune: entry.variantOf,
				account_id: person.accountId,
				courriel: person.courriel,
				who: await nameOf(db, by),
				proposed_at: at,
				version: entry.version,
				before: JSON.stringify(change.before),
				proposed: JSON.stringify(change.proposed),
				word
			})
			.returning('id')
			.executeTakeFirstOrThrow();
		await record(db, 'id' in by ? by : by.nom, 'proposition-envoyee', entry.slug);
		if (!wereTold) await writeToOwners(db, id);
		return id;
	});
}

/** Who proposes, as whoever decides knows them: « Accueil, Haut-Valclair ». */
async function nameOf(db: Db, by: Account | Partner): Promise<string> {
	if (!('id' in by) || by.role !== 'mairie') return by.nom;
	const communes = (await listCommunes(db)).filter(({ slug }) => by.communes.includes(slug));
	return [by.nom, ...communes.map(({ nom }) => nom)].join(', ');
}

/** Whoever corrects their proposal several times a day fills nobody's box: the first mail leads to the last one. */
async function wereToldToday(
	db: Db,
	{ accountId, courriel }: Proposer,
	{ id, variantOf }: Submission['entry']
): Promise<boolean> {
	const last = await db
		.selectFrom('proposal')
		.select(['proposed_at', 'outcome'])
		.where('account_id', 'is', accountId)
		.where('courriel', 'is', courriel)
		.where('service_id', '=', id)
		.where('commune', 'is', variantOf)
		.orderBy('id', 'desc')
		.executeTakeFirst();
	const isUnanswered = last !== undefined && (last.outcome === null || last.outcome === 'retiree');
	return isUnanswered && dateOf(Date.parse(last.proposed_at)) === today();
}

async function countWaiting(db: Db, { accountId, courriel }: Proposer): Promise<number> {
	const { waiting } = await db
		.selectFrom('proposal')
		.select((eb) => eb.fn.countAll<number>().as('waiting'))
		.where('account_id', 'is', accountId)
		.where('courriel', 'is', courriel)
		.where('outcome', 'is', null)
		.executeTakeFirstOrThrow();
	return waiting;
}
