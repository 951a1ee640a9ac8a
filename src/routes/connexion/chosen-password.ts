import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { choosePassword, type ChosenPassword } from '#lib/server/accounts/choose-password.ts';
import { findLink } from '#lib/server/accounts/links.ts';
import { formOf, textOf } from '../form.ts';

type Purpose = ChosenPassword['purpose'];
type Event = RequestEvent<{ secret: string }>;

/** Whose password a link lets choose: their address, or null once the link no longer serves. */
export async function whoseLink({ params, locals }: Pick<Event, 'params' | 'locals'>, purpose: Purpose) {
	const { db } = locals.app;
	const id = await findLink(db, params.secret, purpose);
	const account = id === undefined ? undefined : await findAccount(db, id);
	return { courriel: account?.courriel ?? null };
}

/** Keeps the password that was typed, then asks to sign in with it. */
export async function keepPassword({ params, request, locals }: Event, purpose: Purpose) {
	const form = await formOf(request);
	const problem = await choosePassword(locals.app, {
		secret: params.secret,
		purpose,
		password: textOf(form, 'mot_de_passe'),
		address: locals.address
	});
	if (problem !== undefined) return fail(400, { errors: { mot_de_passe: problem } });
	redirect(303, '/connexion?change=oui');
}
