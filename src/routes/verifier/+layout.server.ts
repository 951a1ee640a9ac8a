import { getTerritory } from '#lib/server/territory.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, setHeaders }) => {
	// The address holds a secret: no other site is told it. « no-referrer » would also hide the origin of our own forms,
	// which are then refused.
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
	const { nom_court, nom_avec_article } = await getTerritory(locals.app.db);
	return { territory: { nom_court, nom_avec_article }, essai: locals.app.settings.horloge !== undefined };
};
