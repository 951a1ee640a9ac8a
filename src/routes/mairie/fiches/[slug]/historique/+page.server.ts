import { error, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { additionsIn, readOver } from '#lib/domain/editing/own-state.ts';
import { differencesBetween, restored } from '#lib/domain/editing/typing.ts';
import { ArchivedError, ConflictError, publish } from '#lib/server/editing/publish.ts';
import { completed, listRevisions } from '#lib/server/editing/revisions.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf, withSearch } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const editable = await editableOf(locals, params.slug, url);
	const all = await listRevisions(locals.app.db, editable.id, editable.variantOf);
	// A commune's words are read over the common base.
	const revisions =
		editable.variantOf === null
			? completed(all, editable.base)
			: all.map((one) => ({ ...one, state: readOver(editable.base, one.state) }));
	const states = revisions.map((one, i) => {
		const before = revisions[i + 1];
		return {
			...one,
			before,
			differences: before ? differencesBetween(before.state, one.state, editable.form) : []
		};
	});
	return {
		nom: String(editable.facts.nom),
		search: communeSearch(url),
		version: editable.version,
		done: url.searchParams.has('retabli'),
		states: states
			// A state kept again, to know more of it, says nothing new.
			.filter(({ id, before, differences }) => !before || id === all[0]?.id || differences.length > 0)
			.map(({ id, at, who, state, before, differences }) => ({
				id,
				when: formatMoment(at),
				who: who === 'amorce' ? 'L’annuaire, à sa création' : who,
				differences,
				isFirst: !before,
				isPresent: id === all[0]?.id && editable.isPublished,
				// An entry began without its text: nobody ever read it so.
				canRestore: id !== all[0]?.id && state.description !== '' && editable.archive === undefined
			}))
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const wanted = Number(textOf(form, 'etat'));
		const revisions = await listRevisions(db, editable.id, editable.variantOf);
		const all = editable.variantOf === null ? completed(revisions, editable.base) : revisions;
		const state = all.find(({ id }) => id === wanted)?.state;
		if (!state) error(404, 'Cet état de la fiche n’existe pas.');
		const version = Number(textOf(form, 'version'));
		const facts = restored(readOver(editable.base, state), editable.facts, editable.form);
		// What was added is added again, after the common text of today.
		const additions = editable.variantOf === null ? {} : additionsIn(state);
		try {
			await publish(db, { ...editable, version }, facts, signedIn(locals), { additions });
		} catch (problem) {
			if (problem instanceof ArchivedError)
				error(409, 'Cette fiche est archivée : remettez-la d’abord en ligne.');
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de publier cette fiche : revenez à son histoire, et recommencez.');
		}
		redirect(303, withSearch(url, 'retabli=oui'));
	}
};
