import { listEditable } from '#lib/server/editing/editable.ts';
import { signedIn } from './signed-in.ts';
import type { PageServerLoad } from './$types';

/** How many entries the desk names; the list has the others. */
const named = 6;

export const load: PageServerLoad = async ({ locals }) => {
	const entries = await listEditable(locals.app.db, signedIn(locals));
	const own = entries.filter(({ variantOf }) => variantOf === null);
	const incomplete = own.filter(({ isPublished, missing }) => isPublished && missing.length > 0);
	return {
		published: own.filter(({ isPublished }) => isPublished).length,
		shared: entries.length - own.length,
		incompleteCount: incomplete.length,
		incomplete: incomplete.slice(0, named).map(({ slug, nom, missing }) => ({
			path: `/mairie/fiches/${slug}`,
			nom,
			missing: missing.join(', ')
		})),
		drafts: own
			.filter(({ isPublished }) => !isPublished)
			.map(({ slug, nom }) => ({ path: `/mairie/fiches/${slug}`, nom }))
	};
};
