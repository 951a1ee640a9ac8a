import { redirect } from '@sveltejs/kit';
import { cookieOptions, sessionCookie } from '#lib/server/accounts/cookie.ts';
import { closeSession } from '#lib/server/accounts/sessions.ts';
import { record } from '#lib/server/journal.ts';
import type { RequestHandler } from './$types';

/** Signs out: the session ends at once, here and in the database. */
export const POST: RequestHandler = async ({ locals, cookies }) => {
	const { db, settings } = locals.app;
	const name = sessionCookie(settings.origin);
	const session = cookies.get(name);
	if (session !== undefined) await closeSession(db, session);
	if (locals.account) await record(db, locals.account, 'deconnexion');
	cookies.delete(name, cookieOptions(settings.origin));
	redirect(303, '/connexion');
};
