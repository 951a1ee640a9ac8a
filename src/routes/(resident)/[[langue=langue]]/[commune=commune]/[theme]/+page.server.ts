import { error } from '@sveltejs/kit';
import { ficheOf } from '#lib/domain/fiche.ts';
import { notesOf } from '#lib/domain/notes.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { eventsAhead, readAgenda } from '#lib/server/agenda/reading.ts';
import { findContact } from '#lib/server/contacts.ts';
import { listPublishedAnswers } from '#lib/server/enquiries/published.ts';
import { listMoments } from '#lib/server/moments.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { listEmergencyNumbers, listThemeServices } from '#lib/server/services.ts';
import { findTheme, listSections, shownTheme } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';
import { groupSections, mostAnswers } from './sections.ts';

export const load: PageServerLoad = async ({ params, parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const theme = await findTheme(db, params.theme, commune?.slug);
	if (!theme) error(404, await notFoundIn(db, commune));

	const reading = await readingOf(db, place.slug);
	const placed = await listThemeServices(db, theme.slug, commune?.slug);
	const here = placed.find(({ service }) => service.id === theme.contact_id && service.telephone !== null);
	const contact = here?.service ?? (await findContact(db, theme.contact_id, commune));
	const listed = placed.map(({ service, section }) => ({ section, fiche: ficheOf(service, reading) }));
	const lead =
		listed.find(({ fiche }) => contact?.id !== undefined && fiche.slug === contact.slug)?.fiche ?? null;
	const voice = lead ?? (contact && ficheOf(contact, reading));
	const { shown, page, pages } = pageOf(
		listed.filter(({ fiche }) => fiche !== lead),
		url.searchParams.get('page')
	);
	const emergencies = listed.some(({ fiche }) => fiche.urgence)
		? await listEmergencyNumbers(db, commune?.slug)
		: [];
	const events = eventsAhead(await readAgenda(db, place.slug, theme.slug));
	if (!url.search)
		locals.freshUntil = freshUntil(reading.at, [
			...[...listed.map(({ fiche }) => fiche), voice].map((fiche) => fiche?.changes),
			...events.changes
		]);
	const moments = (await listMoments(db, commune?.slug)).filter((moment) => moment.theme === theme.slug);
	return scriptless({
		theme: shownTheme(theme),
		emergencies: emergencies.map(({ nom, nom_court, telephone, sms }) => ({
			nom,
			nom_court,
			telephone,
			sms
		})),
		// Whoever scanned reads whom to call on the first screen: someone of this theme, else whoever answers its questions.
		lead: page === 1 ? (lead ?? (emergencies.length === 0 ? voice : null)) : null,
		leadActions:
			page === 1 && lead && contact
				? { adresse: contact.adresse, ville: contact.ville, courriel: contact.courriel }
				: null,
		sections: groupSections(await listSections(db, theme.slug), shown),
		answers: (page === 1 ? await listPublishedAnswers(db, theme.slug, commune?.slug) : []).slice(
			0,
			mostAnswers
		),
		hasNotes: notesOf(theme.slug).length > 0,
		moments: moments.map(({ slug, nom, enFrancais }) => ({ slug, nom, enFrancais })),
		events: page === 1 ? events.cards : [],
		contact: voice,
		empty: listed.length === 0,
		page,
		pages
	});
};
