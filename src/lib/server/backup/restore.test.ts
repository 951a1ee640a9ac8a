import BetterSqlite from 'better-sqlite3';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAccount, disableAccount, findAccount, findSignedIn } from '../accounts/accounts.ts';
import { findLink, giveLink } from '../accounts/links.ts';
import { openSession } from '../accounts/sessions.ts';
import { findCode, findCodePath, issueCode, retargetCode } from '../codes/codes.ts';
import { openDatabase } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { prepareApp } from '../prepare.ts';
import { readSettings } from '../settings.ts';
import { writeBackup } from './backup.ts';
import { finishRestore, isRestorePending, prepareRestore } from './restore.ts';

const at = Date.parse('2026-11-24T10:15:00+01:00');
const poster = { kind: 'accueil', commune: 'bourg-valclair', object: '', support: 'affiche' };
const agenda = { kind: 'theme', commune: 'bourg-valclair', object: 'agenda' };

let folder: string;
let dataDir: string;
beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	dataDir = path.join(folder, 'data');
	await startAndStop();
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

const settings = (dir = dataDir) => readSettings({ DATA_DIR: dir, TERRITOIRE: 'valclair' });

async function startAndStop(dir = dataDir): Promise<void> {
	const prepared = await prepareApp(settings(dir));
	await prepared.close();
}

async function onDatabase<T>(work: (db: Db) => Promise<T>, dir = dataDir): Promise<T> {
	const { db, sqlite } = openDatabase(path.join(dir, 'annuaire.sqlite'));
	try {
		return await work(db);
	} finally {
		await db.destroy();
		if (sqlite.open) sqlite.close();
	}
}

const rename = (nom: string) => onDatabase((db) => db.updateTable('territory').set({ nom }).execute());
const nameIn = (dir = dataDir) =>
	onDatabase(
		async (db) => (await db.selectFrom('territory').select('nom').executeTakeFirstOrThrow()).nom,
		dir
	);
const issue = () => onDatabase((db) => issueCode(db, dataDir, poster, 'essai'));
const pathOf = (code: string, dir = dataDir) => onDatabase((db) => findCodePath(db, code), dir);

async function backup(): Promise<string> {
	const file = path.join(folder, 'copie.sqlite');
	await writeBackup(dataDir, file, { at, replace: true });
	return file;
}

async function restore(source: string, dir = dataDir) {
	const prepared = await prepareRestore(settings(dir), source);
	return { ...prepared, aside: prepared.apply(at) };
}

test('restoring puts back what the backup held, keeps what was there, and can be undone', async () => {
	await rename('Avant');
	const file = await backup();
	await rename('Après');
	const { aside = '' } = await restore(file);
	expect(path.basename(aside)).toBe('avant-restauration-2026-11-24-10h15');
	expect(await nameIn()).toBe('Avant');
	expect(await nameIn(aside)).toBe('Après');
	expect(isRestorePending(dataDir)).toBe(false);

	const { aside: second = '' } = await restore(aside);
	expect(second).not.toBe(aside);
	expect(await nameIn()).toBe('Après');
});

