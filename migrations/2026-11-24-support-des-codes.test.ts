import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMigrations, migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { loadSeed } from '#lib/server/seed.ts';

let dataDir: string;
let open: OpenDatabase;
beforeEach(() => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'support-'));
	open = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
});
afterEach(async () => {
	await open.db.destroy();
	rmSync(dataDir, { recursive: true });
});

const codes = () => open.sqlite.prepare('SELECT * FROM code ORDER BY code').all();

test('an installation of the first version, once updated, keeps its codes and never changes what they were printed on', async () => {
	const [first] = await listMigrations();
	if (!first) throw new Error('no migration');
	await migrate(open.sqlite, [first]);
	await loadSeed(open.db, 'valclair', dataDir);
	const before = codes();
	expect(before).toHaveLength(20);

	const { applied } = await migrate(open.sqlite);
	expect(applied).toContain('2026-11-24-support-des-codes');
	expect(codes()).toEqual(before);
	expect(() => open.sqlite.exec(`UPDATE code SET support = 'affiche'`)).toThrow('never changed');
	expect(() => open.sqlite.exec(`UPDATE code SET created_at = '2020-01-01'`)).toThrow('never changed');
	expect(codes()).toEqual(before);
});
