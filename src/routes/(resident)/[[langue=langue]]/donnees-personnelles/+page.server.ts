import { now } from '#lib/server/clock.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { id: _id, contact_id: _contact, ...editeur } = await getTerritory(locals.app.db);
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	const { origin, conservation: months } = locals.app.settings;
	return scriptless({ editeur, origin, months });
};
