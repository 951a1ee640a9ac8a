import { error, fail, redirect } from '@sveltejs/kit';
import { pathIn } from '#lib/domain/language.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import {
	longestTranslation,
	saveTranslations,
	type TypedTranslation
} from '#lib/server/translations/edit.ts';
import { findGroup } from '#lib/server/translations/progress.ts';
import { formOf, listOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const group = await findGroup(locals.app.db, params.langue, params.objet);
	if (!group)
		error(404, 'Ces textes n’existent pas, ou pas dans cette langue : repartez de la liste des traductions.');
	const { langue, nom, textes } = group;
	const [kind, ...words] = params.objet.split('-');
	const french =
		kind === 'theme' ? pathTo(baseScope, words.join('-')) : kind === 'accueil' ? pathTo() : undefined;
	return {
		langue,
		nom,
		textes,
		limits: longestTranslation,
		page: french === undefined ? null : pathIn(langue.code, french),
		saved: url.searchParams.get('fait')
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await formOf(request);
		const typed = typedIn(form);
		const result = await saveTranslations(locals.app.db, params, typed, signedIn(locals));
		if (!result) error(404, 'Ces textes n’existent plus : repartez de la liste des traductions.');
		if (result.errors)
			return fail(400, {
				typed: Object.fromEntries(typed.map(({ cle, texte }) => [cle, texte])),
				sources: Object.fromEntries(typed.map(({ cle, source }) => [cle, source])),
				errors: result.errors,
				versions: {
					...Object.fromEntries(typed.map(({ cle, version }) => [cle, version])),
					...result.versions
				}
			});
		redirect(303, `/mairie/traductions/${params.langue}/${params.objet}?fait=${result.saved}`);
	}
};

/** Each text has its key, its words, the French beside it and its number, in that order. */
function typedIn(form: FormData): TypedTranslation[] {
	const texts = listOf(form, 'texte');
	const sources = listOf(form, 'source');
	const versions = listOf(form, 'version');
	const isTrue = new Set(listOf(form, 'juste'));
	return listOf(form, 'cle').map((cle, i) => ({
		cle,
		texte: texts[i] ?? '',
		source: sources[i] ?? '',
		version: Number(versions[i]) || 0,
		isTrue: isTrue.has(cle)
	}));
}
