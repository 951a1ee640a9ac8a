import { ficheOf } from '#lib/domain/fiche.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { findContact } from '#lib/server/contacts.ts';
import { readingOf } from '#lib/server/reading.ts';
import { searchMoments } from '#lib/server/search/moments.ts';
import { search } from '#lib/server/search/search.ts';
import { listServicesAnywhere, listServicesById } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
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
	const answers = new Set(found?.ids.slice(0, found.sure));
	const listed = (isAnswer: boolean) =>
		services.filter(({ id }) => answers.has(id) === isAnswer).map((service) => ficheOf(service, reading));
	const communes = found && found.elsewhere.length > 0 ? await listCommunes(db) : [];
	const contact = await findContact(db, null, commune);
	const asked = found?.corrected ? (found.suggestion ?? q) : q;
	return scriptless({
		q,
		moments: q === '' || page > 1 ? [] : await searchMoments(db, asked, commune?.slug),
		sure: found?.sure ?? 0,
		suggestion: found?.suggestion ?? null,
		corrected: found?.corrected ?? false,
		elsewhere: communes
			.filter(({ slug }) => found?.elsewhere.includes(slug))
			.map(({ slug, lieu }) => ({ slug, lieu })),
		answers: listed(true),
		others: listed(false),
		contact: contact && ficheOf(contact, reading),
		themes: (await listThemes(db, commune?.slug)).map(({ slug, nom }) => ({ slug, nom })),
		page,
		pages
	});
};
