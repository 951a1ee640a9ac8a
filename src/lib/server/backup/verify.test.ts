import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { test, type World } from '../../../../tests/world.ts';
import { issueCode } from '../codes/codes.ts';
import { readSettings } from '../settings.ts';
import { copiesFolder } from './nightly.ts';
import { verify } from './verify.ts';

const poster = { kind: 'accueil', commune: 'bourg-valclair', object: '', support: 'affiche' };

/** The faults found, by what was checked; what has none is left out. */
async function faultsOf({ dataDir }: World, options?: { repair: boolean }): Promise<Record<string, string>> {
	const checks = await verify(readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'valclair' }), options);
	return Object.fromEntries(
		checks.filter(({ faults }) => faults.length > 0).map(({ name, faults }) => [name, faults.join('\n')])
	);
}

test.beforeEach(({ world }) => {
	world.sqlite.exec(`INSERT INTO meta VALUES ('origin', 'https://annuaire.exemple.fr')`);
});

test('a sound site has nothing to be said of, with codes issued and without', async ({ world }) => {
	expect(await faultsOf(world)).toEqual({});
	await issueCode(world.db, world.dataDir, poster, 'essai');
	expect(await faultsOf(world)).toEqual({});
});

test('a search that lags behind an entry is seen, and put right when asked', async ({ world }) => {
	world.sqlite.exec(`UPDATE service SET nom = 'Piscine' WHERE id = (SELECT min(id) FROM service)`);
	world.sqlite.exec(`DELETE FROM search_entry WHERE id = (SELECT max(id) FROM search_entry)`);
	expect((await faultsOf(world)).recherche).toMatch(/pour 2 fiche\(s\).*verifier --reparer/);
	expect(await faultsOf(world, { repair: true })).toEqual({});
	expect(await faultsOf(world)).toEqual({});
});

test('a withdrawn entry that the search still finds is seen', async ({ world }) => {
	world.sqlite.exec(`DELETE FROM publication WHERE service_id = (SELECT min(service_id) FROM publication)`);
	expect((await faultsOf(world)).recherche).toMatch(/pour 1 fiche/);
});

test('a code of the file that the database lacks is seen, and put right when asked', async ({ world }) => {
	await issueCode(world.db, world.dataDir, poster, 'essai');
	appendFileSync(
		path.join(world.dataDir, 'codes.csv'),
		'7K3MQ,valclair,accueil,bourg-valclair,,affiche,2026-11-24\n'
	);
	expect((await faultsOf(world)).codes).toMatch(/absent\(s\) de la base, 7K3MQ/);
	expect(await faultsOf(world, { repair: true })).toEqual({});
});

test('a code of the database that the file lost is seen, and written again when asked', async ({ world }) => {
	const code = await issueCode(world.db, world.dataDir, poster, 'essai');
	const file = path.join(world.dataDir, 'codes.csv');
	const text = readFileSync(file, 'utf8');
	rmSync(file);
	expect((await faultsOf(world)).codes).toMatch(new RegExp(`absent\\(s\\) de codes\\.csv, ${code}`));
	expect(existsSync(file)).toBe(false);
	expect(await faultsOf(world, { repair: true })).toEqual({});
	expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a line of the file of codes that can’t be read is counted', async ({ world }) => {
	writeFileSync(path.join(world.dataDir, 'codes.csv'), '7K3MQ,valcl\n');
	expect((await faultsOf(world)).codes).toMatch(/1 ligne\(s\) illisible/);
});

test('a link that leads nowhere is named', async ({ world }) => {
	world.sqlite.exec(`PRAGMA foreign_keys = OFF; UPDATE service SET structure_id = 999 WHERE id = 1`);
	expect((await faultsOf(world)).references).toMatch(/«\sservice\s», la ligne 1 .*«\sstructure\s»/);
});

test.for([
	['a database that lacks an update', `DELETE FROM migration`, /n’est pas à jour/],
	[
		'a database of a newer version',
		`INSERT INTO migration VALUES ('2099-01-01-futur', '2099-01-01')`,
		/plus récente/
	]
] as const)('%s is said so', async ([_what, sql, message], { world }) => {
	world.sqlite.exec(sql);
	expect((await faultsOf(world)).version).toMatch(message);
});

test('an address never learnt and a content without its number are said', async ({ world }) => {
	world.sqlite.exec(
		`DELETE FROM meta WHERE key = 'origin'; UPDATE meta SET value = '' WHERE key = 'version'`
	);
	expect((await faultsOf(world)).meta).toMatch(/version du contenu manque[\s\S]*L’adresse du site/);
});

test('nightly copies that stopped two days ago are seen', async ({ world }) => {
	mkdirSync(copiesFolder(world.dataDir));
	writeFileSync(path.join(copiesFolder(world.dataDir), 'annuaire-2020-01-01-03h30.sqlite'), '');
	expect((await faultsOf(world)).copies).toMatch(/plus de deux jours/);
});
