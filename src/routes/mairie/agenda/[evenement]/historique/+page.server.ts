import { error, fail, redirect } from '@sveltejs/kit';
import { eventDifferences, eventLines, stateNames } from '#lib/domain/agenda/differences.ts';
import { formatMoment } from '#lib/domain/dates.ts';
import { listEventRevisions, mayEdit, saveEvent } from '#lib/server/agenda/editing.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { eventNames } from '#lib/server/agenda/names.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { editableEventOf } from '../../event-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const event = await editableEventOf(locals, params.evenement);
	const names = await eventNames(db);
	const states = (await listEventRevisions(db, event.id)).map(({ id, at, who, etat, facts }, i) => ({
		id,
		when: formatMoment(at),
		who: who === 'amorce' ? 'L’annuaire, à sa création' : who,
		lines: [
			{ label: 'État', text: stateNames[etat] },
			...eventLines(facts, names).filter(({ text }) => text !== '')
		],
		isPresent: i === 0 && etat === 'publie',
		canRestore: i > 0 && mayEdit(signedIn(locals), facts),
		differences: eventDifferences(event.facts, facts, names)
	}));
	const wanted = url.searchParams.get('version');
	const chosen = states.find(({ id, canRestore }) => canRestore && String(id) === wanted);
	if (wanted !== null && !chosen) error(404, 'Cet état de l’évènement n’existe pas.');
	return {
		nom: event.facts.titre,
		version: event.version,
		done: url.searchParams.has('retabli'),
		chosen: chosen && { ...chosen, id: String(chosen.id), changes: chosen.differences },
		states: states.map(({ differences, ...state }) => ({
			...state,
			changes: differences.map(({ label }) => label)
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const event = await editableEventOf(locals, params.evenement);
		const by = signedIn(locals);
		const form = await formOf(request);
		const wanted = Number(textOf(form, 'etat'));
		const state = (await listEventRevisions(db, event.id)).find(({ id }) => id === wanted);
		if (!state || !mayEdit(by, state.facts)) error(404, 'Cet état de l’évènement n’existe pas.');
		if (eventDifferences(event.facts, state.facts, await eventNames(db)).length === 0)
			return fail(400, { unchanged: true });
		const known = new Set((await listCommunes(db)).map(({ slug }) => slug));
		const facts = { ...state.facts, communes: state.facts.communes.filter((slug) => known.has(slug)) };
		try {
			const version = Number(textOf(form, 'version'));
			await saveEvent(db, { ...event, version }, facts, { etat: 'publie', by, action: 'evenement-publie' });
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de changer cet évènement\u202f: revenez à son histoire, et recommencez.');
		}
		redirect(303, `/mairie/agenda/${params.evenement}/historique?retabli=oui`);
	}
};
