import { dateOf } from '#lib/domain/dates.ts';
import { type Fiche, ficheOf } from '#lib/domain/fiche.ts';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { lastStates, listMoments, momentsIn } from './moments.ts';
import { readingOf } from './reading.ts';
import { findTheme } from './themes.ts';

/** What the address of a situation that was put away says. */
export interface ArchivedMoment {
	nom: string;
	/** AAAA-MM-JJ. */
	depuis: string;
	theme: { slug: string; nom: string };
	/** The situation that replaces it, where people read it here. */
	successor: { slug: string; nom: string } | null;
	/** The other situations of its theme. */
	others: { slug: string; nom: string }[];
	/** Who answers. */
	contact: Fiche | null;
	/** The instant of the reading, and those when what it shows changes (epoch milliseconds). */
	at: number;
	changes: (number | undefined)[];
}

/** The present slug of the situation that had this one, or undefined. */
export async function findRenamedMoment(db: Db, slug: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('former_moment_slug')
		.innerJoin('moment', 'moment.id', 'former_moment_slug.moment_id')
		.select('moment.slug')
		.where('former_moment_slug.slug', '=', slug)
		.whereRef('moment.slug', '<>', 'former_moment_slug.slug')
		.where('published_at', 'is not', null)
		.executeTakeFirst();
	return row?.slug;
}

/** The page of a situation that people read until it was put away, or undefined. */
export async function findArchivedMoment(
	db: Db,
	slug: string,
	scope: string,
	commune: Commune | null
): Promise<ArchivedMoment | undefined> {
	const row = await db
		.selectFrom('moment')
		.select(['id', 'archived_at', 'successor_id'])
		.where('slug', '=', slug)
		.where('published_at', 'is not', null)
		.executeTakeFirst();
	const state = row && (await lastStates(db, commune?.slug)).get(row.id)?.common;
	if (!state || row.archived_at === null) return undefined;
	const reading = await readingOf(db, scope);
	const theme = await findTheme(db, state.theme, commune?.slug);
	const answers = await findContact(db, state.urgence ? null : state.appeler, commune);
	const contact = answers && ficheOf(answers, reading);
	const next = await lastSuccessor(db, row.successor_id);
	const successor = (await momentsIn(db, commune?.slug)).find(({ id }) => id === next);
	const near = (await listMoments(db, commune?.slug)).filter(
		(one) => one.theme === state.theme && one.slug !== successor?.slug
	);
	return {
		nom: state.nom,
		depuis: dateOf(Date.parse(row.archived_at)),
		theme: { slug: state.theme, nom: theme?.nom ?? state.theme },
		successor: successor ? { slug: successor.slug, nom: successor.told.nom.texte } : null,
		others: near.map(({ slug, nom }) => ({ slug, nom })),
		contact,
		at: reading.at,
		changes: [contact?.changes]
	};
}

/** One put away in its turn gives way to its own. */
async function lastSuccessor(db: Db, first: number | null): Promise<number | null> {
	const rows = await db.selectFrom('moment').select(['id', 'archived_at', 'successor_id']).execute();
	const seen = new Set<number>();
	let last = first;
	while (last !== null && !seen.has(last)) {
		seen.add(last);
		const row = rows.find(({ id }) => id === last);
		if (!row || row.archived_at === null) return last;
		last = row.successor_id;
	}
	return null;
}
