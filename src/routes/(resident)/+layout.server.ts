import { findAccessibilityAudit, getTerritory } from '#lib/server/territory.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
	const { nom, nom_court } = await getTerritory(locals.app.db);
	return scriptless({
		territory: { nom, nom_court },
		origin: locals.app.settings.origin,
		audit: (await findAccessibilityAudit(locals.app.db)) ?? null,
		essai: locals.app.settings.horloge !== undefined
	});
};
