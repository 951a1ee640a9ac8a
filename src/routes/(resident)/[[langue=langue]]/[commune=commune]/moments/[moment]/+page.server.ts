import { error, redirect } from '@sveltejs/kit';
import { pathTo } from '#lib/domain/paths.ts';
import { findArchivedMoment, findRenamedMoment } from '#lib/server/moment-addresses.ts';
import { findMoment, listMoments } from '#lib/server/moments.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, parent, locals, url, setHeaders }) => {
	const { db } = locals.app;
	const { place, commune } = await parent();
	const moment = await findMoment(db, params.moment, place.slug, commune);
	if (!moment) {
		const present = await findRenamedMoment(db, params.moment);
		if (present !== undefined) {
			// Browsers ask again: a situation may take back an address it had.
			setHeaders({ 'cache-control': 'no-cache' });
			redirect(301, pathTo(place.slug, 'moments', present));
		}
		const archived = await findArchivedMoment(db, params.moment, place.slug, commune);
		if (!archived) error(404, await notFoundIn(db, commune));
		const { at, changes, ...shown } = archived;
		if (!url.search) locals.freshUntil = freshUntil(at, changes);
		return scriptless({ moment: null, archived: shown });
	}
	const { at, changes, ...shown } = moment;
	if (!url.search) locals.freshUntil = freshUntil(at, changes);
	const near = (await listMoments(db, commune?.slug)).filter(
		({ slug, theme }) => theme === shown.theme.slug && slug !== shown.slug
	);
	return scriptless({
		moment: shown,
		others: near.map(({ slug, nom, enFrancais }) => ({ slug, nom, enFrancais })),
		archived: null
	});
};
