import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fillSearched, publish, vary } from '../../../../tests/fixtures/search.ts';
import { openDatabase, type OpenDatabase } from '../database/open.ts';
import { migrate } from '../database/migrate.ts';
import type { Db } from '../database/schema.ts';
import { indexServices, refreshIndex, search } from './search.ts';

let folder: string;
let open: OpenDatabase;
let db: Db;
let ids: Map<string, number>;

async function openSearched() {
	folder = mkdtempSync(path.join(tmpdir(), 'search-'));
	open = openDatabase(path.join(folder, 'annuaire.sqlite'));
	db = open.db;
	await migrate(open.sqlite);
	ids = await fillSearched(db);
	await indexServices(db);
}

async function close() {
	await open.db.destroy();
	rmSync(folder, { recursive: true });
}

/** The slugs found in a commune, or in the whole territory, the best first. */
async function found(q: string, commune = 'bourg-valclair', limit = 20): Promise<string[]> {
	const slugs = new Map([...ids].map(([slug, id]) => [id, slug]));
	const where = commune === everywhere ? undefined : commune;
	return (await search(db, { q, commune: where, limit })).ids.map((id) => slugs.get(id) ?? '?');
}

const everywhere = 'territoire';
const idOf = (slug: string) => ids.get(slug) ?? -1;

