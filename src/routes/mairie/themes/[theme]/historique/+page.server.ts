import { error, fail, redirect } from '@sveltejs/kit';
import { formatMoment } from '#lib/domain/dates.ts';
import { introductionRead, ownIntroductionOf, themeFields, themeWordsOf } from '#lib/domain/editing/theme.ts';
import { listThemeChanges } from '#lib/server/editing/placement-changes.ts';
import { ConflictError } from '#lib/server/editing/publish.ts';
import { listThemeRevisions } from '#lib/server/editing/theme-revisions.ts';
import { type EditableTheme, publishIntroduction, publishThemeWords } from '#lib/server/editing/themes.ts';
import { formOf, textOf } from '../../../../form.ts';
import { happenings, interleaved } from '../../../happenings.ts';
import { signedIn } from '../../../signed-in.ts';
import { editableThemeOf } from '../../editable-theme.ts';
import type { Actions, PageServerLoad } from './$types';

type State = Record<string, unknown>;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const theme = await editableThemeOf(locals, params.theme, url);
	const revisions = await listThemeRevisions(db, theme.slug, theme.variantOf);
	const changes = await listThemeChanges(db, { theme: theme.slug, commune: theme.variantOf });
	const states = revisions.map(({ id, at, who, state }, i) => ({
		id,
		at,
		when: formatMoment(at),
		who: who === 'amorce' ? 'L’annuaire, à sa création' : who,
		lines: linesOf(theme, state),
		isPresent: i === 0,
		canRestore: i > 0,
		differences: changesOf(theme, state)
	}));
	const wanted = url.searchParams.get('version');
	const chosen = states.find(({ id, canRestore }) => canRestore && String(id) === wanted);
	if (wanted !== null && !chosen) error(404, 'Cet état du thème n’existe pas.');
	return {
		nom: theme.common.nom,
		search: theme.variantOf === null ? '' : `?commune=${theme.variantOf}`,
		version: theme.version,
		done: url.searchParams.has('retabli'),
		chosen: chosen && { ...chosen, id: String(chosen.id), changes: chosen.differences },
		states: interleaved(
			states.map(({ differences, ...state }) => ({
				...state,
				changes: differences.map(({ label }) => label)
			})),
			await happenings(db, changes)
		)
	};
};

/** What a state said, in words. */
function linesOf({ variantOf, common }: EditableTheme, state: State) {
	if (variantOf === null) {
		const words = themeWordsOf(state, common);
		return themeFields.map(({ name, label }) => ({ label, text: words[name] }));
	}
	const own = ownIntroductionOf(state);
	const label =
		own === null ? 'Suivait le texte commun' : own.mode === 'add' ? 'Ajouté à la suite' : 'À la place';
	return [{ label, text: own?.introduction ?? 'Rien de plus.' }];
}

/** What coming back to a state would change of what people read now. */
function changesOf({ variantOf, common, own }: EditableTheme, state: State) {
	const [now, then] =
		variantOf === null
			? [common, themeWordsOf(state, common)]
			: [own, ownIntroductionOf(state)].map((one) => ({
					...common,
					introduction: introductionRead(common.introduction, one)
				}));
	if (!now || !then) return [];
	return themeFields
		.map(({ name, label }) => ({ name, label, avant: now[name], apres: then[name] }))
		.filter(({ avant, apres }) => avant !== apres);
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
		if (changesOf(theme, state).length === 0) return fail(400, { unchanged: true });
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
