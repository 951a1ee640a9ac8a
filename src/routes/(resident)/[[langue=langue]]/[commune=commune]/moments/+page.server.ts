import { listMoments } from '#lib/server/moments.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const moments = await listMoments(locals.app.db);
	// Whoever is in danger reads no list.
	return scriptless({ moments: moments.toSorted((a, b) => Number(b.urgence) - Number(a.urgence)) });
};
