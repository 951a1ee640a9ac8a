import { now } from '#lib/server/clock.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { getTerritory } from '#lib/server/territory.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { nom, siren, site_web } = await getTerritory(locals.app.db);
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	return { editeur: { nom, siren, site_web }, origin: locals.app.settings.origin };
};
