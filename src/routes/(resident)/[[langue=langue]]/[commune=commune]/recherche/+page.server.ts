import { type Fiche, ficheOf } from '#lib/domain/fiche.ts';
import { pageOf } from '#lib/domain/pagination.ts';
import { readFilters, writeFilters } from '#lib/domain/search/filters.ts';
import { listCommunes } from '#lib/server/communes.ts';
import { findContact } from '#lib/server/contacts.ts';
import { readingOf } from '#lib/server/reading.ts';
import { findAnswers } from '#lib/server/search/answers.ts';
import { searchMoments } from '#lib/server/search/moments.ts';
import { listThemes } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const q = (url.searchParams.get('q') ?? '').slice(0, 200).trim();
	const themes = await listThemes(db, commune?.slug);
	const asked = readFilters(url.searchParams);
	const filters = { ...asked, theme: themes.find(({ slug }) => slug === asked.theme)?.slug ?? null };
	const reading = await readingOf(db, place.slug);
	const found = await findAnswers(db, { q, filters, commune: commune?.slug }, reading);
	const { shown, page, pages } = pageOf(
		[
			...(found?.answers ?? []).map((service) => ({ service, isAnswer: true })),
			...(found?.others ?? []).map((service) => ({ service, isAnswer: false }))
		],
		url.searchParams.get('page')
	);
	const listed = (wanted: boolean): Fiche[] =>
		shown.flatMap(({ service, isAnswer }) => (isAnswer === wanted ? [ficheOf(service, reading)] : []));
	const communes = found && found.elsewhere.length > 0 ? await listCommunes(db) : [];
	const contact = await findContact(db, null, commune);
	const read = found?.corrected ? (found.suggestion ?? q) : q;
	const chosen = writeFilters(filters);
	return scriptless({
		q,
		filters,
		/** What is chosen, as an address keeps it. */
		chosen,
		moments: q === '' || page > 1 || chosen !== '' ? [] : await searchMoments(db, read, commune?.slug),
		sure: found?.answers.length ?? 0,
		suggestion: found?.suggestion ?? null,
		corrected: found?.corrected ?? false,
		elsewhere: communes
			.filter(({ slug }) => found?.elsewhere.includes(slug))
			.map(({ slug, lieu, nom }) => ({ slug, lieu, nom })),
		answers: listed(true),
		others: listed(false),
		contact: contact && ficheOf(contact, reading),
		themes: themes.map(({ slug, nom, enFrancais }) => ({ slug, nom, enFrancais })),
		page,
		pages
	});
};
