import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { findPlace } from '#lib/server/places.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, locals }) => {
	const found = await findPlace(locals.app.db, params.commune);
	if (!found) error(404, m.erreur_introuvable());
	return scriptless(found);
};
