import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { differencesBetween } from '#lib/domain/editing/typing.ts';
import { listMergesTold, type MergeTold } from '#lib/server/census/merge.ts';
import { listHidings } from '#lib/server/editing/placement-changes.ts';
import { ArchivedError, ConflictError } from '#lib/server/editing/publish.ts';
import { type KnownState, listKnownStates, restoreState } from '#lib/server/editing/restore.ts';
import { formOf, textOf } from '../../../../form.ts';
import { happenings, interleaved } from '../../../happenings.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf, withSearch } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const editable = await editableOf(locals, params.slug, url);
	const { id, commune, variantOf } = editable;
	const all = await listKnownStates(db, editable);
	const merges = variantOf === null ? await listMergesTold(db, id) : new Map<number, MergeTold>();
	const hidings = commune === null ? await listHidings(db, id, variantOf) : [];
	const states = all.map((one, i) => {
		const before = all[i + 1];
		return {
			...one,
			before,
			merge: merges.get(one.id),
			differences: before ? differencesBetween(before.facts, one.facts, editable.form) : []
		};
	});
	const wanted = url.searchParams.get('version');
	return {
		nom: String(editable.facts.nom),
		search: communeSearch(url),
		version: editable.version,
		done: url.searchParams.has('retabli'),
		chosen: wanted === null ? undefined : chosenOf(all, wanted),
		states: interleaved(
			states
				// A state kept again, to know more of it, says nothing new.
				.filter(
					({ id, before, merge, differences }) =>
						!before || id === all[0]?.id || merge || differences.length > 0
				)
				.map(({ id, at, who, cause, before, merge, differences, changes, canRestore }) => ({
					id,
					at,
					when: formatMoment(at),
					who: nameOf(who),
					cause,
					merge,
					differences,
					isFirst: !before,
					isPresent: id === all[0]?.id && editable.isPublished,
					changes: changes.map(({ label }) => label),
					canRestore
				})),
			await happenings(db, hidings)
		)
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const state = stateOf(await listKnownStates(db, editable), textOf(form, 'etat'));
		const version = Number(textOf(form, 'version'));
		let isDone: boolean;
		try {
			isDone = await restoreState(db, { ...editable, version }, state, signedIn(locals));
		} catch (problem) {
			if (problem instanceof ArchivedError)
				error(409, 'Cette fiche est archivée : remettez-la d’abord en ligne.');
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de publier cette fiche : revenez à son histoire, et recommencez.');
		}
		if (!isDone) return fail(400, { unchanged: true });
		redirect(303, withSearch(url, 'retabli=oui'));
	}
};

function stateOf(states: readonly KnownState[], id: string): KnownState {
	const state = states.find((one) => one.canRestore && String(one.id) === id);
	if (!state) error(404, 'On ne peut pas revenir à cet état de la fiche.');
	return state;
}

/** The state that is read over before it is put back. */
function chosenOf(states: readonly KnownState[], id: string) {
	const { at, who, changes } = stateOf(states, id);
	return { id, when: formatMoment(at), who: nameOf(who), changes };
}

function nameOf(who: string): string {
	return who === 'amorce' ? 'L’annuaire, à sa création' : who;
}
