import { fail } from '@sveltejs/kit';
import QRCode from 'qrcode';
import { sessionCookie } from '#lib/server/accounts/cookie.ts';
import { turnOnSecondFactor } from '#lib/server/accounts/second-factor.ts';
import { confirmPassword } from '#lib/server/accounts/sign-in.ts';
import { isWholeCode, newTotpSecret, totpAddress } from '#lib/server/accounts/totp.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const account = signedIn(locals);
	return {
		hasSecondFactor: account.hasSecondFactor,
		mustHaveSecondFactor: account.role === 'administration',
		...(await offer(locals, newTotpSecret()))
	};
};

export const actions: Actions = {
	default: async ({ locals, request, cookies }) => {
		const { db, attempts, settings } = locals.app;
		const account = signedIn(locals);
		const form = await formOf(request);
		const secret = textOf(form, 'secret');
		const code = textOf(form, 'code');
		const session = cookies.get(sessionCookie(settings.origin)) ?? '';
		const isSecret = /^[A-Z2-7]{32}$/.test(secret);
		const again = isSecret ? await offer(locals, secret) : {};
		// Whoever finds a session open must not put their own telephone in the place of another's.
		if (account.hasSecondFactor) {
			const { courriel } = account;
			const { address } = locals;
			const current = await confirmPassword(db, attempts, {
				courriel,
				password: textOf(form, 'actuel'),
				address
			});
			if (current.kind === 'held')
				return fail(429, { ...again, errors: { actuel: 'Trop d’essais : attendez un quart d’heure.' } });
			if (current.kind === 'refused')
				return fail(400, { ...again, errors: { actuel: 'Ce n’est pas votre mot de passe actuel.' } });
		}
		if (isSecret && !isWholeCode(code))
			return fail(400, {
				...again,
				errors: { code: 'Il faut six chiffres : recopiez le code affiché maintenant.' }
			});
		const codes = isSecret ? await turnOnSecondFactor(db, account, secret, code, session) : undefined;
		if (codes !== undefined) return { codes };
		return fail(400, {
			...again,
			errors: {
				code: 'Ce code n’est pas le bon. Vérifiez que l’heure de votre téléphone est juste, et recopiez le code affiché maintenant.'
			}
		});
	}
};

/** A secret as an application reads it, and as a person types it. */
async function offer(locals: App.Locals, secret: string) {
	const { nom_court } = await getTerritory(locals.app.db);
	const address = totpAddress(secret, `Annuaire ${nom_court}`, signedIn(locals).courriel);
	const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
	const dark: string[] = [];
	for (let row = 0; row < modules.size; row++)
		for (let column = 0; column < modules.size; column++)
			if (modules.get(row, column)) dark.push(`M${column} ${row}h1v1h-1z`);
	return {
		secret,
		typed: secret.replace(/(.{4})/g, '$1 ').trim(),
		size: modules.size,
		drawing: dark.join('')
	};
}
