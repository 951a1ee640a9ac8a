import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { searchProposable } from '#lib/server/proposals/proposable.ts';
import {
	listAnswered,
	listProposalsBy,
	listProposalsFor,
	pathToProposal,
	type Proposal
} from '#lib/server/proposals/proposals.ts';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

/** Lines of what is over: answered by me, proposed by me. */
const shown = 30;
/** Entries found, at most. */
const found = 12;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const q = (url.searchParams.get('q') ?? '').trim();
	const communes = await listCommunes(db);
	const nameOf = (slug: string | null) => communes.find((commune) => commune.slug === slug)?.nom;
	return {
		q,
		decides: account.role !== 'agent',
		proposes: account.role !== 'administration',
		found: (await searchProposable(db, account, q, found)).map(({ slug, nom, commune }) => ({
			path: `/mairie/propositions/nouvelle?fiche=${slug}`,
			nom,
			where: nameOf(commune) ?? 'Pour toutes les communes'
		})),
		waiting: (await listProposalsFor(db, account)).map(({ path, nom, who, since }) => ({
			path,
			nom,
			detail: `${who} · ${dayOfIso(since)}`
		})),
		answered: (await listAnswered(db, account, shown)).map((proposal) => ({
			...lineOf(proposal),
			detail: `${proposal.who} · ${stateOf(proposal)}`
		})),
		mine: (await listProposalsBy(db, account)).slice(0, shown).map((proposal) => ({
			...lineOf(proposal),
			detail: `Proposé le ${dayOfIso(proposal.at)} · ${stateOf(proposal)}`
		}))
	};
};

function lineOf({ id, entry }: Proposal) {
	return { path: pathToProposal(id), nom: entry.nom };
}

function stateOf({ end }: Proposal): string {
	if (end === null) return 'en attente de réponse';
	const words = { acceptee: 'acceptée', refusee: 'refusée', retiree: 'retirée' };
	return `${words[end.outcome]} le ${dayOfIso(end.at)} par ${end.by}`;
}

function dayOfIso(iso: string): string {
	return formatDate(dateOf(Date.parse(iso)), 'annee');
}
