import { fail, redirect } from '@sveltejs/kit';
import { pathToService } from '#lib/domain/paths.ts';
import { slugOf } from '#lib/domain/reserved.ts';
import { renameEntry } from '#lib/server/editing/address.ts';
import { scopeRead } from '#lib/server/editing/preview.ts';
import { freeSlug } from '#lib/server/editing/slugs.ts';
import { formOf, textOf } from '../../../../form.ts';
import { signedIn } from '../../../signed-in.ts';
import { wholeOf } from '../../editable-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db, settings } = locals.app;
	const editable = await wholeOf(locals, params.slug, url);
	const nom = String(editable.facts.nom);
	const path = pathToService(editable, scopeRead(editable));
	return {
		nom,
		/** What comes before the end, which changes. */
		before: `${settings.origin}${path.slice(0, -editable.slug.length)}`,
		end: editable.slug,
		proposed: await freeSlug(db, nom, editable.commune, editable.id),
		done: url.searchParams.has('changee')
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const editable = await wholeOf(locals, params.slug, url);
		const typed = textOf(await formOf(request), 'fin');
		const end = slugOf(typed);
		if (typed.trim() === '')
			return fail(400, { typed, errors: { fin: 'Écrivez la fin de la nouvelle adresse.' } });
		if (!(await renameEntry(locals.app.db, editable, end, signedIn(locals))))
			return fail(400, {
				typed,
				errors: {
					fin: `« ${end} » est déjà pris, ou réservé : ajoutez un mot, par exemple celui de la commune.`
				}
			});
		redirect(303, `/mairie/fiches/${end}/adresse?changee=oui`);
	}
};
