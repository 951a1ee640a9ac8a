import { error, redirect } from '@sveltejs/kit';
import { differencesBetween, type Facts } from '#lib/domain/editing/typing.ts';
import { dayOf, formatDate, formatTime, localOf } from '#lib/domain/dates.ts';
import { ConflictError, publish } from '#lib/server/editing/publish.ts';
import { listRevisions } from '#lib/server/editing/revisions.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { communeSearch, editableOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const editable = await editableOf(locals, params.slug, url);
	const revisions = await listRevisions(locals.app.db, editable.id, editable.variantOf);
	// A commune's words are read over the common base.
	const whole = (state: Record<string, unknown>): Facts => ({ ...editable.base, ...state });
	return {
		nom: String(editable.facts.nom),
		search: communeSearch(url),
		version: editable.version,
		done: url.searchParams.has('retabli'),
		states: revisions.map(({ id, at, who, state }, i) => {
			const before = revisions[i + 1];
			const local = localOf(Date.parse(at));
			return {
				id,
				when: `${formatDate(dayOf(local), 'annee')}, ${formatTime(local)}`,
				who: who === 'amorce' ? 'L’annuaire, à sa création' : who,
				differences: before ? differencesBetween(whole(before.state), whole(state)) : [],
				isFirst: !before,
				isPresent: i === 0
			};
		})
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const editable = await editableOf(locals, params.slug, url);
		const form = await formOf(request);
		const wanted = Number(textOf(form, 'etat'));
		const revisions = await listRevisions(db, editable.id, editable.variantOf);
		const state = revisions.find(({ id }) => id === wanted)?.state;
		if (!state) error(404, 'Cet état de la fiche n’existe pas.');
		const version = Number(textOf(form, 'version'));
		try {
			await publish(db, { ...editable, version }, { ...editable.base, ...state }, signedIn(locals));
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de publier cette fiche : revenez à son histoire, et recommencez.');
		}
		const search = communeSearch(url);
		redirect(303, `${url.pathname}${search === '' ? '?' : `${search}&`}retabli=oui`);
	}
};
