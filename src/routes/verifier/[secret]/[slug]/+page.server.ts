import { error, fail, redirect } from '@sveltejs/kit';
import { formatDate } from '#lib/domain/dates.ts';
import { shownGroups, wordsForm } from '#lib/domain/editing/choices.ts';
import { differencesBetween, readForm, typedForm } from '#lib/domain/editing/typing.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { factsAt } from '#lib/server/editing/editable.ts';
import { ArchivedError, ConflictError } from '#lib/server/editing/publish.ts';
import { confirm } from '#lib/server/freshness/confirm.ts';
import { correct, type Correction, getOpenedEditable } from '#lib/server/freshness/correct.ts';
import { communeNames } from '#lib/server/freshness/names.ts';
import { ProposalError } from '#lib/server/proposals/submit.ts';
import { readingOf } from '#lib/server/reading.ts';
import { findService } from '#lib/server/services.ts';
import { receivedEntry } from '../../../entry-form.ts';
import { formOf, textOf } from '../../../form.ts';
import { withMeanwhile } from '../../../meanwhile.ts';
import { openedEntryOf } from '../../opened.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const { opened, sentOn, count } = await openedEntryOf(locals, params);
	const { review, person } = opened;
	const { slug, nom, commune, verification } = review;
	const editable = await getOpenedEditable(db, opened);
	const nameOf = await communeNames(db);
	return {
		slug,
		nom,
		where: nameOf(commune),
		page: pathToService(review, baseScope),
		verified: verification
			? `Vérifiée le ${formatDate(verification.on, 'annee')} par ${verification.by}`
			: 'Jamais vérifiée',
		isDone: verification !== null && verification.on >= sentOn,
		hasOthers: count > 1,
		publishes: person.publishes,
		version: editable.version,
		typed: typedForm(editable.facts),
		groups: shownGroups(wordsForm, {}),
		changed: url.searchParams.has('change')
	};
};

export const actions: Actions = {
	exact: async ({ locals, params, request }) => {
		const { opened } = await openedEntryOf(locals, params);
		const form = await formOf(request);
		const { changed } = await confirm(locals.app.db, [opened], textOf(form, 'vu').split(' '));
		const { secret, slug } = params;
		redirect(
			303,
			changed.length > 0 ? `/verifier/${secret}/${slug}?change=oui` : `/verifier/${secret}?fait=exact`
		);
	},
	verifier: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const { opened } = await openedEntryOf(locals, params);
		const { typed, version } = receivedEntry(await formOf(request));
		const before = await factsAt(db, await getOpenedEditable(db, opened), version);
		const { facts, errors, assumptions } = readForm(typed, before);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		const differences = differencesBetween(before, facts);
		if (differences.length === 0) return { typed, version, unchanged: true };
		const scope = opened.review.commune ?? undefined;
		const shown = await findService(db, params.slug, scope);
		const reading = await readingOf(db, scope ?? baseScope);
		const fiche = shown ? ficheOf({ ...shown, ...(facts as object) }, reading) : null;
		return { typed, version, check: { differences, assumptions, fiche } };
	},
	corriger: async ({ locals, params, request }) => {
		await openedEntryOf(locals, params);
		const { typed, version } = receivedEntry(await formOf(request));
		return { typed, version };
	},
	publier: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const { opened } = await openedEntryOf(locals, params);
		const form = await formOf(request);
		const { typed, version } = receivedEntry(form);
		const editable = await getOpenedEditable(db, opened);
		const before = await factsAt(db, editable, version);
		const { facts, errors } = readForm(typed, before);
		if (Object.keys(errors).length > 0) return fail(400, { typed, version, errors });
		const isVerified = textOf(form, 'reste') === 'exact';
		const correction = { editable: { ...editable, version }, before, facts };
		let outcome: Correction;
		try {
			outcome = await correct(db, opened, correction, isVerified);
		} catch (problem) {
			if (problem instanceof ProposalError)
				return fail(400, { typed, version, errors: { proposition: problem.message } });
			if (problem instanceof ArchivedError) error(404, 'Cette fiche n’est plus en ligne.');
			if (!(problem instanceof ConflictError)) throw problem;
			return fail(409, await withMeanwhile(db, await getOpenedEditable(db, opened), typed, version));
		}
		const done = outcome === 'proposed' ? 'propose' : isVerified ? 'publie-exact' : 'publie';
		redirect(303, `/verifier/${params.secret}?fait=${done}`);
	}
};
