import { error, fail, redirect } from '@sveltejs/kit';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { shownGroups, wordsForm } from '#lib/domain/editing/choices.ts';
import { wordSchema } from '#lib/domain/editing/proposal.ts';
import { differencesBetween, readForm, typedForm } from '#lib/domain/editing/typing.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { safeParse } from 'valibot';
import { findCommune } from '#lib/server/communes.ts';
import { type Editable, factsAt, findEditable } from '#lib/server/editing/editable.ts';
import { findProposable } from '#lib/server/proposals/proposable.ts';
import { findWaiting, pathToProposal } from '#lib/server/proposals/proposals.ts';
import { ProposalError, submitProposal } from '#lib/server/proposals/submit.ts';
import { receivedEntry } from '../../../entry-form.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!url.searchParams.has('fiche')) redirect(303, '/mairie/propositions');
	const { db } = locals.app;
	const entry = await entryOf(locals, url);
	const waiting = await waitingOf(locals, entry);
	const adapted = await findEditable(db, signedIn(locals), entry.slug);
	const commune = entry.commune === null ? undefined : await findCommune(db, entry.commune);
	return {
		nom: String(entry.facts.nom),
		slug: entry.slug,
		/** Who keeps it, in words. */
		owner: commune ? `la mairie (${commune.nom})` : 'la communauté de communes',
		/** Where a mairie says it differently for its own readers only. */
		adapt: adapted ? `/mairie/fiches/${entry.slug}` : null,
		page: pathToService(entry, entry.commune ?? baseScope),
		version: entry.version,
		/** What the person proposed and nobody has answered yet is where they begin again. */
		typed: typedForm({ ...entry.facts, ...waiting?.proposed }),
		word: waiting?.word ?? '',
		waiting: waiting && {
			path: pathToProposal(waiting.id),
			day: formatDate(dateOf(Date.parse(waiting.at)), 'annee')
		},
		groups: shownGroups(wordsForm, {})
	};
};

export const actions: Actions = {
	relire: async ({ locals, url, request }) => {
		const { entry, sent, before, reading, errors } = await read(locals, url, request);
		if (Object.keys(errors).length > 0) return fail(400, { ...sent, errors });
		const differences = differencesBetween(before, reading.facts);
		if (differences.length === 0) return { ...sent, unchanged: true };
		const replaces = (await waitingOf(locals, entry)) !== undefined;
		return { ...sent, check: { differences, assumptions: reading.assumptions, replaces } };
	},
	corriger: async ({ request }) => {
		const form = await formOf(request);
		return { ...receivedEntry(form), word: textOf(form, 'mot') };
	},
	envoyer: async ({ locals, url, request }) => {
		const { entry, sent, before, reading, errors, word } = await read(locals, url, request);
		if (Object.keys(errors).length > 0) return fail(400, { ...sent, errors });
		let id: number;
		try {
			id = await submitProposal(locals.app.db, {
				entry: { ...entry, version: sent.version },
				facts: reading.facts,
				before,
				by: signedIn(locals),
				word
			});
		} catch (problem) {
			if (!(problem instanceof ProposalError)) throw problem;
			return fail(400, { ...sent, errors: { proposition: problem.message } });
		}
		redirect(303, `${pathToProposal(id)}?envoyee=oui`);
	}
};

/** The entry that the address names, if this account may propose to change it; otherwise 404. */
async function entryOf(locals: App.Locals, url: URL): Promise<Editable> {
	const slug = url.searchParams.get('fiche') ?? '';
	const entry = await findProposable(locals.app.db, signedIn(locals), slug);
	if (!entry) error(404, 'Cette fiche n’existe pas, ou est déjà à vous.');
	return entry;
}

async function waitingOf(locals: App.Locals, { id, variantOf }: Editable) {
	const person = { accountId: signedIn(locals).id, courriel: null };
	return findWaiting(locals.app.db, person, id, variantOf);
}

/** What was sent, against the entry as it was when the form was filled. */
async function read(locals: App.Locals, url: URL, request: Request) {
	const entry = await entryOf(locals, url);
	const form = await formOf(request);
	const sent = { ...receivedEntry(form), word: textOf(form, 'mot') };
	const before = await factsAt(locals.app.db, entry, sent.version);
	const waiting = await waitingOf(locals, entry);
	// The form was filled with what they propose already: left as it was, it keeps it to the letter.
	const shown = { ...before, ...waiting?.proposed };
	const reading = readForm(sent.typed, shown);
	const word = safeParse(wordSchema, sent.word);
	const errors = { ...reading.errors, ...(!word.success && { mot: word.issues[0].message }) };
	return { entry, sent, before, reading, errors, word: word.success ? word.output : null };
}