describe('in a directory at rest', () => {
	beforeAll(openSearched);
	afterAll(close);

	test.each([
		['crèche', 'creche'],
		['CRECHE', 'creche'],
		['crèches', 'creche'],
		['cré', 'creche'],
		['halte garderie', 'creche'],
		['nounou', 'assistante-maternelle'],
		['nounous', 'assistante-maternelle'],
		['assmat', 'assistante-maternelle'],
		['assistant maternel', 'assistante-maternelle'],
		['assistante mat', 'assistante-maternelle'],
		['centres aérés', 'accueil-loisirs'],
		['carte grise', 'carte-grise'],
		['immatriculation de ma voiture', 'carte-grise'],
		['certificat de cession', 'carte-grise'],
		['RPE', 'relais'],
		['Où est-ce que je peux faire garder mon bébé le mercredi ?', 'relais'],
		['comment faire pour la carte grise', 'carte-grise'],
		['04 65 71 00 20', 'france-services'],
		['0465710020', 'france-services'],
		['+33 4 65 71 00 20', 'france-services'],
		['04.65.71.00.96', 'france-services'],
		['04 65 71 00 1', 'creche'],
		['119', 'numero-119'],
		['le 119', 'numero-119'],
		['mairie', 'mairie-bourg'],
		['mairie bourg valclair', 'mairie-bourg'],
		['quelle est l’adresse de la mairie', 'mairie-bourg']
	])('whoever types « %s » finds first « %s »', async (q, slug) => {
		expect((await found(q))[0]).toBe(slug);
	});

	test('the old name and the new one of a place find the same entries', async () => {
		expect(await found('déchetterie', 'pont-valclair')).toEqual(await found('déchèterie', 'pont-valclair'));
		expect(await found('poubelle', 'pont-valclair')).toEqual(['dechets']);
	});

	test('names come before words known by, and those before texts', async () => {
		expect((await found('crèche')).slice(0, 2)).toEqual(['creche', 'relais']);
	});

	test('the commune’s own entry comes before the base’s that answers as well', async () => {
		expect(await found('mairie')).toEqual(['mairie-bourg', 'mairie-ouverte']);
	});

	test('entries with all the words come before those with some', async () => {
		expect((await found('garder bébé'))[0]).toBe('relais');
		expect(await found('papiers crèche')).toContain('creche');
	});

	test('a commune finds what it reads: its own and the base’s that serve it', async () => {
		expect(await found('mairie', 'haut-valclair')).toEqual(['mairie-haut', 'mairie-ouverte']);
		expect(await found('mairie', 'pont-valclair')).toEqual([]);
		expect(await found('déchèterie', 'bourg-valclair')).toEqual([]);
		expect((await found('mairie', everywhere)).sort()).toEqual([
			'mairie-bourg',
			'mairie-haut',
			'mairie-ouverte'
		]);
	});

	test('no more entries than wanted are given', async () => {
		expect(await found('rubrique', 'bourg-valclair', 3)).toHaveLength(3);
	});

	test('a draft is never found, nor does it lend its words to a suggestion', async () => {
		expect(await found('ludothèque')).toEqual([]);
		expect(await search(db, { q: 'kaleidoscope', commune: undefined, limit: 5 })).toMatchObject({ ids: [] });
		expect(
			(await search(db, { q: 'kaleidoscopo', commune: undefined, limit: 5 })).suggestion
		).toBeUndefined();
	});

	test.each([
		['creshe', 'crèche', 'creche'],
		['kreche', 'crèche', 'creche'],
		['dechetterrie', 'dechetterie', 'dechets'],
		['Ou est la creshe ?', 'Ou est la crèche ?', 'creche'],
		['encombrents', 'encombrants', 'dechets']
	])('for « %s », which finds nothing, « %s » is searched', async (q, suggestion, slug) => {
		const result = await search(db, { q, commune: undefined, limit: 20 });
		expect(result).toMatchObject({ suggestion, corrected: true });
		expect(result.ids[0]).toBe(idOf(slug));
	});

	test('when part of a misspelt question finds something, the rest is suggested', async () => {
		const result = await search(db, { q: 'creshe mercredi', commune: 'bourg-valclair', limit: 20 });
		expect(result).toMatchObject({ suggestion: 'crèche mercredi', corrected: false });
		expect(result.ids).toEqual([idOf('accueil-loisirs')]);
	});

	test('a misspelt word whose mending answers the whole question is searched mended', async () => {
		const result = await search(db, { q: 'certificat de cesion', commune: 'bourg-valclair', limit: 20 });
		expect(result).toMatchObject({ suggestion: 'certificat de cession', corrected: true, sure: 1 });
		expect(result.ids[0]).toBe(idOf('carte-grise'));
	});

	test('entries that lack some of the words are never given as sure', async () => {
		const result = await search(db, { q: 'crèche mercredi', commune: 'bourg-valclair', limit: 20 });
		expect(result.sure).toBe(0);
		expect(result.ids.length).toBeGreaterThan(0);
		expect((await search(db, { q: 'crèche', commune: 'bourg-valclair', limit: 20 })).sure).toBe(1);
	});

	test('another commune’s name doesn’t bring the entries of one’s own', async () => {
		const there = await search(db, { q: 'mairie du pont valclair', commune: 'bourg-valclair', limit: 20 });
		expect(there).toMatchObject({ ids: [], sure: 0, elsewhere: ['pont-valclair'] });
		const here = await search(db, { q: 'mairie de bourg valclair', commune: 'bourg-valclair', limit: 20 });
		expect(here.elsewhere).toEqual([]);
		expect(here.ids[0]).toBe(idOf('mairie-bourg'));
		const all = await search(db, { q: 'mairie de bourg valclair', commune: undefined, limit: 20 });
		expect(all).toMatchObject({ elsewhere: [] });
		expect(all.ids[0]).toBe(idOf('mairie-bourg'));
	});

	test.each(['crèche', 'xyzzyx', 'buss', ''])('for « %s » nothing is suggested', async (q) => {
		const result = await search(db, { q, commune: 'bourg-valclair', limit: 20 });
		expect(result.suggestion).toBeUndefined();
	});

	test.each([
		['quotes', '"crèche" ""'],
		['an unfinished quote', '"crèche'],
		['operators', 'crèche AND OR NOT NEAR(a b, 3)'],
		['a column', 'nom:crèche {nom mots} : crèche'],
		['stars and brackets', 'crè* (((( ^crèche + - )'],
		['a null character', 'cr\0èche'],
		['pictures', '😀🏳️‍🌈 crèche'],
		['half a picture', '\ud83d crèche'],
		['ten thousand letters', 'a'.repeat(10_000)],
		['ten thousand words', 'crèche '.repeat(10_000)],
		['ten thousand digits', '0'.repeat(10_000)],
		['ten thousand quotes', '"'.repeat(10_000)],
		['another writing', 'حضانة 幼稚園 садик'],
		['nothing', ''],
		['blanks', ' \t\n\u202f'],
		['a per cent sign', '% _ \\'],
		['SQL', `'; DROP TABLE service; --`]
	])('typing %s is answered like any other search', async (_title, q) => {
		for (const commune of ['bourg-valclair', undefined, 'nulle-part', `a"b'c`])
			await expect(search(db, { q, commune, limit: 20 })).resolves.toMatchObject({ corrected: false });
	});
});

