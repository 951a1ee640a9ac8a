import { error, fail, redirect } from '@sveltejs/kit';
import { newAccountSchema, roleNames, roles } from '#lib/domain/accounts.ts';
import { formatMoment } from '#lib/domain/dates.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { AccountError, listAccounts } from '#lib/server/accounts/accounts.ts';
import { changeAccount, lastVisitOf, roleInWords } from '#lib/server/accounts/change-account.ts';
import { inviteAgain } from '#lib/server/accounts/letters.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { formOf, listOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const account = await accountOf(locals, params.id);
	const { nom, courriel, role, communes, hasPassword, hasSecondFactor, disabledAt } = account;
	const seen = await lastVisitOf(db, account);
	return {
		nom,
		courriel,
		role,
		communes,
		roleNom: await roleInWords(db, account),
		isMe: account.id === signedIn(locals).id,
		isClosed: disabledAt !== null,
		isInvited: !hasPassword && disabledAt === null,
		hasSecondFactor,
		seen: seen === null ? null : formatMoment(seen),
		roles: roles.map((one) => ({ role: one, nom: roleNames[one] })),
		allCommunes: (await listCommunes(db)).map(({ slug, nom }) => ({ slug, nom })),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	changer: async ({ locals, params, request }) => {
		const account = await accountOf(locals, params.id);
		const me = signedIn(locals);
		const form = await formOf(request);
		// One's own page only has a name to change.
		const values =
			account.id === me.id
				? { ...account, nom: textOf(form, 'nom') }
				: {
						nom: textOf(form, 'nom'),
						courriel: textOf(form, 'courriel'),
						role: textOf(form, 'role'),
						communes: listOf(form, 'communes')
					};
		const { output, errors } = checkForm(newAccountSchema, values);
		if (errors) return fail(400, { values, errors });
		try {
			await changeAccount(locals.app.db, account.id, output, me);
		} catch (problem) {
			if (!(problem instanceof AccountError)) throw problem;
			return fail(400, { values, errors: { [problem.field]: problem.message } });
		}
		// An invitation that hasn't been accepted follows its person to their other address.
		const isMoved =
			!account.hasPassword && account.disabledAt === null && output.courriel !== account.courriel;
		const { db, settings } = locals.app;
		if (isMoved) await inviteAgain(db, settings.origin, { ...account, courriel: output.courriel }, me);
		redirect(303, `/mairie/comptes/${account.id}?fait=${isMoved ? 'invitation' : 'change'}`);
	},
	reinviter: async ({ locals, params }) => {
		const account = await accountOf(locals, params.id);
		const { db, settings } = locals.app;
		if (!account.hasPassword && account.disabledAt === null)
			await inviteAgain(db, settings.origin, account, signedIn(locals));
		redirect(303, `/mairie/comptes/${account.id}?fait=invitation`);
	}
};

/** The account of this address, open or closed; otherwise 404. */
async function accountOf(locals: App.Locals, id: string) {
	const account = (await listAccounts(locals.app.db)).find((one) => String(one.id) === id);
	if (!account) error(404, 'Ce compte n’existe pas.');
	return account;
}
