import { findAccessibilityAudit, getTerritory } from '#lib/server/territory.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
	const { nom, nom_court } = await getTerritory(locals.app.db);
	return {
		territory: { nom, nom_court },
		audit: (await findAccessibilityAudit(locals.app.db)) ?? null,
		essai: locals.app.settings.horloge !== undefined
	};
};
