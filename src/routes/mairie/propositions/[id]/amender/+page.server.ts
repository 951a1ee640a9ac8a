import { fail, redirect } from '@sveltejs/kit';
import { safeParse } from 'valibot';
import { conflictOf } from '#lib/domain/editing/conflict.ts';
import { shownGroups, wordsForm } from '#lib/domain/editing/choices.ts';
import { proposedFields, withTaken, wordSchema } from '#lib/domain/editing/proposal.ts';
import { differencesBetween, type Facts, readForm, typedForm } from '#lib/domain/editing/typing.ts';
import { factsAt } from '#lib/server/editing/editable.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { lastRevision } from '#lib/server/editing/revisions.ts';
import { acceptProposal, AnsweredError } from '#lib/server/proposals/decide.ts';
import { pathToProposal, type SeenProposal } from '#lib/server/proposals/proposals.ts';
import { ProposalError } from '#lib/server/proposals/submit.ts';
import { receivedEntry } from '../../../../entry-form.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { decidedOf, entryOf } from '../../proposal-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, request }) => {
	const proposal = await decidedOf(locals, params.id);
	// Its own page says that it was answered. What someone has just sent stays before them.
	const isOver = proposal.end !== null || !proposal.entry.isPublished;
	if (isOver && request.method !== 'POST') redirect(303, pathToProposal(proposal.id));
	const present = await entryOf(locals, proposal);
	const taken = takenOf(proposal, url);
	const fields = proposedFields(proposal, present.facts).filter(({ name }) => taken.includes(name));
	return {
		nom: proposal.entry.nom,
		who: proposal.who,
		search: searchOf(url),
		version: present.version,
		typed: typedForm(withTaken(present.facts, proposal.proposed, taken).facts),
		word: url.searchParams.get('mot') ?? '',
		proposed: fields.map(({ name, label }) => ({ name, label })),
		notes: Object.fromEntries(
			fields.map(({ name, maintenant }) => [name, `Proposé. Les habitants lisent : ${maintenant || 'rien'}`])
		),
		groups: shownGroups(wordsForm, {})
	};
};

export const actions: Actions = {
	relire: async ({ locals, params, url, request }) => {
		const { sent, before, reading } = await read(locals, params.id, url, request);
		if (Object.keys(reading.errors).length > 0) return fail(400, { ...sent, errors: reading.errors });
		const differences = differencesBetween(before, reading.facts);
		if (differences.length === 0) return { ...sent, unchanged: true };
		return { ...sent, check: { differences, assumptions: reading.assumptions } };
	},
	corriger: async ({ request }) => {
		const form = await formOf(request);
		return { ...receivedEntry(form), word: textOf(form, 'mot') };
	},
	publier: async ({ locals, params, url, request }) => {
		const { proposal, sent, before, reading } = await read(locals, params.id, url, request);
		if (Object.keys(reading.errors).length > 0) return fail(400, { ...sent, errors: reading.errors });
		const word = safeParse(wordSchema, sent.word);
		if (!word.success)
			return fail(400, {
				...sent,
				errors: { mot: word.issues[0].message },
				check: {
					differences: differencesBetween(before, reading.facts),
					assumptions: reading.assumptions
				}
			});
		try {
			await acceptProposal(locals.app.db, proposal, {
				facts: reading.facts,
				version: sent.version,
				by: signedIn(locals),
				word: word.output
			});
		} catch (problem) {
			if (problem instanceof AnsweredError) return fail(409, { ...sent, answered: true });
			if (problem instanceof ProposalError)
				return fail(409, { ...sent, errors: { proposition: problem.message } });
			if (!(problem instanceof ConflictError)) throw problem;
			return conflict(locals, proposal, before, reading.facts, sent.word);
		}
		redirect(303, `${pathToProposal(proposal.id)}?fait=acceptee`);
	}
};

/** Someone published meanwhile: both versions, and a form that holds them together. */
async function conflict(
	locals: App.Locals,
	proposal: SeenProposal,
	before: Facts,
	mine: Facts,
	word: string
) {
	const present = await entryOf(locals, proposal);
	const last = await lastRevision(locals.app.db, present.id, present.variantOf);
	const { merged, theirs, both } = conflictOf(before, mine, present.facts);
	return fail(409, {
		typed: typedForm(merged),
		version: present.version,
		word,
		conflict: { who: last?.who ?? 'Quelqu’un', theirs, both }
	});
}

/** What was sent, against the entry as it was when the form was filled, with what is taken of the proposal. */
async function read(locals: App.Locals, id: string, url: URL, request: Request) {
	const proposal = await decidedOf(locals, id);
	const form = await formOf(request);
	const sent = { ...receivedEntry(form), word: textOf(form, 'mot') };
	const before = await factsAt(locals.app.db, await entryOf(locals, proposal), sent.version);
	const shown = withTaken(before, proposal.proposed, takenOf(proposal, url)).facts;
	return { proposal, sent, before, reading: readForm(sent.typed, shown) };
}

/** The fields that the address says are taken; all of them when it says nothing. */
function takenOf({ proposed }: SeenProposal, url: URL): string[] {
	const names = url.searchParams.getAll('champs');
	return names.length > 0 ? names : Object.keys(proposed);
}

/** The fields that are taken, kept from one step to the next. */
function searchOf(url: URL): string {
	return url.searchParams
		.getAll('champs')
		.map((name) => `champs=${encodeURIComponent(name)}&`)
		.join('');
}
