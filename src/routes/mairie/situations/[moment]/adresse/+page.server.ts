import { fail, redirect } from '@sveltejs/kit';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { slugOf } from '#lib/domain/reserved.ts';
import { freeMomentSlug, renameMoment } from '#lib/server/editing/moments/life.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { commonMomentOf } from '../../editable-moment.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db, settings } = locals.app;
	const { id, slug, common } = await commonMomentOf(locals, params.moment, url);
	return {
		nom: common.nom,
		/** What comes before the end, which changes. */
		before: `${settings.origin}${pathTo(baseScope, 'moments')}/`,
		end: slug,
		proposed: await freeMomentSlug(db, common.nom, id),
		done: url.searchParams.has('changee')
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const moment = await commonMomentOf(locals, params.moment, url);
		const typed = textOf(await formOf(request), 'fin');
		if (typed.trim() === '')
			return fail(400, { typed, errors: { fin: 'Écrivez la fin de la nouvelle adresse.' } });
		const end = slugOf(typed);
		if (!(await renameMoment(locals.app.db, moment, end, signedIn(locals))))
			return fail(400, {
				typed,
				errors: { fin: `« ${end} » est déjà pris, ou réservé : ajoutez un mot.` }
			});
		redirect(303, `/mairie/situations/${end}/adresse?changee=oui`);
	}
};
