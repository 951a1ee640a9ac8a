import { error, fail, redirect } from '@sveltejs/kit';
import { pageOf } from '#lib/domain/pagination.ts';
import { applyPlan, countsOf } from '#lib/server/census/apply.ts';
import { chooseDuplicates, columnsOf, type WaitingCensus } from '#lib/server/census/census.ts';
import { planOf } from '#lib/server/census/plan.ts';
import { territoryOf } from '#lib/server/census/states.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { findDone, findMine, mineOf } from '../census-of.ts';
import { lineOf, partsOf } from './parts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const census = await findMine(locals, params.numero);
	if (!census) {
		if (await findDone(locals, params.numero)) redirect(303, `/mairie/import/${params.numero}`);
		error(404, 'Cet import n’existe pas, ou n’est pas le vôtre.');
	}
	const { proposals, ignored } = await planned(locals, census);
	const filled = partsOf(proposals).filter((part) => part.proposals.length > 0);
	const part = filled.find(({ name }) => name === url.searchParams.get('voir')) ?? filled[0];
	const { shown, page, pages } = pageOf(part?.proposals ?? [], url.searchParams.get('page'));
	const territory = await territoryOf(locals.app.db);
	const lines = shown.map((proposal) => lineOf(proposal, census.choices, territory));
	return {
		id: census.id,
		fileName: census.fileName,
		counts: countsOf(proposals, census.choices, false),
		ignored,
		parts: filled.map(({ name, titre, proposals }) => ({ name, titre, count: proposals.length })),
		part: part && { name: part.name, titre: part.titre, aide: part.aide, lines, page, pages },
		isKept: url.searchParams.has('garde')
	};
};

async function planned(locals: App.Locals, census: WaitingCensus) {
	const { db } = locals.app;
	const columns = await columnsOf(db, census);
	const targets = columns.map(({ target }) => target);
	if (!targets.includes('nom') && !targets.includes('slug')) redirect(303, `/mairie/import/${census.id}`);
	return {
		proposals: await planOf(db, signedIn(locals), { ...census, targets }),
		ignored: columns.filter(({ target }) => target === undefined).map(({ header }) => header)
	};
}

/** The choices that a form holds, by the number of the row. */
function chosenIn(form: FormData, { table }: WaitingCensus): Record<string, string> {
	const lines = table.rows.map(({ line }) => String(line)).filter((line) => form.has(`choix-${line}`));
	return Object.fromEntries(lines.map((line) => [line, textOf(form, `choix-${line}`).slice(0, 40)]));
}

export const actions: Actions = {
	choix: async ({ locals, params, url, request }) => {
		const census = await mineOf(locals, params.numero);
		await chooseDuplicates(locals.app.db, census, chosenIn(await formOf(request), census));
		const page = url.searchParams.get('page') ?? '1';
		redirect(303, `${url.pathname}?voir=doublon&page=${encodeURIComponent(page)}&garde=oui#lignes`);
	},
	confirmer: async ({ locals, params, request }) => {
		const census = await mineOf(locals, params.numero);
		const form = await formOf(request);
		const publish = textOf(form, 'publier') === 'oui';
		const shown = chosenIn(form, census);
		await chooseDuplicates(locals.app.db, census, shown);
		const choices = { ...census.choices, ...shown };
		const { proposals } = await planned(locals, census);
		const { creees, modifiees } = countsOf(proposals, choices, publish);
		if (creees + modifiees === 0)
			return fail(400, {
				errors: { confirmer: 'Rien n’est à importer : aucune fiche ne serait créée ni modifiée.' }
			});
		await applyPlan(locals.app.db, census.id, proposals, choices, { by: signedIn(locals), publish });
		redirect(303, `/mairie/import/${census.id}?fait=oui`);
	}
};
