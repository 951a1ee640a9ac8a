import { ficheOf } from '#lib/domain/fiche.ts';
import { findContact } from '#lib/server/contacts.ts';
import { freshUntil, readingOf } from '#lib/server/reading.ts';
import { listNumbers } from '#lib/server/services.ts';
import { listThemes } from '#lib/server/themes.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const reading = await readingOf(db, place.slug);
	const near = [await findContact(db, null, commune)];
	for (const theme of await listThemes(db))
		if (theme.contact_id) near.push(await findContact(db, theme.contact_id, commune));
	const nearby = [
		...new Map(near.flatMap((service) => (service ? [[service.id, service] as const] : []))).values()
	];
	const numbers = await listNumbers(db, commune?.slug);
	const fiches = {
		nearby: nearby.map((s) => ficheOf(s, reading)),
		numbers: numbers.map((s) => ficheOf(s, reading))
	};
	if (!url.search)
		locals.freshUntil = freshUntil(
			reading.at,
			[...fiches.nearby, ...fiches.numbers].map(({ changes }) => changes)
		);
	return scriptless({
		nearby: fiches.nearby,
		emergencies: fiches.numbers.filter(({ urgence }) => urgence),
		others: fiches.numbers.filter(({ urgence }) => !urgence)
	});
};
