import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { accountName } from '#lib/domain/accounts.ts';
import { formatDate, formatTime, dayOf, localOf } from '#lib/domain/dates.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { changeAccount } from '#lib/server/accounts/change-account.ts';
import { replacePassword } from '#lib/server/accounts/choose-password.ts';
import { sessionCookie } from '#lib/server/accounts/cookie.ts';
import { countRecoveryCodes } from '#lib/server/accounts/recovery.ts';
import { turnOffSecondFactor } from '#lib/server/accounts/second-factor.ts';
import { closeSessionOf, closeSessions, listSessions } from '#lib/server/accounts/sessions.ts';
import { confirmPassword } from '#lib/server/accounts/sign-in.ts';
import { formOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const moment = (iso: string) => {
	const local = localOf(Date.parse(iso));
	return `${formatDate(dayOf(local))}, ${formatTime(local)}`;
};

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
	const { db, settings } = locals.app;
	const account = signedIn(locals);
	const sessions = await listSessions(db, account.id, cookies.get(sessionCookie(settings.origin)));
	return {
		courriel: account.courriel,
		hasSecondFactor: account.hasSecondFactor,
		mustHaveSecondFactor: account.role === 'administration',
		recoveryCodes: account.hasSecondFactor ? await countRecoveryCodes(db, account.id) : 0,
		sessions: sessions.map(({ idHash, device, createdAt, seenAt, isThisOne }) => ({
			idHash,
			device,
			isThisOne,
			opened: moment(createdAt),
			seen: moment(seenAt)
		})),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	nom: async ({ locals, request }) => {
		const account = signedIn(locals);
		const typed = textOf(await formOf(request), 'nom');
		const { output, errors } = checkForm(v.object({ nom: accountName }), { nom: typed });
		if (errors) return fail(400, { errors, typed });
		const { courriel, role, communes } = account;
		const wanted = { courriel: courriel.toLowerCase(), nom: output.nom, role, communes };
		await changeAccount(locals.app.db, account.id, wanted, account);
		redirect(303, '/mairie/compte?fait=nom');
	},
	motDePasse: async ({ locals, request, cookies }) => {
		const { db, attempts, settings } = locals.app;
		const account = signedIn(locals);
		const form = await formOf(request);
		const wanted = textOf(form, 'nouveau');
		const { address } = locals;
		const { courriel } = account;
		const current = await confirmPassword(db, attempts, {
			courriel,
			password: textOf(form, 'actuel'),
			address
		});
		if (current.kind === 'held')
			return fail(429, { errors: { actuel: 'Trop d’essais : attendez un quart d’heure.' } });
		if (current.kind === 'refused')
			return fail(400, { errors: { actuel: 'Ce n’est pas votre mot de passe actuel.' } });
		const session = cookies.get(sessionCookie(settings.origin));
		const problem = await replacePassword(db, account, wanted, session);
		if (problem !== undefined) return fail(400, { errors: { nouveau: problem } });
		redirect(303, '/mairie/compte?fait=mot-de-passe');
	},
	fermer: async ({ locals, request }) => {
		const form = await formOf(request);
		await closeSessionOf(locals.app.db, signedIn(locals).id, textOf(form, 'session'));
		redirect(303, '/mairie/compte?fait=session');
	},
	fermerTout: async ({ locals, cookies }) => {
		const { db, settings } = locals.app;
		await closeSessions(db, signedIn(locals).id, cookies.get(sessionCookie(settings.origin)));
		redirect(303, '/mairie/compte?fait=sessions');
	},
	retirer: async ({ locals, request }) => {
		const { db, attempts } = locals.app;
		const account = signedIn(locals);
		if (account.role === 'administration')
			return fail(400, {
				errors: { retirer: 'La communauté de communes garde toujours la double vérification.' }
			});
		const form = await formOf(request);
		const password = textOf(form, 'retirer');
		const { courriel } = account;
		const current = await confirmPassword(db, attempts, { courriel, password, address: locals.address });
		if (current.kind === 'held')
			return fail(429, { errors: { retirer: 'Trop d’essais : attendez un quart d’heure.' } });
		if (current.kind === 'refused')
			return fail(400, { errors: { retirer: 'Ce n’est pas votre mot de passe actuel.' } });
		await turnOffSecondFactor(db, account, account);
		redirect(303, '/connexion');
	}
};
