import { fail, redirect } from '@sveltejs/kit';
import { landingPath } from '#lib/domain/accounts.ts';
import { cookieOptions, waitingCookie } from '#lib/server/accounts/cookie.ts';
import { checkPassword } from '#lib/server/accounts/sign-in.ts';
import { formOf, textOf } from '../form.ts';
import { enter, whyNot } from './enter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const suite = url.searchParams.get('suite');
	if (locals.account) redirect(303, landingPath(locals.account, suite));
	return { changed: url.searchParams.has('change'), waitedTooLong: url.searchParams.has('attente') };
};

export const actions: Actions = {
	default: async (event) => {
		const { db, settings, attempts } = event.locals.app;
		const form = await formOf(event.request);
		const courriel = textOf(form, 'courriel').trim().toLowerCase();
		const password = textOf(form, 'mot_de_passe');
		const result = await checkPassword(db, attempts, { courriel, password, address: event.locals.address });
		if (result.kind === 'signed-in') return enter(event, result.account);
		if (result.kind === 'second-factor') {
			event.cookies.set(waitingCookie(settings.origin), result.secret, cookieOptions(settings.origin));
			redirect(303, `/connexion/code${event.url.search}`);
		}
		const message = whyNot(result, 'Le courriel ou le mot de passe n’est pas le bon. Vérifiez les deux.');
		return fail(result.kind === 'held' ? 429 : 400, { courriel, errors: { mot_de_passe: message } });
	}
};
