import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { newAccountSchema } from '#lib/domain/accounts.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { AccountError } from '#lib/server/accounts/accounts.ts';
import { isFirstAccountSecret, openFirstAccount } from '#lib/server/accounts/first-account.ts';
import { formOf, textOf } from '../../../form.ts';
import type { Actions, PageServerLoad } from './$types';

const schema = v.pick(newAccountSchema.pipe[0], ['courriel', 'nom']);

export const load: PageServerLoad = async ({ params, locals }) => ({
	serves: await isFirstAccountSecret(locals.app.db, params.secret)
});

export const actions: Actions = {
	default: async ({ params, request, locals }) => {
		const form = await formOf(request);
		const values = { courriel: textOf(form, 'courriel'), nom: textOf(form, 'nom') };
		const { output, errors } = checkForm(schema, values);
		if (errors) return fail(400, { values, errors });
		try {
			const { db } = locals.app;
			const problem = await openFirstAccount(db, params.secret, output, textOf(form, 'mot_de_passe'));
			if (problem !== undefined) return fail(400, { values, errors: { mot_de_passe: problem } });
		} catch (error) {
			if (!(error instanceof AccountError)) throw error;
			return fail(400, { values, errors: { [error.field]: error.message } });
		}
		redirect(303, '/connexion?change=oui');
	}
};
