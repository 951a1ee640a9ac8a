import { ficheOf } from '#lib/domain/fiche.ts';
import { eventsAhead, readAgenda } from '#lib/server/agenda/reading.ts';
import { findContact } from '#lib/server/contacts.ts';
import { listMoments } from '#lib/server/moments.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { listEmergencyNumbers } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const reading = await readingOf(db, place.slug);
	const contact = await findContact(db, null, commune);
	const fiche = contact && ficheOf(contact, reading);
	const events = eventsAhead(await readAgenda(db, place.slug));
	if (!url.search) locals.freshUntil = freshUntil(reading.at, [fiche?.changes, ...events.changes]);
	const moments = await listMoments(db, commune?.slug);
	return scriptless({
		moments: moments.slice(0, 6),
		areMomentsLeft: moments.length > 6,
		themes: (await listThemes(db, commune?.slug)).map(({ slug, nom, accroche, enFrancais }) => ({
			slug,
			nom,
			accroche,
			enFrancais
		})),
		events: events.cards,
		contact: fiche,
		emergencies: (await listEmergencyNumbers(db, commune?.slug)).map(
			({ nom, nom_court, telephone, sms }) => ({
				nom,
				nom_court,
				telephone,
				sms
			})
		)
	});
};
