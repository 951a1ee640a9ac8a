import { now } from '#lib/server/clock.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	return scriptless({
		communes: (await listCommunes(locals.app.db)).map(({ slug, nom }) => ({ slug, nom }))
	});
};
