import { fail, redirect } from '@sveltejs/kit';
import { findLink } from '#lib/server/accounts/links.ts';
import { cookieOptions, waitingCookie } from '#lib/server/accounts/cookie.ts';
import { isWholeCode } from '#lib/server/accounts/totp.ts';
import { checkSecondFactor } from '#lib/server/accounts/sign-in.ts';
import { formOf, textOf } from '../../form.ts';
import { enter, whyNot } from '../enter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
	const { db, settings } = locals.app;
	const secret = cookies.get(waitingCookie(settings.origin));
	if (secret === undefined) redirect(303, `/connexion${url.search}`);
	if ((await findLink(db, secret, 'second-facteur')) !== undefined) return;
	cookies.delete(waitingCookie(settings.origin), cookieOptions(settings.origin));
	redirect(303, tooLate(url));
};

export const actions: Actions = {
	default: async (event) => {
		const { db, settings, attempts } = event.locals.app;
		const form = await formOf(event.request);
		const secret = event.cookies.get(waitingCookie(settings.origin)) ?? '';
		const code = textOf(form, 'code');
		if ((await findLink(db, secret, 'second-facteur')) === undefined) redirect(303, tooLate(event.url));
		const result = await checkSecondFactor(db, attempts, { secret, code, address: event.locals.address });
		if (result.kind === 'signed-in') return enter(event, result.account);
		if (result.kind === 'second-factor') redirect(303, '/connexion');
		const message = whyNot(
			result,
			// A recovery code has letters.
			/^[\d\s]+$/.test(code) && !isWholeCode(code)
				? 'Il faut six chiffres : recopiez le code affiché maintenant.'
				: 'Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, qui change toutes les trente secondes.'
		);
		return fail(result.kind === 'held' ? 429 : 400, { errors: { code: message } });
	}
};

/** The password was typed too long ago: back to it, which says so, then to where the person was going. */
function tooLate({ searchParams }: URL): string {
	const suite = searchParams.get('suite');
	return `/connexion?attente=oui${suite === null ? '' : `&suite=${encodeURIComponent(suite)}`}`;
}
