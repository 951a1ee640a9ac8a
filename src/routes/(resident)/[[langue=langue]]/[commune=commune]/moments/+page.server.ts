import { listMoments } from '#lib/server/moments.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) =>
	scriptless({ moments: await listMoments(locals.app.db) });
