import { readAgenda } from '#lib/server/agenda/reading.ts';
import { now } from '#lib/server/clock.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { listServiceNames } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import { pathToService } from '#lib/domain/paths.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const { cards, projets, changes } = await readAgenda(db, place.slug);
	if (!url.search) locals.freshUntil = freshUntil(now(), changes);
	return scriptless({
		themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
		events: [...cards, ...projets].map(({ titre, chemin }) => ({ titre, chemin })),
		services: (await listServiceNames(db, commune?.slug)).map((service) => ({
			nom: service.nom,
			chemin: pathToService(service, place.slug)
		}))
	});
};
