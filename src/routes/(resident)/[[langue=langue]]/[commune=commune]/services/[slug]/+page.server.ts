import { error, redirect } from '@sveltejs/kit';
import { dateOf } from '#lib/domain/dates.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { serviceData } from '#lib/domain/structured/service.ts';
import { findArchivedPage } from '#lib/server/archived-page.ts';
import { entryChange, readEntryChanges } from '#lib/server/entry-changes.ts';
import { findMovedTo } from '#lib/server/moved.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { readServicePage } from '#lib/server/service-page.ts';
import { findService, listCommunesServed, listThemesOf } from '#lib/server/services.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals, url, setHeaders }) => {
	const { db, settings } = locals.app;
	const { place, commune } = await parent();
	const service = await findService(db, params.slug, commune?.slug);
	if (!service) {
		const moved = await findMovedTo(db, params.slug, commune?.slug);
		if (moved) {
			// Browsers ask again: an entry may take back an address it had.
			setHeaders({ 'cache-control': 'no-cache' });
			redirect(301, pathToService(moved, place.slug));
		}
		const archived = await findArchivedPage(db, params.slug, place.slug, commune);
		if (!archived) error(404, await notFoundIn(db, commune));
		const { at, changes, ...shown } = archived;
		if (!url.search) locals.freshUntil = freshUntil(at, changes);
		return scriptless({ page: null, archived: shown });
	}
	const { page, at } = await readServicePage(db, service, {
		scope: place.slug,
		commune,
		themes: await listThemesOf(db, service.id),
		communes: service.commune === null ? await listCommunesServed(db, service.id) : commune ? [commune] : [],
		origin: settings.origin
	});
	const permanences = page.permanences.map(({ changes }) => changes);
	if (!url.search)
		locals.freshUntil = freshUntil(at, [page.fiche.changes, page.contact?.changes, ...permanences]);
	const structured = serviceData(service, page, {
		origin: settings.origin,
		commune: commune?.nom,
		today: dateOf(at),
		// Of the page whose address is told.
		modified: entryChange(await readEntryChanges(db), service.id, page.canonical ? baseScope : place.slug)
	});
	return scriptless({ page, archived: null, structured });
};
