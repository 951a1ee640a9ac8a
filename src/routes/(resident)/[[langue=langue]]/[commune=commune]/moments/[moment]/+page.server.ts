import { error } from '@sveltejs/kit';
import { findMoment, listMoments } from '#lib/server/moments.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals, url }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const moment = await findMoment(db, params.moment, place.slug, commune);
	if (!moment) error(404, await notFoundIn(db, commune));
	const { at, changes, ...shown } = moment;
	if (!url.search) locals.freshUntil = freshUntil(at, changes);
	const near = (await listMoments(db, commune?.slug)).filter(
		({ slug, theme }) => theme === shown.theme.slug && slug !== shown.slug
	);
	return scriptless({ moment: shown, others: near.map(({ slug, nom }) => ({ slug, nom })) });
};
