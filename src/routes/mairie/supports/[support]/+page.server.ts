import { error, fail, redirect } from '@sveltejs/kit';
import { targetOf, targetPath } from '#lib/domain/codes.ts';
import { formatDate } from '#lib/domain/dates.ts';
import { checkForm } from '#lib/domain/forms.ts';
import { printingSchema, supportName } from '#lib/domain/printing.ts';
import { retargetCode } from '#lib/server/codes/codes.ts';
import { notePrinting, retirePrinting } from '#lib/server/codes/printings.ts';
import { isFollowed, scansByDay, targetNames } from '#lib/server/codes/supports.ts';
import { record } from '#lib/server/journal.ts';
import { sheetFormats } from '#lib/server/paper/sheet.ts';
import { today } from '#lib/server/reading.ts';
import { formOf, textOf } from '../../../form.ts';
import { signedIn } from '../../signed-in.ts';
import { chosenTarget, targetChoices } from '../support-form.ts';
import { supportOf } from './support-of.ts';
import type { Actions, PageServerLoad } from './$types';

/** Days of scans that the page draws. */
const days = 60;

const formatNames: Readonly<Record<(typeof sheetFormats)[number], string>> = {
	a4: 'Affiche A4',
	a3: 'Affiche A3',
	a6: 'Dépliant A6',
	facture: 'Encart de facture (99 × 210 mm)',
	etiquettes: '24 étiquettes (70 × 37 mm)'
};

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db, settings } = locals.app;
	const { code, support, target, leadsTo, createdAt, since, past, printings, copies, scans } =
		await supportOf(locals, params.support);
	const nameOf = await targetNames(db);
	return {
		code,
		support: supportName(support),
		leadsTo,
		path: targetPath(target),
		target: { commune: target.commune, objet: target.object, langue: targetOf(target).langue },
		createdOn: formatDate(createdAt, 'annee'),
		since: formatDate(since, 'annee'),
		past: past.toReversed().map((one) => ({ leadsTo: nameOf(one), since: formatDate(one.since, 'annee') })),
		printings: printings.map(({ id, lieu, exemplaires, imprime_le, by, retiredOn }) => ({
			id,
			lieu,
			exemplaires,
			when: formatDate(imprime_le, 'annee'),
			by,
			retired: retiredOn === null ? null : formatDate(retiredOn, 'annee')
		})),
		copies,
		scans,
		days: (await scansByDay(db, code, days)).map(({ day, count }) => ({ day: formatDate(day), count })),
		sheets: sheetFormats.map((format) => ({
			nom: formatNames[format],
			path: `/mairie/supports/${code}/${format}.pdf`
		})),
		isProof: !settings.origin.startsWith('https:'),
		choices: await targetChoices(locals),
		today: today(),
		done: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	/** Asks first: paper that circulates leads elsewhere from then on. */
	rediriger: async ({ locals, params, request }) => {
		const { db, settings } = locals.app;
		const support = await supportOf(locals, params.support);
		const form = await formOf(request);
		const values = {
			commune: textOf(form, 'commune'),
			objet: textOf(form, 'objet'),
			langue: textOf(form, 'langue')
		};
		const { target, errors } = chosenTarget(await targetChoices(locals), values);
		if (!target) return fail(400, { values, errors });
		const leadsTo = (await targetNames(db))(target);
		if (leadsTo === support.leadsTo)
			return fail(400, { values, errors: { objet: 'Ce code mène déjà là. Choisissez une autre page.' } });
		// What is confirmed is what was asked: another page chosen meanwhile is asked again.
		if (textOf(form, 'confirme') !== leadsTo) return { values, asked: leadsTo };
		const account = signedIn(locals);
		await retargetCode(db, settings.dataDir, support.code, target, account.nom);
		await record(db, account, 'code-redirige', support.code);
		redirect(
			303,
			isFollowed(account, target.commune)
				? `/mairie/supports/${support.code}?fait=redirige`
				: '/mairie/supports'
		);
	},
	tirage: async ({ locals, params, request }) => {
		const { code } = await supportOf(locals, params.support);
		const form = await formOf(request);
		const printing = {
			lieu: textOf(form, 'lieu'),
			exemplaires: textOf(form, 'exemplaires'),
			imprime_le: textOf(form, 'imprime_le')
		};
		const { output, errors } = checkForm(printingSchema, printing);
		if (errors) return fail(400, { printing, errors });
		await notePrinting(locals.app.db, code, output, signedIn(locals));
		redirect(303, `/mairie/supports/${code}?fait=note`);
	},
	retirer: ({ locals, params, request }) => retire(locals, params.support, request, true),
	remettre: ({ locals, params, request }) => retire(locals, params.support, request, false)
};

async function retire(
	locals: App.Locals,
	typed: string,
	request: Request,
	isRetired: boolean
): Promise<never> {
	const { code, printings } = await supportOf(locals, typed);
	const id = Number(textOf(await formOf(request), 'tirage'));
	if (!printings.some((printing) => printing.id === id)) error(404, 'Ce tirage n’existe pas pour ce code.');
	await retirePrinting(locals.app.db, { code, id }, isRetired, signedIn(locals));
	redirect(303, `/mairie/supports/${code}?fait=${isRetired ? 'retire' : 'remis'}#tirages`);
}
