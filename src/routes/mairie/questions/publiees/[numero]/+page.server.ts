import { error, fail, redirect } from '@sveltejs/kit';
import {
	correctAnswer,
	findOwnAnswer,
	type PublishedAnswer,
	retireAnswer
} from '#lib/server/enquiries/published.ts';
import { formOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { choicesOf, receivedAnswer } from '../../published-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { question, answer, theme, commune, retired_at } = await answerOf(locals, params.numero);
	return {
		...(await choicesOf(locals.app.db, signedIn(locals))),
		typed: { question, reponse: answer, theme, commune: commune ?? '' },
		isRetired: retired_at !== null
	};
};

export const actions: Actions = {
	corriger: async ({ locals, params, request }) => {
		const { db } = locals.app;
		const account = signedIn(locals);
		const { id } = await answerOf(locals, params.numero);
		const { typed, words, errors } = await receivedAnswer(db, account, await formOf(request));
		if (!words) return fail(400, { typed, errors });
		await correctAnswer(db, id, words, account);
		redirect(303, '/mairie/questions/publiees?fait=corrigee');
	},
	retirer: async ({ locals, params }) => {
		await retireAnswer(locals.app.db, await answerOf(locals, params.numero), signedIn(locals), true);
		redirect(303, '/mairie/questions/publiees?fait=retiree');
	},
	remettre: async ({ locals, params }) => {
		await retireAnswer(locals.app.db, await answerOf(locals, params.numero), signedIn(locals), false);
		redirect(303, '/mairie/questions/publiees?fait=publiee');
	}
};

/** A published answer that this account keeps true; 404 otherwise. */
async function answerOf(locals: App.Locals, numero: string): Promise<PublishedAnswer> {
	const id = Number(numero);
	const found = Number.isSafeInteger(id)
		? await findOwnAnswer(locals.app.db, signedIn(locals), id)
		: undefined;
	if (!found) error(404, 'Cette réponse n’existe plus, ou n’est pas à vous.');
	return found;
}
