import { fail, redirect } from '@sveltejs/kit';
import type { EventState } from '#lib/domain/agenda/event.ts';
import { blankEvent, checkEvent, typedEvent } from '#lib/domain/agenda/typing.ts';
import { createEvent, findEditableEvent } from '#lib/server/agenda/editing.ts';
import { formOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { alikeWords, choicesOf, contextOf, placeName, previewOf, receivedEvent } from '../event-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const copied = url.searchParams.get('copie');
	const model = copied === null ? undefined : await findEditableEvent(db, signedIn(locals), copied);
	const choices = await choicesOf(locals);
	const own = choices.communes.map(({ slug }) => slug);
	// A copy is for another day, and nothing of it is cancelled.
	const typed = model
		? {
				...typedEvent(model.facts, await placeName(db, model.facts)),
				jour: '',
				jour_fin: '',
				jusqu_au: '',
				sans_date: '',
				dates_plus: '',
				dates_moins: ''
			}
		: blankEvent(choices.maybeEverywhere || own.length > 1 ? [] : own);
	return { choices, typed, model: model?.facts.titre ?? null };
};

export const actions: Actions = {
	relire: async ({ locals, request }) => {
		const { typed, version } = receivedEvent(await formOf(request));
		const { output, errors } = checkEvent(typed, await contextOf(locals, null));
		if (errors) return fail(400, { typed, version, errors });
		const preview = await previewOf(locals.app.db, output);
		return { typed, version, preview, alike: await alikeWords(locals, output, null) };
	},
	corriger: async ({ request }) => receivedEvent(await formOf(request)),
	publier: async (event) => create(event, 'publie'),
	garder: async (event) => create(event, 'brouillon')
};

async function create({ locals, request }: RequestEvent, etat: EventState) {
	const { typed, version } = receivedEvent(await formOf(request));
	const { output, errors } = checkEvent(typed, await contextOf(locals, null));
	if (errors) return fail(400, { typed, version, errors });
	const slug = await createEvent(locals.app.db, output, { etat, by: signedIn(locals) });
	redirect(303, `/mairie/agenda/${slug}?fait=${etat === 'publie' ? 'publie' : 'garde'}`);
}
