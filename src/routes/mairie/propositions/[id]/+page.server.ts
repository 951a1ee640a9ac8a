import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { safeParse } from 'valibot';
import { answeredFields, proposedFields, withTaken, wordSchema } from '#lib/domain/editing/proposal.ts';
import type { FormErrors } from '#lib/domain/forms.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { findCommune } from '#lib/server/communes.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { lastRevision } from '#lib/server/editing/revisions.ts';
import {
	acceptProposal,
	AnsweredError,
	refuseProposal,
	withdrawProposal
} from '#lib/server/proposals/decide.ts';
import { findWaiting, ownerOf, pathToProposal } from '#lib/server/proposals/proposals.ts';
import { ProposalError } from '#lib/server/proposals/submit.ts';
import { formOf, listOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { versionOf } from '../../../entry-form.ts';
import { decidedOf, entryOf, proposalOf } from '../proposal-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const proposal = await proposalOf(locals, params.id);
	const { entry, end, variantOf } = proposal;
	const present = await entryOf(locals, proposal);
	const owner = ownerOf(proposal);
	const commune = owner === null ? undefined : await findCommune(db, owner);
	const next = end?.outcome === 'retiree' ? await findWaiting(db, proposal, entry.id, variantOf) : undefined;
	const isWaiting = end === null;
	return {
		nom: entry.nom,
		who: proposal.who,
		when: formatMoment(proposal.at),
		word: proposal.word,
		page: entry.isPublished ? pathToService(entry, owner ?? baseScope) : null,
		/** Whose the entry is, in words. */
		scope: commune?.nom ?? 'Pour toutes les communes',
		isPublished: entry.isPublished,
		isMine: proposal.isMine,
		mayDecide: proposal.mayDecide && isWaiting,
		version: present.version,
		fields: isWaiting || end.outcome !== 'acceptee' ? proposedFields(proposal, present.facts) : [],
		answers: end?.outcome === 'acceptee' ? answeredFields(proposal, end.published) : [],
		end: end && { outcome: end.outcome, by: end.by, answer: end.answer, when: formatMoment(end.at) },
		/** The one that took its place, for whoever follows the link of a mail. */
		next: next ? pathToProposal(next.id) : null,
		done: url.searchParams.get('fait'),
		sent: url.searchParams.has('envoyee')
	};
};

export const actions: Actions = {
	accepter: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const proposal = await decidedOf(locals, params.id);
		const form = await formOf(request);
		const names = listOf(form, 'champs');
		const sent = { names, mot: textOf(form, 'mot') };
		const word = safeParse(wordSchema, sent.mot);
		if (!word.success) return fail(400, { ...sent, errors: { mot: word.issues[0].message } });
		const present = await entryOf(locals, proposal);
		const asked = proposedFields(proposal, present.facts).filter(({ state }) => state !== 'done');
		if (asked.length > 0 && !asked.some(({ name }) => names.includes(name)))
			return fail(400, {
				...sent,
				errors: { champs: 'Cochez au moins un champ à prendre, ou refusez la proposition.' }
			});
		const { facts, errors } = withTaken(present.facts, proposal.proposed, names);
		if (Object.keys(errors).length > 0) return fail(400, { ...sent, errors: { champs: sentence(errors) } });
		try {
			const version = versionOf(form);
			await acceptProposal(db, proposal, { facts, version, by: signedIn(locals), word: word.output });
		} catch (problem) {
			if (problem instanceof AnsweredError) return fail(409, { ...sent, answered: true });
			if (problem instanceof ProposalError)
				return fail(409, { ...sent, errors: { champs: problem.message } });
			if (!(problem instanceof ConflictError)) throw problem;
			const last = await lastRevision(db, present.id, present.variantOf);
			return fail(409, { ...sent, changedBy: last?.who ?? 'Quelqu’un' });
		}
		redirect(303, `${pathToProposal(proposal.id)}?fait=acceptee`);
	},
	refuser: async ({ locals, params, request }) => {
		const proposal = await decidedOf(locals, params.id);
		const form = await formOf(request);
		const sent = { names: listOf(form, 'champs'), mot: textOf(form, 'mot') };
		const word = safeParse(wordSchema, sent.mot);
		if (!word.success) return fail(400, { ...sent, errors: { mot: word.issues[0].message } });
		if (word.output === null)
			return fail(400, {
				...sent,
				errors: { mot: 'Écrivez en un mot pourquoi : la personne a pris la peine de proposer.' }
			});
		try {
			await refuseProposal(locals.app.db, proposal, { by: signedIn(locals), word: word.output });
		} catch (problem) {
			if (problem instanceof AnsweredError) return fail(409, { ...sent, answered: true });
			throw problem;
		}
		redirect(303, `${pathToProposal(proposal.id)}?fait=refusee`);
	},
	retirer: async ({ locals, params }) => {
		const proposal = await proposalOf(locals, params.id);
		if (!proposal.isMine) error(404, 'Cette proposition n’est pas la vôtre.');
		try {
			await withdrawProposal(locals.app.db, proposal, signedIn(locals));
		} catch (problem) {
			if (problem instanceof AnsweredError) return fail(409, { answered: true });
			throw problem;
		}
		redirect(303, `${pathToProposal(proposal.id)}?fait=retiree`);
	}
};

function sentence(errors: FormErrors): string {
	return Object.values(errors).join(' ');
}
