import { error, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { ownIntroductionOf, themeFields, themeWordsOf } from '#lib/domain/editing/theme.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { listThemeRevisions } from '#lib/server/editing/theme-revisions.ts';
import { type EditableTheme, publishIntroduction, publishThemeWords } from '#lib/server/editing/themes.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { editableThemeOf } from '../../editable-theme.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const theme = await editableThemeOf(locals, params.theme, url);
	const revisions = await listThemeRevisions(locals.app.db, theme.slug, theme.variantOf);
	return {
		nom: theme.common.nom,
		search: theme.variantOf === null ? '' : `?commune=${theme.variantOf}`,
		version: theme.version,
		done: url.searchParams.has('retabli'),
		states: revisions.map(({ id, at, who, state }, i) => ({
			id,
			when: formatMoment(at),
			who: who === 'amorce' ? 'L’annuaire, à sa création' : who,
			lines: linesOf(theme, state),
			isPresent: i === 0,
			canRestore: i > 0
		}))
	};
};

/** What a state said, in words. */
function linesOf({ variantOf, common }: EditableTheme, state: Record<string, unknown>) {
	if (variantOf === null) {
		const words = themeWordsOf(state, common);
		return themeFields.map(({ name, label }) => ({ label, text: words[name] }));
	}
	const own = ownIntroductionOf(state);
	const label =
		own === null ? 'Suivait le texte commun' : own.mode === 'add' ? 'Ajouté à la suite' : 'À la place';
	return [{ label, text: own?.introduction ?? 'Rien de plus.' }];
}

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const { db } = locals.app;
		const theme = await editableThemeOf(locals, params.theme, url);
		const form = await formOf(request);
		const wanted = Number(textOf(form, 'etat'));
		const revisions = await listThemeRevisions(db, theme.slug, theme.variantOf);
		const state = revisions.find(({ id }) => id === wanted)?.state;
		if (!state) error(404, 'Cet état du thème n’existe pas.');
		const editable = { ...theme, version: Number(textOf(form, 'version')) };
		const by = signedIn(locals);
		try {
			if (theme.variantOf === null)
				await publishThemeWords(db, editable, themeWordsOf(state, theme.common), by);
			else await publishIntroduction(db, editable, ownIntroductionOf(state), by);
		} catch (problem) {
			if (!(problem instanceof ConflictError)) throw problem;
			error(409, 'Quelqu’un vient de publier ce thème : revenez à son histoire, et recommencez.');
		}
		const commune = theme.variantOf === null ? '' : `commune=${theme.variantOf}&`;
		redirect(303, `${url.pathname}?${commune}retabli=oui`);
	}
};
