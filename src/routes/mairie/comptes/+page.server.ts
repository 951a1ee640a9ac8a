import { error, fail, redirect } from '@sveltejs/kit';
import { newAccountSchema, roleNames, roles } from '#lib/domain/accounts.ts';
import { formatDate, dateOf } from '#lib/domain/dates.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { AccountError, enableAccount, listAccounts } from '#lib/server/accounts/accounts.ts';
import { closeAccount } from '#lib/server/accounts/change-account.ts';
import { invite, inviteAgain } from '#lib/server/accounts/letters.ts';
import { turnOffSecondFactor } from '#lib/server/accounts/second-factor.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { record } from '#lib/server/journal.ts';
import { formOf, listOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const communes = await listCommunes(db);
	const nameOf = (slug: string) => communes.find((commune) => commune.slug === slug)?.nom ?? slug;
	return {
		done: url.searchParams.get('fait'),
		me: signedIn(locals).id,
		roles: roles.map((role) => ({ role, nom: roleNames[role] })),
		communes: communes.map(({ slug, nom }) => ({ slug, nom })),
		accounts: (await listAccounts(db)).map((account) => ({
			id: account.id,
			nom: account.nom,
			courriel: account.courriel,
			role: [roleNames[account.role], ...account.communes.map(nameOf)].join(' · '),
			state: stateOf(account),
			hasPassword: account.hasPassword,
			hasSecondFactor: account.hasSecondFactor,
			isClosed: account.disabledAt !== null
		}))
	};
};

function stateOf({
	disabledAt,
	hasPassword,
	seenAt
}: Awaited<ReturnType<typeof listAccounts>>[number]): string {
	if (disabledAt !== null) return `Fermé ${formatDate(dateOf(Date.parse(disabledAt)))}`;
	if (!hasPassword) return 'Invitation envoyée, pas encore acceptée';
	return seenAt === null ? 'Pas connecté en ce moment' : `Vu ${formatDate(dateOf(Date.parse(seenAt)))}`;
}

export const actions: Actions = {
	inviter: async ({ locals, request }) => {
		const form = await formOf(request);
		const values = {
			courriel: textOf(form, 'courriel'),
			nom: textOf(form, 'nom'),
			role: textOf(form, 'role'),
			communes: listOf(form, 'communes')
		};
		const { output, errors } = checkForm(newAccountSchema, values);
		if (errors) return fail(400, { values, errors });
		try {
			const { db, settings } = locals.app;
			await invite(db, settings.origin, output, signedIn(locals));
		} catch (problem) {
			if (!(problem instanceof AccountError)) throw problem;
			return fail(400, { values, errors: { [problem.field]: problem.message } });
		}
		redirect(303, '/mairie/comptes?fait=invitation');
	},
	reinviter: async ({ locals, request }) => {
		const account = await chosen(locals, request);
		const { db, settings } = locals.app;
		if (!account.hasPassword && account.disabledAt === null)
			await inviteAgain(db, settings.origin, account, signedIn(locals));
		redirect(303, '/mairie/comptes?fait=invitation');
	},
	fermer: async ({ locals, request }) => {
		const { db } = locals.app;
		const account = await chosen(locals, request);
		try {
			await closeAccount(db, account.id, signedIn(locals));
		} catch (problem) {
			if (!(problem instanceof AccountError)) throw problem;
			return fail(400, { errors: { [problem.field]: problem.message } });
		}
		redirect(303, '/mairie/comptes?fait=ferme');
	},
	rouvrir: async ({ locals, request }) => {
		const account = await chosen(locals, request);
		await enableAccount(locals.app.db, account.id);
		await record(locals.app.db, signedIn(locals), 'compte-rouvert', account.courriel);
		redirect(303, '/mairie/comptes?fait=rouvert');
	},
	retirerDouble: async ({ locals, request }) => {
		const account = await chosen(locals, request);
		await turnOffSecondFactor(locals.app.db, account, signedIn(locals));
		redirect(303, '/mairie/comptes?fait=double');
	}
};

/** The account a button stands beside. */
async function chosen(locals: App.Locals, request: Request) {
	const form = await formOf(request);
	const id = Number(textOf(form, 'compte'));
	const account = (await listAccounts(locals.app.db)).find((one) => one.id === id);
	if (!account) error(404, 'Ce compte n’existe pas.');
	return account;
}
