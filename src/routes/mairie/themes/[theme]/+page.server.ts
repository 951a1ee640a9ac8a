import { themeFields } from '#lib/domain/editing/theme.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { hasOwnOrder, listPlacedSections } from '#lib/server/editing/placement.ts';
import { listCommunesIntroducing, ownIntroductionWords } from '#lib/server/editing/themes.ts';
import { signedIn } from '../../signed-in.ts';
import { editableThemeOf } from '../editable-theme.ts';
import { followOrder, hide, move, show } from './order-actions.ts';
import type { Actions, PageServerLoad } from './$types';
import { correct, keepMine, publishTyped, readOver, takeCommon, typedTheme } from './words-actions.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const theme = await editableThemeOf(locals, params.theme, url);
	const { slug, variantOf, common, version } = theme;
	const communes = await listCommunes(db);
	const place = { theme: slug, commune: variantOf };
	const others = communes.filter((one) => signedIn(locals).communes.includes(one.slug));
	return {
		nom: common.nom,
		common,
		commune: communes.find((one) => one.slug === variantOf)?.nom ?? null,
		lieu: communes.find((one) => one.slug === variantOf)?.lieu ?? null,
		/** The other communes that the account speaks for. */
		others: others.length > 1 ? others.map((one) => ({ slug: one.slug, nom: one.nom })) : [],
		search: variantOf === null ? '' : `?commune=${variantOf}`,
		version,
		typed: typedTheme(theme),
		fields: themeFields,
		beneath: ownIntroductionWords(theme),
		introducing: variantOf === null ? await listCommunesIntroducing(db, slug) : [],
		sections: await listPlacedSections(db, place),
		ownOrder: await hasOwnOrder(db, place),
		page: pathTo(variantOf ?? baseScope, slug),
		done: url.searchParams.get('fait'),
		/** The entry that was just moved, or shown again. */
		placed: url.searchParams.get('fiche')
	};
};

export const actions: Actions = {
	relire: async (event) => readOver(event),
	corriger: async (event) => correct(event),
	publier: async (event) => publishTyped(event),
	garder: async (event) => keepMine(event),
	reprendre: async (event) => takeCommon(event),
	deplacer: async (event) => move(event),
	cacher: async (event) => hide(event),
	montrer: async (event) => show(event),
	ordre: async (event) => followOrder(event)
};
