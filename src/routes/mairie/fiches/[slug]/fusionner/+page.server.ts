import { error, fail, redirect } from '@sveltejs/kit';
import { choicesBetween, mergeProblem, type Side } from '#lib/domain/census/merging.ts';
import { listMergeable } from '#lib/server/census/duplicates.ts';
import { mergeEntries } from '#lib/server/census/merge.ts';
import { type StoredEntry, territoryOf } from '#lib/server/census/states.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const { kept, gone, others } = await entriesOf(locals, params.slug, url);
	const communes = await listCommunes(db);
	const described = ({ state, isPublished }: StoredEntry) => ({
		slug: state.slug,
		nom: String(state.facts.nom),
		where: communes.find(({ slug }) => slug === state.commune)?.nom ?? 'Toutes les communes',
		isPublished
	});
	return {
		kept: described(kept),
		others: gone ? [] : others.filter((one) => !mergeProblem(kept.state, one.state)).map(described),
		gone: gone && described(gone),
		problem: gone && mergeProblem(kept.state, gone.state),
		choices: gone ? choicesBetween(kept.state, gone.state, await territoryOf(db)) : []
	};
};

/** The two entries, both the person's to change; otherwise 404, whether or not they exist. */
async function entriesOf(locals: App.Locals, slug: string, url: URL) {
	const entries = await listMergeable(locals.app.db, signedIn(locals));
	const find = (wanted: string | null) => entries.find(({ state }) => state.slug === wanted);
	const kept = find(slug);
	const avec = url.searchParams.get('avec');
	const gone = find(avec);
	if (!kept || (avec !== null && avec !== '' && !gone))
		error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
	return { kept, gone, others: entries.filter((one) => one !== kept) };
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const { kept, gone } = await entriesOf(locals, params.slug, url);
		if (!gone) error(404, 'Cette fiche n’existe pas, ou n’est pas la vôtre.');
		const problem = mergeProblem(kept.state, gone.state);
		if (problem !== undefined) return fail(400, { errors: { fusionner: problem } });
		const form = await formOf(request);
		const choices = choicesBetween(kept.state, gone.state, await territoryOf(db));
		const sides = choices.flatMap(({ target }): [string, Side][] => {
			const side = textOf(form, `choix-${target}`);
			return side === 'ici' || side === 'autre' ? [[target, side]] : [];
		});
		await mergeEntries(db, kept, gone, Object.fromEntries(sides), signedIn(locals));
		redirect(303, '/mairie/doublons?reunies=oui');
	}
};
