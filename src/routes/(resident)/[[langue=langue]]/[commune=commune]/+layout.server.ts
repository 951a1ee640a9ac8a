import { error } from '@sveltejs/kit';
import { baseScope } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { findCommune } from '#lib/server/communes.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, locals }) => {
	const { db } = locals.app;
	if (params.commune === baseScope) {
		const { nom, nom_court } = await getTerritory(db);
		return scriptless({
			place: { slug: baseScope, nom: nom_court, lieu: '', nomComplet: nom },
			commune: null
		});
	}
	const commune = await findCommune(db, params.commune);
	if (!commune) error(404, m.erreur_introuvable());
	const { slug, nom, lieu } = commune;
	return scriptless({ place: { slug, nom, lieu, nomComplet: nom }, commune });
};
