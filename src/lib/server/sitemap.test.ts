import { beforeAll, expect } from 'vitest';
import { languages, pathIn } from '#lib/domain/language.ts';
import { editors, open } from '../../../tests/editors.ts';
import { test } from '../../../tests/world.ts';
import { findEditableEvent, saveEvent } from './agenda/editing.ts';
import { now, startClockAt } from './clock.ts';
import type { Db } from './database/schema.ts';
import { addAnnouncement } from './editing/announcements.ts';
import { archiveEntry } from './editing/archive.ts';
import { setHidden } from './editing/placement.ts';
import { publish } from './editing/publish.ts';
import { findEditableTheme, publishThemeWords } from './editing/themes.ts';
import { listPublicPages } from './sitemap.ts';

const firstDay = Date.parse('2026-11-24T10:15:00+01:00');
const later = '2026-12-01';

beforeAll(() => {
	startClockAt(firstDay);
});

const isFrench = (path: string) => path === pathIn('fr', path);

/** The pages whose date becomes the day, a week later, on which `act` is done: in French, or those that `isAsked` wants. */
async function movedBy(
	db: Db,
	act: () => Promise<unknown>,
	isAsked: (path: string) => boolean = isFrench
): Promise<string[]> {
	startClockAt(Date.parse(`${later}T10:15:00+01:00`));
	await act();
	const pages = await listPublicPages(db);
	startClockAt(firstDay);
	return pages
		.filter(({ path, lastmod }) => lastmod === later && isAsked(path))
		.map(({ path }) => path)
		.sort();
}

const scopes = ['bourg-valclair', 'haut-valclair', 'pont-valclair', 'territoire'];

test('what changes in an entry dates its page, those of its theme and its steps; no other', async ({
	db
}) => {
	const { administration } = await editors(db);
	const relais = await open(db, administration, 'relais');
	const moved = await movedBy(db, () =>
		publish(db, relais, { ...relais.facts, description: 'Tout neuf.' }, administration)
	);
	expect(moved).toEqual(
		scopes.flatMap((scope) => [
			`/${scope}/moments/garder-mon-bebe`,
			`/${scope}/petite-enfance`,
			`/${scope}/services/relais`
		])
	);
});

test('in every language alike', async ({ db }) => {
	const { administration } = await editors(db);
	const relais = await open(db, administration, 'relais');
	const moved = await movedBy(
		db,
		() => publish(db, relais, { ...relais.facts, description: 'Tout neuf.' }, administration),
		(path) => pathIn('fr', path) === '/haut-valclair/services/relais'
	);
	expect(moved).toHaveLength(languages.length);
});

test('what only professionals read dates nothing', async ({ db }) => {
	const { administration } = await editors(db);
	const relais = await open(db, administration, 'relais');
	const moved = await movedBy(db, () =>
		publish(db, relais, { ...relais.facts, pro_notes: 'Entre nous.' }, administration)
	);
	expect(moved).toEqual([]);
});

test('what a commune says of an entry in its own way dates its pages only', async ({ db }) => {
	const { haut } = await editors(db);
	const relais = await open(db, haut, 'relais');
	const pages = [
		'/haut-valclair/moments/garder-mon-bebe',
		'/haut-valclair/petite-enfance',
		'/haut-valclair/services/relais'
	];
	expect(
		await movedBy(db, () => publish(db, relais, { ...relais.facts, description: 'Chez nous.' }, haut))
	).toEqual(pages);
});

test('so do a closure or a message that it announces', async ({ db }) => {
	const { haut } = await editors(db);
	const relais = await open(db, haut, 'relais');
	const words = { debut: '2026-12-03', fin: '2026-12-04', texte: 'Entrez par la cour.' };
	const moved = await movedBy(db, () => addAnnouncement(db, relais, 'message', words, haut));
	expect(moved).toContain('/haut-valclair/services/relais');
	expect(moved.filter((path) => !path.startsWith('/haut-valclair/'))).toEqual([]);
});

