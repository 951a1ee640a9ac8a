import { momentTold } from '#lib/domain/moments/told.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { findMomentDraft } from '#lib/server/editing/moments/drafts.ts';
import { readWith } from '#lib/server/editing/moments/meanwhile.ts';
import { listMoments, readMoment } from '#lib/server/moments.ts';
import { findPlace } from '#lib/server/places.ts';
import { findAccessibilityAudit, getTerritory } from '#lib/server/territory.ts';
import { signedIn } from '../../../signed-in.ts';
import { momentOf } from '../../editable-moment.ts';
import { wordsTyped } from '../moment-form.ts';
import type { PageServerLoad } from './$types';

/** The page as residents would read it, from what the person last kept or read over; else as it is. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { db, settings } = locals.app;
	const moment = await momentOf(locals, params.moment, url);
	const draft = await findMomentDraft(db, moment, signedIn(locals).id);
	const { words } = draft ? await wordsTyped(db, moment, draft.typed) : {};
	const scope = moment.variantOf ?? baseScope;
	const found = await findPlace(db, scope);
	if (!found) throw new Error(`${scope} is no place`);
	const { nom, nom_court } = await getTerritory(db);
	const shown = await readMoment(
		db,
		moment.slug,
		momentTold(moment.id, readWith(moment, words)),
		scope,
		found.commune
	);
	const near = (await listMoments(db, found.commune?.slug)).filter(
		({ slug, theme }) => theme === shown.theme.slug && slug !== shown.slug
	);
	return {
		moment: shown,
		others: near.map(({ slug, nom, enFrancais }) => ({ slug, nom, enFrancais })),
		place: found.place,
		territory: { nom, nom_court },
		audit: (await findAccessibilityAudit(db)) ?? null,
		origin: settings.origin,
		essai: settings.horloge !== undefined
	};
};
