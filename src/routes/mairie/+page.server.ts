import { dayOf, formatDate, localOf } from '#lib/domain/dates.ts';
import { listEditable } from '#lib/server/editing/editable.ts';
import { listLately } from '#lib/server/editing/lately.ts';
import { signedIn } from './signed-in.ts';
import type { PageServerLoad } from './$types';

/** How many lines a task names; its own page has the others. */
const named = 5;

export const load: PageServerLoad = async ({ locals }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const entries = await listEditable(db, account);
	const own = entries.filter(({ variantOf }) => variantOf === null);
	const published = own.filter(({ isPublished }) => isPublished);
	const incomplete = published.filter(({ missing }) => missing.length > 0);
	const drafts = own.filter(({ isPublished }) => !isPublished);
	return {
		tasks: {
			drafts: shown(drafts, ({ slug, nom }) => ({ path: `/mairie/fiches/${slug}`, nom, detail: '' })),
			incomplete: shown(incomplete, ({ slug, nom, missing }) => ({
				path: `/mairie/fiches/${slug}`,
				nom,
				detail: `il manque ${missing.join(', ')}`
			}))
		},
		counts: {
			published: published.length,
			shared: entries.length - own.length,
			incomplete: incomplete.length
		},
		lately: (await listLately(db, account, named)).map(({ slug, nom, commune, at, who }) => ({
			path: `/mairie/fiches/${slug}/historique${commune === null ? '' : `?commune=${commune}`}`,
			nom,
			detail: `${formatDate(dayOf(localOf(Date.parse(at))))}, par ${who}`
		}))
	};
};

interface Line {
	path: string;
	nom: string;
	detail: string;
}

function shown<Entry>(entries: Entry[], lineOf: (entry: Entry) => Line): { count: number; lines: Line[] } {
	return { count: entries.length, lines: entries.slice(0, named).map(lineOf) };
}
