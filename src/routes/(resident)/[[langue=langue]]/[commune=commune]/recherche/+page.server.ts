import { ficheOf } from '#lib/domain/fiche.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { findContact } from '#lib/server/contacts.ts';
import { readingOf } from '#lib/server/reading.ts';
import { search } from '#lib/server/search/search.ts';
import { listServicesAnywhere, listServicesById } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const q = (url.searchParams.get('q') ?? '').slice(0, 200).trim();
	const found = q === '' ? undefined : await search(db, { q, commune: commune?.slug, limit: 200 });
	const { shown, page, pages } = pageOf(found?.ids ?? [], url.searchParams.get('page'));
	const services = commune
		? await listServicesById(db, shown, commune.slug)
		: await listServicesAnywhere(db, shown);
	const reading = await readingOf(db, place.slug);
	const contact = await findContact(db, null, commune);
	return {
		q,
		count: found?.ids.length ?? null,
		suggestion: found?.suggestion ?? null,
		corrected: found?.corrected ?? false,
		fiches: services.map((service) => ficheOf(service, reading)),
		contact: contact && ficheOf(contact, reading),
		themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
		page,
		pages
	};
};
