import { error } from '@sveltejs/kit';
import { lastDay } from '#lib/domain/dates.ts';
import { ficheOf } from '#lib/domain/fiche.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { eventData } from '#lib/domain/structured/event.ts';
import { readEventPage } from '#lib/server/agenda/event-page.ts';
import { findPublishedEvent } from '#lib/server/agenda/events.ts';
import { findWithdrawn } from '#lib/server/agenda/withdrawn.ts';
import { findContact } from '#lib/server/contacts.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { findTheme } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals, url }) => {
	const { db, settings } = locals.app;
	const { place, commune } = await parent();
	const event = await findPublishedEvent(db, params.evenement, commune?.slug);
	const theme = await findTheme(db, 'agenda', commune?.slug);
	const contact = await findContact(db, theme?.contact_id ?? null, commune);
	const voice = contact && ficheOf(contact, await readingOf(db, place.slug));
	const around = { theme: theme ? { slug: theme.slug, nom: theme.nom } : null, contact: voice };
	if (!event) {
		const withdrawn = await findWithdrawn(db, params.evenement, place.slug);
		if (!withdrawn) error(404, await notFoundIn(db, commune));
		const { at, change, ...shown } = withdrawn;
		if (!url.search) locals.freshUntil = freshUntil(at, [change, voice?.changes]);
		return scriptless({ ...around, event: null, withdrawn: shown });
	}
	const { page, at, change } = await readEventPage(db, event.facts, place.slug);
	if (!url.search) locals.freshUntil = freshUntil(at, [change, voice?.changes]);
	const [only, ...others] = event.facts.communes;
	const home = only !== undefined && others.length === 0 ? only : baseScope;
	const address = `${settings.origin}${pathTo(home, 'agenda', event.slug)}`;
	return scriptless({
		...around,
		event: page,
		withdrawn: null,
		structured: eventData(event.facts, page, { url: address, modified: lastDay([event.changedAt]) }),
		file: event.facts.debut === null ? null : `${pathTo(place.slug, 'agenda', event.slug)}.ics`,
		canonical: home === place.slug ? null : address
	});
};
