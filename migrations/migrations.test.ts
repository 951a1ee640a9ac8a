import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { listMigrations, migrate } from '#lib/server/database/migrate.ts';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { findEditable } from '#lib/server/editing/editable.ts';
import { publish } from '#lib/server/editing/publish.ts';
import { listMomentRevisions } from '#lib/server/editing/moments/revisions.ts';
import { listRevisions } from '#lib/server/editing/revisions.ts';
import { findMoment } from '#lib/server/moments.ts';
import { findService, listServiceNames } from '#lib/server/services.ts';
import { refreshIndex, search } from '#lib/server/search/search.ts';

let dataDir: string;
let open: OpenDatabase;
beforeEach(() => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	open = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
});
afterEach(async () => {
	await open.db.destroy();
	rmSync(dataDir, { recursive: true });
});

/** Makes the database that of an installation of this day's version: its last migration, and what it held. */
async function install(day: string, last: string): Promise<void> {
	const migrations = await listMigrations();
	const end = migrations.findIndex(({ name }) => name === last);
	if (end < 0) throw new Error(`no migration ${last}`);
	await migrate(open.sqlite, migrations.slice(0, end + 1));
	open.sqlite.pragma('foreign_keys = OFF');
	open.sqlite.exec(readFileSync(path.join(import.meta.dirname, `../tests/fixtures/base-${day}.sql`), 'utf8'));
	open.sqlite.pragma('foreign_keys = ON');
	expect(open.sqlite.pragma('foreign_key_check')).toEqual([]);
}
const installFirst = () => install('2026-11-23', '2026-11-23-fondation');
const installWithAccounts = () => install('2026-11-25', '2026-11-25-revisions');

const rows = (sql: string) => open.sqlite.prepare(sql).all();

test('an installation of the first version, once updated, still says what it said', async () => {
	await installFirst();
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
	await installFirst();
	const before = rows('SELECT * FROM code ORDER BY code');
	expect(before).toHaveLength(20);
	await migrate(open.sqlite);
	expect(rows('SELECT * FROM code ORDER BY code')).toEqual(before);
	expect(() => open.sqlite.exec(`UPDATE code SET support = 'affiche'`)).toThrow('never changed');
	expect(() => open.sqlite.exec(`UPDATE code SET created_at = '2020-01-01'`)).toThrow('never changed');
	expect(rows('SELECT * FROM code ORDER BY code')).toEqual(before);
});

test('a territory filled before its name had an article keeps its name, and the day its statement gave', async () => {
	await installFirst();
	const [before] = rows('SELECT nom FROM territory') as [{ nom: string }];
	await migrate(open.sqlite);
	expect(rows('SELECT nom_avec_article, accessibilite_etablie_le FROM territory')).toEqual([
		{ nom_avec_article: before.nom, accessibilite_etablie_le: '2026-11-23' }
	]);
});

test('an installation with accounts and edits, once updated, keeps who may enter, what was published and its history', async () => {
	await installWithAccounts();
	const kept = [
		'SELECT id, courriel, nom, role, password_hash FROM account ORDER BY id',
		'SELECT id_hash, account_id FROM session ORDER BY id_hash',
		'SELECT id, service_id, commune, who, state FROM revision ORDER BY id',
		'SELECT service_id, commune, field, mode, value, base_value FROM service_variant ORDER BY service_id, commune, field',
		'SELECT message_id, recipient, text FROM mail'
	];
	const before = kept.map(rows);
	await migrate(open.sqlite);
	await refreshIndex(open.db);
	expect(kept.map(rows)).toEqual(before);

	const account = await findAccount(open.db, 1);
	const entry = account && (await findEditable(open.db, account, 'mairie-bourg-valclair'));
	if (!account || !entry) throw new Error('the secretary has lost her entry');
	expect(entry.facts.telephone).toBe('04 65 71 00 91');
	await publish(open.db, entry, { ...entry.facts, telephone: '04 65 71 00 94' }, account);
	const revisions = await listRevisions(open.db, entry.id, null);
	// This version keeps more facts of an entry: its first edit also keeps how they all were before it.
	expect(revisions.map(({ state }) => state.telephone)).toEqual([
		'04 65 71 00 94',
		'04 65 71 00 91',
		'04 65 71 00 91',
		'04 65 71 00 02'
	]);
	const common = await findEditable(open.db, account, 'accueil-petite-enfance');
	expect(common?.facts.telephone).toBe('04 65 71 00 92');
});

