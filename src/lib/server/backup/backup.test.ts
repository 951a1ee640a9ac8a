import BetterSqlite from 'better-sqlite3';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { test as base } from '../../../../tests/world.ts';
import { issueCode } from '../codes/codes.ts';
import { checkBackup, writeBackup } from './backup.ts';

const at = Date.parse('2026-11-24T10:15:00+01:00');
const poster = { kind: 'accueil', commune: 'bourg-valclair', object: '', support: 'affiche' };

/** A folder for backups, outside the data folder. */
const test = base.extend<{ elsewhere: string }>({
	elsewhere: async ({ task: _task }, use) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'sauvegardes-'));
		await use(folder);
		rmSync(folder, { recursive: true });
	}
});

/** Changes the first of these words in a file, as a bad disk would. */
function alter(file: string, word: string): void {
	const bytes = readFileSync(file);
	const place = bytes.indexOf(word);
	expect(place).toBeGreaterThan(0);
	bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
	writeFileSync(file, bytes);
}

test('a backup holds the entries, the codes and the files beside the database, and says how many', async ({
	world,
	elsewhere
}) => {
	await issueCode(world.db, world.dataDir, poster, 'essai');
	mkdirSync(path.join(world.dataDir, 'editions'));
	writeFileSync(path.join(world.dataDir, 'editions', 'livret.pdf'), 'un livret');
	const file = path.join(elsewhere, 'copie.sqlite');
	const report = await writeBackup(world.dataDir, file, { at });
	expect(report).toMatchObject({
		madeAt: '2026-11-24T09:15:00.000Z',
		territory: 'valclair',
		entries: world.sqlite.prepare('SELECT count(*) FROM service').pluck().get(),
		codes: 21,
		files: 2,
		bytes: statSync(file).size
	});
	expect(await checkBackup(file)).toEqual(report);
	const sqlite = new BetterSqlite(file, { readonly: true });
	expect(sqlite.prepare('SELECT name FROM sqlar ORDER BY name').pluck().all()).toEqual([
		'codes.csv',
		'editions/livret.pdf'
	]);
	sqlite.close();
});

test('a backup can be read by the site’s account alone', async ({ world, elsewhere }) => {
	const file = path.join(elsewhere, 'sauvegardes.sqlite');
	await writeBackup(world.dataDir, file, { at });
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a backup is made while someone is writing, of what was saved', async ({ world, elsewhere }) => {
	world.sqlite.exec(`BEGIN IMMEDIATE; UPDATE territory SET nom = 'Pas encore enregistré'`);
	const file = path.join(elsewhere, 'copie.sqlite');
	await writeBackup(world.dataDir, file, { at });
	world.sqlite.exec('COMMIT');
	const sqlite = new BetterSqlite(file, { readonly: true });
	expect(sqlite.prepare('SELECT nom FROM territory').pluck().get()).not.toBe('Pas encore enregistré');
	sqlite.close();
});

test('a backup never takes the place of another without being asked', async ({ world, elsewhere }) => {
	const file = path.join(elsewhere, 'copie.sqlite');
	writeFileSync(file, 'précieux');
	await expect(writeBackup(world.dataDir, file, { at })).rejects.toThrow(/existe déjà/);
	expect(readFileSync(file, 'utf8')).toBe('précieux');
	await writeBackup(world.dataDir, file, { at, replace: true });
	expect((await checkBackup(file)).codes).toBe(20);
});

test('a backup that can’t be written leaves nothing behind', async ({ world, elsewhere }) => {
	const nowhere = path.join(elsewhere, 'nulle-part', 'copie.sqlite');
	await expect(writeBackup(world.dataDir, nowhere, { at })).rejects.toThrow(
		/n’a pas pu être faite, rien n’en est gardé/
	);
	expect(existsSync(path.dirname(nowhere))).toBe(false);
	// A folder already bears the name: all is written, then can't be put there.
	mkdirSync(path.join(elsewhere, 'dossier', 'plein'), { recursive: true });
	await expect(
		writeBackup(world.dataDir, path.join(elsewhere, 'dossier'), { at, replace: true })
	).rejects.toThrow(/n’a pas pu être faite/);
	expect(readdirSync(elsewhere)).toEqual(['dossier']);
});

test.for([
	['a name of an entry', 'Mairie de Bourg'],
	['a printed booklet', 'un livret imprimé']
] as const)('one bit changed by a bad disk in %s is found', async ([_where, word], { world, elsewhere }) => {
	writeFileSync(path.join(world.dataDir, 'livret.txt'), 'un livret imprimé');
	const file = path.join(elsewhere, 'copie.sqlite');
	await writeBackup(world.dataDir, file, { at });
	alter(file, word);
	await expect(checkBackup(file)).rejects.toThrow(/est abîmé .* prenez une autre copie/);
});

test('a file that isn’t a backup is named', async ({ elsewhere }) => {
	const text = path.join(elsewhere, 'lettre.txt');
	writeFileSync(text, 'Bonjour. '.repeat(1000));
	await expect(checkBackup(text)).rejects.toThrow(/lettre\.txt est abîmé/);
	const other = path.join(elsewhere, 'autre.sqlite');
	const sqlite = new BetterSqlite(other);
	sqlite.exec('CREATE TABLE recette (nom TEXT)');
	sqlite.close();
	await expect(checkBackup(other)).rejects.toThrow(/n’est pas une sauvegarde/);
});

test('a backup of a newer version is refused, and says so', async ({ world, elsewhere }) => {
	world.sqlite.exec(`INSERT INTO migration VALUES ('2099-01-01-futur', '2099-01-01')`);
	await expect(writeBackup(world.dataDir, path.join(elsewhere, 'copie.sqlite'), { at })).rejects.toThrow(
		/version plus récente \(2099-01-01-futur\)/
	);
});
