import { error, redirect } from '@sveltejs/kit';
import { dateOf, formatDate } from '#lib/domain/dates.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { isMine, listDuplicates } from '#lib/server/census/duplicates.ts';
import { listMerges, type Merge, undoMerge } from '#lib/server/census/merge.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { formOf, textOf } from '../../form.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const communes = await listCommunes(db);
	const whereOf = (slug: string | null) =>
		communes.find((commune) => commune.slug === slug)?.nom ?? 'Toutes les communes';
	const pairs = await listDuplicates(db, signedIn(locals));
	const { shown, page, pages } = pageOf(pairs, url.searchParams.get('page'));
	const asked = Number(url.searchParams.get('separer'));
	return {
		page,
		pages,
		pairs: shown.map(({ one, other, why }) => ({
			path: `/mairie/fiches/${one.state.slug}/fusionner?avec=${other.state.slug}`,
			one: String(one.state.facts.nom),
			other: String(other.state.facts.nom),
			where: whereOf(one.state.commune),
			why
		})),
		merges: (await mineOf(locals)).map(({ id, kept, gone, mergedAt, mergedBy }) => ({
			id,
			kept: { nom: kept.nom, path: `/mairie/fiches/${kept.slug}` },
			gone: gone.nom,
			told: `${formatDate(dateOf(Date.parse(mergedAt)), 'annee')}, par ${mergedBy}`,
			isAsked: id === asked
		})),
		isMerged: url.searchParams.has('reunies'),
		isSplit: url.searchParams.has('separees'),
		edited: url.searchParams.getAll('garde')
	};
};

async function mineOf(locals: App.Locals): Promise<Merge[]> {
	const account = signedIn(locals);
	return (await listMerges(locals.app.db)).filter(({ kept }) => isMine(account, kept));
}

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await formOf(request);
		const id = Number(textOf(form, 'fusion'));
		const merge = (await mineOf(locals)).find((one) => one.id === id);
		if (!merge) error(404, 'Ces fiches ne sont pas réunies, ou ne sont pas les vôtres.');
		const edited = await undoMerge(locals.app.db, merge, signedIn(locals));
		const told = new URLSearchParams([['separees', 'oui'], ...edited.map((label) => ['garde', label])]);
		redirect(303, `/mairie/doublons?${told.toString()}`);
	}
};