test('a merge made before the history told of it is told at the states that it led to', async () => {
	await installWithAccounts();
	const migrations = await listMigrations();
	const end = migrations.findIndex(({ name }) => name === '2026-11-30-etats-des-fusions');
	await migrate(open.sqlite, migrations.slice(0, end));
	const [kept, gone] = (rows('SELECT id FROM service ORDER BY id LIMIT 2') as { id: number }[]).map(
		({ id }) => id
	);
	const state = open.sqlite.prepare(
		`INSERT INTO revision (service_id, at, who, state) VALUES (${kept}, ?, 'CCV', '{}') RETURNING id`
	);
	const [, merged, , separated] = [
		'2026-11-26T10:00:00.000Z',
		'2026-11-26T11:00:00.000Z',
		'2026-11-26T12:00:00.000Z',
		'2026-11-26T13:00:00.000Z'
	].map((at) => (state.get(at) as { id: number }).id);
	open.sqlite.exec(`INSERT INTO merge (kept_id, gone_id, merged_at, merged_by, before, undone_at) VALUES
		(${kept}, ${gone}, '2026-11-26T11:00:00.090Z', 'CCV', '{}', '2026-11-26T13:00:00.090Z'),
		(${gone}, ${kept}, '2026-11-26T14:00:00.000Z', 'CCV', '{}', NULL)`);
	await migrate(open.sqlite);
	expect(rows('SELECT revision_id, undone_revision_id FROM merge ORDER BY id')).toEqual([
		{ revision_id: merged, undone_revision_id: separated },
		{ revision_id: null, undone_revision_id: null }
	]);
});

test('situations filled before they were edited at the desk say what they said, as the first state of their history', async () => {
	await installWithAccounts();
	const migrations = await listMigrations();
	const end = migrations.findIndex(({ name }) => name === '2026-11-26-moments-de-vie');
	await migrate(open.sqlite, migrations.slice(0, end + 1));
	const [accueil] = rows(`SELECT id FROM service WHERE slug = 'accueil-petite-enfance'`) as [{ id: number }];
	open.sqlite.exec(`
		INSERT INTO moment (id, slug, nom, accroche, introduction, theme, urgence, contact_id, position)
			VALUES (7, 'mon-bebe', 'Mon bébé', 'Crèche', 'Un appel suffit.', 'petite-enfance', 1, ${accueil.id}, 3);
		INSERT INTO moment_step (moment_id, titre, texte, service_id, a_preparer, source, source_lien, position) VALUES
			(7, 'Ensuite', 'Venez.', NULL, '[]', 'Service Public', 'https://www.service-public.fr/', 2),
			(7, 'D’abord', 'Appelez.', ${accueil.id}, '["Carnet"]', NULL, NULL, 1);`);
	await migrate(open.sqlite);
	const moment = await findMoment(open.db, 'mon-bebe', 'territoire', null);
	expect(moment).toMatchObject({
		nom: 'Mon bébé',
		introduction: [{ texte: 'Un appel suffit.' }],
		urgence: true,
		appeler: { slug: 'accueil-petite-enfance' },
		etapes: [
			{
				titre: { texte: 'D’abord' },
				fiche: { slug: 'accueil-petite-enfance' },
				aPreparer: { choses: ['Carnet'] },
				source: null
			},
			{
				titre: { texte: 'Ensuite' },
				fiche: null,
				source: { nom: 'Service Public', lien: 'https://www.service-public.fr/' }
			}
		]
	});
	expect((await listMomentRevisions(open.db, 7, null)).map(({ who }) => who)).toEqual(['amorce']);
	expect(() => open.sqlite.exec('DELETE FROM moment_revision')).toThrow('never cut');
});