describe('when the content changes', () => {
	beforeEach(openSearched);
	afterEach(close);

	test('an entry is found as soon as it is published and indexed, and no more once withdrawn', async () => {
		await publish(db, idOf('brouillon'));
		await indexServices(db, [idOf('brouillon')]);
		expect(await found('ludothèque')).toEqual(['brouillon']);
		await db.deleteFrom('publication').where('service_id', '=', idOf('brouillon')).execute();
		expect(await found('ludothèque')).toEqual([]);
		await indexServices(db, [idOf('brouillon')]);
		expect((await search(db, { q: 'ludotheke', commune: undefined, limit: 5 })).suggestion).toBeUndefined();
	});

	test('an edit is found by its new words and no more by the old ones', async () => {
		await db.updateTable('service').set({ nom: 'Jardin d’enfants' }).where('slug', '=', 'creche').execute();
		await indexServices(db, [idOf('creche')]);
		expect((await found('jardin'))[0]).toBe('creche');
		expect(await found('sources')).toEqual([]);
	});

	test('an entry removed from the directory leaves the index', async () => {
		await db.deleteFrom('service').where('id', '=', idOf('creche')).execute();
		expect(await found('sources')).toEqual([]);
		expect(open.sqlite.prepare('SELECT count(*) FROM search_text').pluck().get()).toBe(10);
	});

	test('indexing again changes nothing', async () => {
		const before = open.sqlite
			.prepare('SELECT nom, mots, texte, racines FROM search_text ORDER BY nom')
			.all();
		await indexServices(db);
		await indexServices(db, [...ids.values()]);
		expect(
			open.sqlite.prepare('SELECT nom, mots, texte, racines FROM search_text ORDER BY nom').all()
		).toEqual(before);
	});

	test('an index written by an earlier version of the site is made again, and one of this version is left', async () => {
		const read = () => open.sqlite.prepare('SELECT mots FROM search_text ORDER BY nom').all();
		const before = read();
		open.sqlite.exec(`UPDATE search_text SET mots = '', racines = ''`);
		await refreshIndex(db);
		expect(await found('crèche')).toEqual([]);
		open.sqlite.exec(`DELETE FROM meta WHERE key = 'index_form'`);
		await refreshIndex(db);
		expect((await found('crèche'))[0]).toBe('creche');
		expect(read()).toEqual(before);
	});

	test('where a commune says something in its own way, its words are searched and not the base’s', async () => {
		await vary(db, idOf('creche'), 'haut-valclair', 'description', 'Un potager et des lapins.');
		await vary(db, idOf('creche'), 'haut-valclair', 'telephone', '04 65 71 00 99');
		await indexServices(db, [idOf('creche')]);
		expect(await found('lapins', 'haut-valclair')).toEqual(['creche']);
		expect(await found('lapins', 'bourg-valclair')).toEqual([]);
		expect(await found('journée', 'haut-valclair')).toEqual([]);
		expect(await found('journée', 'bourg-valclair')).toEqual(['creche']);
		expect(await found('04 65 71 00 99', 'haut-valclair')).toEqual(['creche']);
		expect(await found('crèche', everywhere)).toEqual(['creche', 'relais']);
	});

	test('what is for professionals only is found by nobody', async () => {
		await db
			.insertInto('professional_contact')
			.values({
				service_id: idOf('creche'),
				contact_nom_prenom: 'Canari',
				telephone: '04 65 71 00 98',
				notes: 'secret'
			})
			.execute();
		await indexServices(db);
		for (const q of ['Canari', '04 65 71 00 98', 'secret']) expect(await found(q, everywhere)).toEqual([]);
		expect(
			open.sqlite.prepare(`SELECT count(*) FROM search_word WHERE term LIKE '%canari%'`).pluck().get()
		).toBe(0);
	});

	test('a synonym added to the data is known at the next change of content', async () => {
		expect(await found('gardienne')).toEqual([]);
		await db.insertInto('synonym').values({ expression: 'gardienne', concept: 0 }).execute();
		await indexServices(db, []);
		expect((await found('gardienne'))[0]).toBe('assistante-maternelle');
	});
});
