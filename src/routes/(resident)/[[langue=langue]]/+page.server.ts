import { translationKeys } from '#lib/domain/translation.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { now } from '#lib/server/clock.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { listEmergencyNumbers } from '#lib/server/services.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { translatorOf } from '#lib/server/translations/read.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals.app;
	const { accroche, introduction } = await getTerritory(db);
	const translator = await translatorOf(db);
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	return scriptless({
		accroche: translator.label(translationKeys.territory('accroche'), accroche),
		introduction: translator.text(translationKeys.territory('introduction'), introduction),
		communes: (await listCommunes(db)).map(({ slug, nom, code_postal }) => ({ slug, nom, code_postal })),
		emergencies: (await listEmergencyNumbers(db)).map(({ nom, nom_court, telephone, sms }) => ({
			nom,
			nom_court,
			telephone,
			sms
		}))
	});
};
