import { fail } from '@sveltejs/kit';
import { mailAddress } from '#lib/domain/accounts.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { sendPasswordLink } from '#lib/server/accounts/letters.ts';
import * as v from 'valibot';
import { formOf, textOf } from '../../form.ts';
import type { Actions } from './$types';

const schema = v.object({ courriel: mailAddress });

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const form = await formOf(request);
		const courriel = textOf(form, 'courriel');
		const { output, errors } = checkForm(schema, { courriel });
		if (errors) return fail(400, { courriel, errors });
		// Not awaited: the answer takes as long whether or not the address has an account.
		sendPasswordLink(locals.app, output.courriel).catch((error: unknown) => console.error(error));
		return { sent: output.courriel };
	}
};
