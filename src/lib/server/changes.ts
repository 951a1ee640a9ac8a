import { lastDay, type PlainDate } from '#lib/domain/dates.ts';
import type { Action } from '#lib/domain/journal.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { listCommunes } from './communes.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';
import { type EntryChanges, readEntryChanges } from './entry-changes.ts';

/** What editors did to lists of entries and situations, which their tables don't date. */
const placements = [
	'theme-publie',
	'introduction-publiee',
	'theme-range',
	'ordre-commun',
	'fiche-cachee',
	'fiche-montree',
	'situation-rangee',
	'situation-cachee',
	'situation-montree',
	'situation-remise'
] as const satisfies readonly Action[];

/** Where a change is read in every commune, and in the common base. */
const everywhere = '';

/** When the rest of what people read changed last: in common, and in each commune. */
export interface Changes {
	entries: EntryChanges;
	/** Of a theme: its name and the words of everywhere. */
	themeWords(theme: string): PlainDate | undefined;
	/** Of a theme's page: a commune's words, its order, what a commune hides of it, its answers, the entries that left it. */
	theme(theme: string, scope: string): PlainDate | undefined;
	/** Of a situation: its words. */
	moment(id: number, scope: string): PlainDate | undefined;
	/** Of the list of situations: its order, those that came, went or are hidden. */
	moments(scope: string): PlainDate | undefined;
	/** Of what the desk translated into this language: one text by its key, or those of `territoire`, `theme/SLUG`, `moment/NUMBER`. */
	translation(langue: string, texts: string): PlainDate | undefined;
}

/**
 * When what people read changed last, from what its tables, its histories and the journal keep. Left out, for want of a
 * day: an entry that changed theme, a new name of a situation in lists, an answer shown again, and the interface's own words, which come with a version.
 */
export async function readChanges(db: Db): Promise<Changes> {
	return keptUntilEdit(db, 'changes', async () => {
		const days = new Map<string, PlainDate>();
		const note = (key: string, scope: string | null, ...times: (string | null)[]) => {
			const place = `${key} ${scope ?? everywhere}`;
			const day = lastDay([...times, days.get(place)]);
			if (day !== undefined) days.set(place, day);
		};
		const communes = new Set((await listCommunes(db)).map(({ slug }) => slug));
		const themesOf = await readThemesByEntry(db);
		for (const { action, object, at } of await readPlacements(db)) {
			// « petite-enfance », « petite-enfance (haut-valclair) », « haut-valclair »
			const [, slug = '', named = null] = /^(\S+)(?: \((\S+)\))?$/.exec(object ?? '') ?? [];
			if (action.startsWith('situation')) note('moments', communes.has(slug) ? slug : named, at);
			else if (action.startsWith('fiche'))
				for (const theme of themesOf.get(slug) ?? []) note(`theme/${theme}`, named, at);
			else note(action === 'theme-publie' ? `words/${slug}` : `theme/${slug}`, named, at);
		}
		for (const { theme, commune, published_at, retired_at } of await db
			.selectFrom('published_answer')
			.select(['theme', 'commune', 'published_at', 'retired_at'])
			.execute())
			note(`theme/${theme}`, commune, published_at, retired_at);
		for (const { theme, scope, at } of await readArchived(db)) note(`theme/${theme}`, scope, at);
		for (const { id, published_at, archived_at } of await db
			.selectFrom('moment')
			.select(['id', 'published_at', 'archived_at'])
			.where('published_at', 'is not', null)
			.execute()) {
			note(`moment/${id}`, null, published_at);
			note('moments', null, published_at, archived_at);
		}
		for (const { moment_id, commune, at } of await db
			.selectFrom('moment_revision')
			.select(({ fn }) => ['moment_id', 'commune', fn.max('at').as('at')])
			.groupBy(['moment_id', 'commune'])
			.execute())
			note(`moment/${moment_id}`, commune, at);
		const translations = await readTranslationDays(db);
		const dayOf = (key: string, scope: string) =>
			lastDay([days.get(`${key} ${everywhere}`), days.get(`${key} ${scope}`)]);
		return {
			entries: await readEntryChanges(db),
			themeWords: (theme) => days.get(`words/${theme} ${everywhere}`),
			theme: (theme, scope) => dayOf(`theme/${theme}`, scope),
			moment: (id, scope) => dayOf(`moment/${id}`, scope),
			moments: (scope) => dayOf('moments', scope),
			translation: (langue, texts) => translations.get(`${langue} ${texts}`)
		};
	});
}

async function readPlacements(db: Db) {
	return db
		.selectFrom('journal')
		.select(({ fn }) => ['action', 'object', fn.max('at').as('at')])
		.where('action', 'in', [...placements])
		.groupBy(['action', 'object'])
		.execute();
}

/** The themes that each entry stands in, by any slug it had. */
async function readThemesByEntry(db: Db): Promise<Map<string, string[]>> {
	const placed = await db
		.selectFrom('service_theme')
		.innerJoin('service', 'service.id', 'service_theme.service_id')
		.leftJoin('former_slug', 'former_slug.service_id', 'service.id')
		.select(['service.slug', 'former_slug.slug as former', 'theme'])
		.execute();
	const themes = new Map<string, string[]>();
	for (const { slug, former, theme } of placed)
		for (const one of [slug, former]) if (one !== null) themes.set(one, [...(themes.get(one) ?? []), theme]);
	return themes;
}

/** The entries that people no longer read, in each theme and each place that they left. */
async function readArchived(db: Db): Promise<{ theme: string; scope: string; at: string }[]> {
	const archived = await db
		.selectFrom('archive')
		.innerJoin('service', 'service.id', 'archive.service_id')
		.innerJoin('service_theme', 'service_theme.service_id', 'service.id')
		.leftJoin('service_commune', 'service_commune.service_id', 'service.id')
		.select(['theme', 'service.commune as owner', 'service_commune.commune', 'archived_at as at'])
		.where('was_published', '=', 1)
		.execute();
	return archived.flatMap(({ theme, owner, commune, at }) => {
		const places = owner === null ? [baseScope, commune] : [owner];
		return places.flatMap((scope) => (scope === null ? [] : { theme, scope, at }));
	});
}

/** When each translated text last changed, and all those of one thing together, by language. */
async function readTranslationDays(db: Db): Promise<Map<string, PlainDate>> {
	const translations = new Map<string, PlainDate>();
	for (const { langue, cle, at } of await db
		.selectFrom('translation')
		.select(({ fn }) => ['langue', 'cle', fn.max('at').as('at')])
		.groupBy(['langue', 'cle'])
		.execute()) {
		const [kind = '', one = ''] = cle.split('/');
		for (const texts of [cle, kind === 'territoire' ? kind : `${kind}/${one}`]) {
			const key = `${langue} ${texts}`;
			const day = lastDay([at, translations.get(key)]);
			if (day !== undefined) translations.set(key, day);
		}
	}
	return translations;
}
