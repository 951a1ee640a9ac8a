import { listMoments } from '#lib/server/moments.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals }) => {
	const { commune } = await parent();
	const moments = await listMoments(locals.app.db, commune?.slug);
	// Whoever is in danger reads no list.
	return scriptless({ moments: moments.toSorted((a, b) => Number(b.urgence) - Number(a.urgence)) });
};