test('a restored database bears no trace of the backup’s own tables', async () => {
	await restore(await backup());
	const sqlite = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { readonly: true });
	expect(sqlite.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('sqlar', 'backup')`).all()).toEqual(
		[]
	);
	expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
	sqlite.close();
});

test('a restored backup opens no session and no link again: what was closed since stays closed', async () => {
	const { session, link, id } = await onDatabase(async (db) => {
		const account = {
			courriel: 'accueil@bourg-valclair.example',
			nom: 'Accueil',
			role: 'mairie' as const,
			communes: ['bourg-valclair']
		};
		const id = await createAccount(db, account, 'amorce');
		return {
			id,
			session: await openSession(db, id, 'Un navigateur'),
			link: await giveLink(db, id, 'mot-de-passe')
		};
	});
	const file = await backup();
	await onDatabase((db) => disableAccount(db, id));
	await restore(file);
	await onDatabase(async (db) => {
		expect(await findAccount(db, id)).toBeDefined();
		expect(await findSignedIn(db, session)).toBeUndefined();
		expect(await findLink(db, link, 'mot-de-passe')).toBeUndefined();
	});
});

test('files beside the database come back with it, and go with what is put aside', async () => {
	mkdirSync(path.join(dataDir, 'editions', 'bourg'), { recursive: true });
	const booklet = path.join('editions', 'bourg', 'livret.pdf');
	writeFileSync(path.join(dataDir, booklet), 'premier');
	const file = await backup();
	writeFileSync(path.join(dataDir, booklet), 'second');
	writeFileSync(path.join(dataDir, 'editions', 'nouveau.pdf'), 'nouveau');
	const { aside = '' } = await restore(file);
	expect(readFileSync(path.join(dataDir, booklet), 'utf8')).toBe('premier');
	expect(readdirSync(path.join(dataDir, 'editions'))).toEqual(['bourg']);
	expect(readFileSync(path.join(aside, booklet), 'utf8')).toBe('second');
	expect(existsSync(path.join(aside, 'editions', 'nouveau.pdf'))).toBe(true);
});

test('a code printed after the backup still answers once the backup is restored', async () => {
	const before = await issue();
	const file = await backup();
	const after = await issue();
	const { codesKept, presentRead } = await restore(file);
	expect({ codesKept, presentRead }).toEqual({ codesKept: 1, presentRead: true });
	expect(await pathOf(before)).toBe('/bourg-valclair');
	expect(await pathOf(after)).toBe('/bourg-valclair');
	expect(readFileSync(path.join(dataDir, 'codes.csv'), 'utf8')).toContain(after);
});

test('a code sent elsewhere after the backup still leads there, and its past is kept', async () => {
	const code = await issue();
	const file = await backup();
	await onDatabase((db) => retargetCode(db, dataDir, code, agenda, 'Mairie de Bourg'));
	await restore(file);
	expect(await pathOf(code)).toBe('/bourg-valclair/agenda');
	const found = await onDatabase((db) => findCode(db, code));
	expect(found?.past).toHaveLength(1);
});

test('codes of the backup stay when the file of codes was lost since', async () => {
	const code = await issue();
	const file = await backup();
	rmSync(path.join(dataDir, 'codes.csv'));
	await restore(file);
	expect(await pathOf(code)).toBe('/bourg-valclair');
	expect(readFileSync(path.join(dataDir, 'codes.csv'), 'utf8')).toContain(code);
});

test('when the present database is damaged, codes printed since come back from their file', async () => {
	const file = await backup();
	const code = await issue();
	writeFileSync(path.join(dataDir, 'annuaire.sqlite'), 'plus rien de lisible'.repeat(1000));
	const { presentRead, codesKept } = await restore(file);
	expect({ presentRead, codesKept }).toEqual({ presentRead: false, codesKept: 1 });
	expect(await pathOf(code)).toBe('/bourg-valclair');
});

test('a backup is restored on a new machine, in an empty folder', async () => {
	const code = await issue();
	await rename('Avant');
	const file = await backup();
	const other = path.join(folder, 'ailleurs');
	mkdirSync(other);
	expect((await restore(file, other)).aside).toBeUndefined();
	await startAndStop(other);
	expect(await nameIn(other)).toBe('Avant');
	expect(await pathOf(code, other)).toBe('/bourg-valclair');
});

test('a copy of the database made by other means is restored, files beside it stay', async () => {
	const code = await issue();
	const copy = path.join(folder, 'a-la-main.sqlite');
	await onDatabase(async () => {
		const sqlite = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'));
		sqlite.prepare('VACUUM INTO ?').run(copy);
		sqlite.close();
		return Promise.resolve();
	});
	await rename('Après');
	await restore(copy);
	expect(await nameIn()).not.toBe('Après');
	expect(readFileSync(path.join(dataDir, 'codes.csv'), 'utf8')).toContain(code);
});

test.each([
	['a file that doesn’t exist', () => 'nulle-part.sqlite', /n’existe pas/],
	['an empty folder', () => mkdtempSync(path.join(folder, 'vide-')), /n’est pas une sauvegarde/],
	[
		'a damaged backup',
		(file: string) => {
			writeFileSync(file, readFileSync(file).fill(0xff, 40_000, 60_000));
			return file;
		},
		/copie\.sqlite est abîmé/
	]
])('%s is refused and nothing changes', async (_what, makeSource, message) => {
	await rename('Avant');
	const file = await backup();
	await rename('Présent');
	await expect(restore(makeSource(file))).rejects.toThrow(message);
	expect(await nameIn()).toBe('Présent');
	expect(readdirSync(dataDir).filter((name) => name.includes('restauration'))).toEqual([]);
});

test('a backup of another territory is refused', async () => {
	const file = await backup();
	const other = readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'fier-et-usses' });
	await expect(prepareRestore(other, file)).rejects.toThrow(
		/territoire «\svalclair\s», pas de «\sfier-et-usses\s»/
	);
});

test('a name of file that leads out of the data folder is refused', async () => {
	const file = await backup();
	const sqlite = new BetterSqlite(file);
	sqlite.exec(`DROP TABLE backup; INSERT INTO sqlar VALUES ('editions/../../evade', 0, 0, 1, x'00')`);
	sqlite.close();
	await expect(restore(file)).rejects.toThrow(/nom de fichier refusé/);
	expect(existsSync(path.join(folder, 'evade'))).toBe(false);
});

test('a restore given up leaves everything as it was', async () => {
	const file = await backup();
	await rename('Présent');
	const before = readdirSync(dataDir).sort();
	(await prepareRestore(settings(), file)).cancel();
	expect(
		readdirSync(dataDir)
			.sort()
			.filter((name) => !/-(wal|shm)$/.test(name))
	).toEqual(before.filter((name) => !/-(wal|shm)$/.test(name)));
	expect(await nameIn()).toBe('Présent');
});

test('a restore cut short in its preparation leaves nothing that the next start would keep', () => {
	mkdirSync(path.join(dataDir, 'restauration-en-preparation'));
	appendFileSync(path.join(dataDir, 'restauration-en-preparation', 'annuaire.sqlite'), 'un bout');
	expect(finishRestore(dataDir)).toBeUndefined();
	expect(existsSync(path.join(dataDir, 'restauration-en-preparation'))).toBe(false);
});
