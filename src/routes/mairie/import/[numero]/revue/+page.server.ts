import { error, fail, redirect } from '@sveltejs/kit';
import { pageOf } from '#lib/domain/pagination.ts';
import { applyPlan, countsOf } from '#lib/server/census/apply.ts';
import { chooseDuplicates, columnsOf, type WaitingCensus } from '#lib/server/census/census.ts';
import { planOf } from '#lib/server/census/plan.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { findDone, findMine, mineOf } from '../census-of.ts';
import { partsOf } from './parts.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const census = await findMine(locals, params.numero);
	if (!census) {
		if (await findDone(locals, params.numero)) redirect(303, `/mairie/import/${params.numero}`);
		error(404, 'Cet import n’existe pas, ou n’est pas le vôtre.');
	}
	const { proposals, ignored } = await planned(locals, census);
	const parts = partsOf(proposals, census.choices);
	const filled = parts.filter(({ lines }) => lines.length > 0);
	const part = filled.find(({ name }) => name === url.searchParams.get('voir')) ?? filled[0];
	const { shown, page, pages } = pageOf(part?.lines ?? [], url.searchParams.get('page'));
	return {
		id: census.id,
		fileName: census.fileName,
		counts: countsOf(proposals, census.choices, false),
		ignored,
		parts: filled.map(({ name, titre, lines }) => ({ name, titre, count: lines.length })),
		part: part && { name: part.name, titre: part.titre, aide: part.aide, lines: shown, page, pages },
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

export const actions: Actions = {
	choix: async ({ locals, params, url, request }) => {
		const census = await mineOf(locals, params.numero);
		const form = await formOf(request);
		const lines = new Set(census.table.rows.map(({ line }) => `choix-${line}`));
		const chosen = [...form.keys()].filter((name) => lines.has(name));
		await chooseDuplicates(
			locals.app.db,
			census,
			Object.fromEntries(chosen.map((name) => [name.slice('choix-'.length), textOf(form, name).slice(0, 40)]))
		);
		const page = url.searchParams.get('page') ?? '1';
		redirect(303, `${url.pathname}?voir=doublon&page=${encodeURIComponent(page)}&garde=oui#lignes`);
	},
	confirmer: async ({ locals, params, request }) => {
		const census = await mineOf(locals, params.numero);
		const form = await formOf(request);
		const publish = textOf(form, 'publier') === 'oui';
		const { proposals } = await planned(locals, census);
		const { creees, modifiees } = countsOf(proposals, census.choices, publish);
		if (creees + modifiees === 0)
			return fail(400, {
				errors: { confirmer: 'Rien n’est à importer : aucune fiche ne serait créée ni modifiée.' }
			});
		await applyPlan(locals.app.db, census.id, proposals, census.choices, { by: signedIn(locals), publish });
		redirect(303, `/mairie/import/${census.id}?fait=oui`);
	}
};
