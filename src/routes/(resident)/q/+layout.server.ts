import { listCommunes } from '#lib/server/communes.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => ({
	communes: (await listCommunes(locals.app.db)).map(({ slug, nom }) => ({ slug, nom }))
});
