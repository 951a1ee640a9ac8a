import BetterSqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base, vi } from 'vitest';
import { watchContentVersion } from './version.ts';

const test = base.extend<{ file: string }>({
	file: async ({}, use) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
		const file = path.join(folder, 'annuaire.sqlite');
		const sqlite = new BetterSqlite(file);
		sqlite.exec(`PRAGMA journal_mode = WAL; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)`);
		sqlite.exec(`INSERT INTO meta VALUES ('version', '7')`);
		sqlite.close();
		await use(file);
		rmSync(folder, { recursive: true });
	}
});

const edit = `UPDATE meta SET value = value + 1 WHERE key = 'version'`;

test('an edit made here is seen as soon as it is looked for', ({ file }) => {
	const sqlite = new BetterSqlite(file);
	const version = watchContentVersion(sqlite);
	expect(version.current).toBe(7);
	sqlite.exec(edit);
	expect(version.refresh()).toBe(8);
	expect(version.current).toBe(8);
	version.stop();
	sqlite.close();
});

test('an edit made by the command line is seen within a second without asking', async ({ file }) => {
	const sqlite = new BetterSqlite(file);
	const version = watchContentVersion(sqlite);
	const commandLine = new BetterSqlite(file);
	commandLine.exec(edit);
	commandLine.close();
	await vi.waitFor(() => {
		expect(version.current).toBe(8);
	});
	version.stop();
	sqlite.close();
});

test('when the database can no longer be read, the last version stays', ({ file }) => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	const sqlite = new BetterSqlite(file);
	const version = watchContentVersion(sqlite);
	sqlite.close();
	expect(version.refresh()).toBe(7);
	expect(warn).toHaveBeenCalledOnce();
	version.stop();
	warn.mockRestore();
});
