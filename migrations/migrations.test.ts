import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMigrations, migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { findService, listServiceNames } from '#lib/server/services.ts';
import { refreshIndex, search } from '#lib/server/search/search.ts';

/** An installation of the first version, filled with the fictional territory of its day. */
let dataDir: string;
let open: OpenDatabase;
beforeEach(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	open = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
	const [first] = await listMigrations();
	if (!first) throw new Error('no migration');
	await migrate(open.sqlite, [first]);
	open.sqlite.pragma('foreign_keys = OFF');
	open.sqlite.exec(
		readFileSync(path.join(import.meta.dirname, '../tests/fixtures/base-2026-11-23.sql'), 'utf8')
	);
	open.sqlite.pragma('foreign_keys = ON');
	expect(open.sqlite.pragma('foreign_key_check')).toEqual([]);
});
afterEach(async () => {
	await open.db.destroy();
	rmSync(dataDir, { recursive: true });
});

const rows = (sql: string) => open.sqlite.prepare(sql).all();

test('an installation of the first version, once updated, still says what it said', async () => {
	const entries = rows('SELECT slug, nom, telephone, horaires_accueil FROM service ORDER BY id');
	expect(entries.length).toBeGreaterThan(10);
	await migrate(open.sqlite);
	await refreshIndex(open.db);
	expect(rows('SELECT slug, nom, telephone, horaires_accueil FROM service ORDER BY id')).toEqual(entries);
	expect((await findService(open.db, 'creche', 'pont-valclair'))?.en_attendant?.telephone).toBe(
		'04 65 71 00 23'
	);
	expect((await listServiceNames(open.db, 'haut-valclair')).length).toBeGreaterThan(5);
	const found = await search(open.db, { q: 'crèche', commune: 'haut-valclair', limit: 10 });
	expect(found.ids.length).toBeGreaterThan(0);
});

test('once updated, it keeps its codes, and nobody changes what they were printed on', async () => {
	const before = rows('SELECT * FROM code ORDER BY code');
	expect(before).toHaveLength(20);
	await migrate(open.sqlite);
	expect(rows('SELECT * FROM code ORDER BY code')).toEqual(before);
	expect(() => open.sqlite.exec(`UPDATE code SET support = 'affiche'`)).toThrow('never changed');
	expect(() => open.sqlite.exec(`UPDATE code SET created_at = '2020-01-01'`)).toThrow('never changed');
	expect(rows('SELECT * FROM code ORDER BY code')).toEqual(before);
});

test('a territory filled before its name had an article keeps its name, and the day its statement gave', async () => {
	const [before] = rows('SELECT nom FROM territory') as [{ nom: string }];
	await migrate(open.sqlite);
	expect(rows('SELECT nom_avec_article, accessibilite_etablie_le FROM territory')).toEqual([
		{ nom_avec_article: before.nom, accessibilite_etablie_le: '2026-11-23' }
	]);
});
