import { getTerritory } from '#lib/server/territory.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { nom_court } = await getTerritory(locals.app.db);
	return { territory: { nom_court } };
};