test('an entry that leaves dates the themes that it leaves', async ({ db }) => {
	const { administration } = await editors(db);
	const cafe = await open(db, administration, 'cafe-du-vendredi');
	expect(await movedBy(db, () => archiveEntry(db, cafe, administration))).toEqual([
		'/bourg-valclair/agenda',
		'/haut-valclair/agenda',
		'/territoire/agenda'
	]);
});

test('an entry that a commune hides dates the theme there', async ({ db }) => {
	const { haut } = await editors(db);
	const place = { theme: 'petite-enfance', commune: 'haut-valclair' };
	const hide = (isHidden: boolean) => movedBy(db, () => setHidden(db, place, 'relais', isHidden, haut));
	expect(await hide(true)).toEqual(['/haut-valclair/petite-enfance']);
	expect(await hide(false)).toEqual(['/haut-valclair/petite-enfance']);
});

test('the words of a theme date its pages, and the homes that name it', async ({ db }) => {
	const { administration } = await editors(db);
	const theme = await findEditableTheme(db, administration, 'sante-et-urgences');
	if (!theme) throw new Error('No theme');
	const words = { ...theme.common, accroche: 'Tout neuf' };
	expect(await movedBy(db, () => publishThemeWords(db, theme, words, administration))).toEqual(
		scopes.flatMap((scope) => [`/${scope}`, `/${scope}/sante-et-urgences`])
	);
});

test('a number to call in an emergency dates every home, and the useful numbers', async ({ db }) => {
	const { administration } = await editors(db);
	const secours = await open(db, administration, 'numero-de-secours');
	const moved = await movedBy(db, () =>
		publish(db, secours, { ...secours.facts, resume: 'Tout neuf.' }, administration)
	);
	expect(moved).toEqual(expect.arrayContaining(['/', ...scopes.map((scope) => `/${scope}`)]));
	expect(moved).toEqual(expect.arrayContaining(scopes.map((scope) => `/${scope}/numeros-utiles`)));
	expect(moved.some((path) => path.endsWith('/petite-enfance'))).toBe(false);
});

test('an event dates its page, the agenda, and the homes that lead with it, where it is read', async ({
	db
}) => {
	const { administration } = await editors(db);
	const event = await findEditableEvent(db, administration, 'marche-de-noel');
	if (!event) throw new Error('No event');
	const change = { ...event.facts, description: 'Tout neuf.' };
	const how = { etat: 'publie', by: administration, action: 'evenement-publie' } as const;
	expect(await movedBy(db, () => saveEvent(db, event, change, how))).toEqual([
		'/bourg-valclair',
		'/bourg-valclair/agenda',
		'/bourg-valclair/agenda/marche-de-noel',
		'/territoire',
		'/territoire/agenda',
		'/territoire/agenda/marche-de-noel'
	]);
});

test('a translation dates the pages of its language only', async ({ db }) => {
	const { administration } = await editors(db);
	const [theme] = await db.selectFrom('theme').selectAll().where('slug', '=', 'petite-enfance').execute();
	const moved = await movedBy(
		db,
		() =>
			db
				.insertInto('translation')
				.values({
					langue: 'tr',
					cle: 'theme/petite-enfance/introduction',
					source: theme?.introduction ?? '',
					texte: 'Yepyeni.',
					at: new Date(now()).toISOString(),
					account_id: administration.id,
					who: administration.nom
				})
				.execute(),
		() => true
	);
	expect(moved).toEqual(scopes.map((scope) => `/tr/${scope}/petite-enfance`));
});

test('a page of which nothing is known has no date; the accessibility statement has its own', async ({
	db
}) => {
	const dates = new Map((await listPublicPages(db)).map(({ path, lastmod }) => [path, lastmod]));
	for (const path of ['/mentions-legales', '/donnees-personnelles', '/haut-valclair/comprendre'])
		expect([path, dates.get(path)]).toEqual([path, undefined]);
	expect(dates.get('/accessibilite')).toBe('2026-11-23');
	expect(dates.get('/tr/haut-valclair/petite-enfance')).toBe('2026-11-24');
});
