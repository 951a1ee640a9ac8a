import { fail, redirect } from '@sveltejs/kit';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { choosePassword } from '#lib/server/accounts/choose-password.ts';
import { findLink } from '#lib/server/accounts/links.ts';
import { formOf, textOf } from '../../../form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const { db } = locals.app;
	const id = await findLink(db, params.secret, 'invitation');
	const account = id === undefined ? undefined : await findAccount(db, id);
	return { courriel: account?.courriel ?? null };
};

export const actions: Actions = {
	default: async ({ params, request, locals }) => {
		const form = await formOf(request);
		const problem = await choosePassword(locals.app, {
			secret: params.secret,
			purpose: 'invitation',
			password: textOf(form, 'mot_de_passe'),
			address: locals.address
		});
		if (problem !== undefined) return fail(400, { errors: { mot_de_passe: problem } });
		redirect(303, '/connexion?change=oui');
	}
};
