import { fail, redirect } from '@sveltejs/kit';
import { checkForm } from '#lib/domain/forms.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { newSupportSchema, supportName, supports } from '#lib/domain/printing.ts';
import { issueCode } from '#lib/server/codes/codes.ts';
import { notePrinting } from '#lib/server/codes/printings.ts';
import { lately, listSupports } from '#lib/server/codes/supports.ts';
import { record } from '#lib/server/journal.ts';
import { today } from '#lib/server/reading.ts';
import { formOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import { chosenTarget, targetChoices } from './support-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const choices = await targetChoices(locals);
	const commune = url.searchParams.get('commune') ?? '';
	const all = await listSupports(locals.app.db, signedIn(locals));
	const chosen = all.filter(({ target }) => commune === '' || target.commune === commune);
	// What is read most comes first.
	const sorted = chosen.toSorted(
		(a, b) =>
			b.scans.lately - a.scans.lately || b.copies - a.copies || a.leadsTo.localeCompare(b.leadsTo, 'fr')
	);
	const { shown, page, pages } = pageOf(sorted, url.searchParams.get('page'));
	return {
		choices,
		commune,
		count: chosen.length,
		lately,
		page,
		pages,
		today: today(),
		supports: Object.entries(supports).map(([value, nom]) => ({ value, nom })),
		codes: shown.map(({ code, support, leadsTo, copies, scans }) => ({
			code,
			support: supportName(support),
			leadsTo,
			copies,
			scans
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const { db, settings } = locals.app;
		const account = signedIn(locals);
		const form = await formOf(request);
		const names = ['commune', 'objet', 'langue', 'support', 'lieu', 'exemplaires', 'imprime_le'] as const;
		const values = Object.fromEntries(names.map((name) => [name, textOf(form, name)])) as Record<
			(typeof names)[number],
			string
		>;
		const { output, errors } = checkForm(newSupportSchema, values);
		const wanted = chosenTarget(await targetChoices(locals), values);
		if (errors || !wanted.target) return fail(400, { values, errors: { ...wanted.errors, ...errors } });
		const { support, lieu, exemplaires, imprime_le } = output;
		const code = await issueCode(db, settings.dataDir, { ...wanted.target, support }, account.nom);
		await record(db, account, 'code-cree', code);
		await notePrinting(db, code, { lieu, exemplaires, imprime_le }, account);
		redirect(303, `/mairie/supports/${code}?fait=cree`);
	}
};
