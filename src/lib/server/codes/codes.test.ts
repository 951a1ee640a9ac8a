import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isCode } from '#lib/domain/codes.ts';
import { findCode, findCodePath, issueCode, listCodes, retargetCode } from './codes.ts';
import { restoreCodes } from './restore.ts';
import { openDatabase, type OpenDatabase } from '../database/open.ts';
import { migrate } from '../database/migrate.ts';
import type { Db } from '../database/schema.ts';

const seeded: Record<string, string>[] = parse(readFileSync('seeds/codes.csv'), { columns: true });

let dataDir: string;
let open: OpenDatabase;
let db: Db;

async function openInstallation() {
	open = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
	await migrate(open.sqlite);
	db = open.db;
}

beforeEach(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'codes-'));
	await openInstallation();
	await db
		.insertInto('territory')
		.values({
			slug: 'valclair',
			nom: 'Communauté de communes Valclair',
			nom_court: 'Valclair',
			nom_avec_article: 'la Communauté de communes du Valclair',
			accroche: 'Près de chez vous.',
			introduction: 'Trois communes.',
			code_departement: '74',
			departement: 'Haute-Savoie',
			region: 'Auvergne-Rhône-Alpes',
			zone_scolaire: 'A'
		})
		.execute();
	await db
		.insertInto('commune')
		.values([
			{
				slug: 'bourg-valclair',
				code_insee: '99001',
				nom: 'Bourg',
				lieu: 'à Bourg',
				code_postal: '99000',
				position: 0
			}
		])
		.execute();
	await db
		.insertInto('theme')
		.values([theme('petite-enfance', 0), theme('agenda', 1)])
		.execute();
});

afterEach(async () => {
	await open.db.destroy();
	rmSync(dataDir, { recursive: true });
});

function theme(slug: string, position: number) {
	return { slug, nom: slug, question: '?', accroche: '', introduction: '', titre_affiche: '', position };
}

/** The database disappears, or is replaced by a copy, and the site starts again. */
async function loseDatabase(copy?: string) {
	await open.db.destroy();
	const file = path.join(dataDir, 'annuaire.sqlite');
	for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
	if (copy !== undefined) renameSync(copy, file);
	await openInstallation();
}

const bourg = { kind: 'theme', commune: 'bourg-valclair', object: 'petite-enfance' };
const issuedFile = () => path.join(dataDir, 'codes.csv');

test('every code ever given to print is well formed, and no two are the same', () => {
	expect(seeded.filter(({ code }) => !isCode(code ?? ''))).toEqual([]);
	expect(new Set(seeded.map(({ code }) => code)).size).toBe(seeded.length);
});

test('the first codes given to print never change: they are on paper', () => {
	const lines = readFileSync('seeds/codes.csv', 'utf8').split('\n');
	const first = lines.filter((line) => line.endsWith(',2026-11-23')).sort();
	const digest = createHash('sha256')
		.update(`${first.join('\n')}\n`)
		.digest('hex');
	expect(digest).toBe('895d463e8272c2d734b6ddcaa96a4e85796e3eaa2883d411bd7dd9001d830b76');
});

test.each([
	[
		'fier-et-usses',
		'la-balme-de-sillingy choisy lovagny mesigny nonglard sallenoves sillingy territoire',
		'petite-enfance enfance jeunesse parentalite besoins-particuliers seniors vie-locale agenda droits-et-demarches sante-et-urgences vie-quotidienne',
		'facture-eau livret affiche'
	],
	[
		'valclair',
		'haut-valclair bourg-valclair pont-valclair territoire',
		'petite-enfance droits-et-demarches sante-et-urgences agenda',
		'facture-eau'
	]
])(
	'in %s each home and each theme of each commune has one code per support',
	(territoire, communes, themes, supports) => {
		const expected: string[] = [];
		for (const commune of communes.split(' '))
			for (const support of supports.split(' ')) {
				expected.push(`accueil ${commune}  ${support}`);
				for (const theme of themes.split(' ')) expected.push(`theme ${commune} ${theme} ${support}`);
			}
		const present = seeded
			.filter((line) => line.territoire === territoire)
			.map(({ genre, commune, objet, support }) => `${genre} ${commune} ${objet} ${support}`);
		expect(present.sort()).toEqual(expected.sort());
	}
);

test('a new installation receives the codes of its own territory, once', async () => {
	expect(await restoreCodes(db, 'valclair', dataDir)).toBe(20);
	expect(await restoreCodes(db, 'valclair', dataDir)).toBe(0);
	expect((await listCodes(db)).map(({ code }) => code).sort()).toEqual(
		seeded
			.filter(({ territoire }) => territoire === 'valclair')
			.map(({ code }) => code)
			.sort()
	);
});

test('a code sent elsewhere stays there when the server starts again', async () => {
	await restoreCodes(db, 'valclair', dataDir);
	const [first] = await listCodes(db);
	if (!first) throw new Error('no code');
	await retargetCode(db, dataDir, first.code, bourg, 'Mairie de Bourg');
	await restoreCodes(db, 'valclair', dataDir);
	const now = await findCode(db, first.code);
	expect(now?.target).toEqual(bourg);
	expect(now?.past).toEqual([{ ...first.target, since: '2026-11-23' }]);
});

test('a code issued is written in the file, then known with its support and target', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'Mairie de Bourg');
	expect(isCode(code)).toBe(true);
	expect(await findCode(db, code)).toMatchObject({ code, support: 'affiche', target: bourg, past: [] });
	const [header, line, ...rest] = readFileSync(issuedFile(), 'utf8').split('\n');
	expect(header).toBe('code,territoire,genre,commune,objet,support,cree_le');
	expect(line).toMatch(
		new RegExp(`^${code},valclair,theme,bourg-valclair,petite-enfance,affiche,\\d{4}-\\d\\d-\\d\\d$`)
	);
	expect(rest).toEqual(['']);
});

test('codes issued at the same time are all different and all kept', async () => {
	const codes = await Promise.all(
		Array.from({ length: 20 }, () => issueCode(db, dataDir, { ...bourg, support: 'livret' }, 'essai'))
	);
	expect(new Set(codes).size).toBe(20);
	expect((await listCodes(db)).map(({ code }) => code)).toEqual([...codes].sort());
	expect(readFileSync(issuedFile(), 'utf8').trim().split('\n')).toHaveLength(21);
});

test('a database lost or restored from an old copy finds its issued codes again', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	await loseDatabase();
	expect(await restoreCodes(db, 'valclair', dataDir)).toBe(21);
	expect(await findCode(db, code)).toMatchObject({ code, support: 'affiche', target: bourg });
});

const home = { kind: 'accueil', commune: 'bourg-valclair', object: '' };
const agenda = { ...bourg, object: 'agenda' };

test('codes sent elsewhere still lead there, with their past, once the database is lost', async () => {
	const ours = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	await restoreCodes(db, 'valclair', dataDir);
	const [seeded] = (await listCodes(db)).filter(({ code }) => code !== ours);
	if (!seeded) throw new Error('no code');
	for (const code of [ours, seeded.code])
		for (const target of [home, agenda, home, agenda])
			await retargetCode(db, dataDir, code, target, 'Mairie de Bourg');
	const before = await listCodes(db);

	await loseDatabase();
	for (let start = 0; start < 2; start++) {
		await restoreCodes(db, 'valclair', dataDir);
		expect(await listCodes(db)).toEqual(before);
	}
	expect((await findCode(db, ours))?.target).toEqual(agenda);
});

test('a database restored from an old copy sends codes where they were last sent', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	await retargetCode(db, dataDir, code, home, 'essai');
	const copy = path.join(dataDir, 'copie.sqlite');
	open.sqlite.prepare('VACUUM INTO ?').run(copy);
	await retargetCode(db, dataDir, code, agenda, 'essai');
	const after = await findCode(db, code);

	await loseDatabase(copy);
	expect((await findCode(db, code))?.target).toEqual(home);
	await restoreCodes(db, 'valclair', dataDir);
	expect(await findCode(db, code)).toEqual(after);
});

test('the file never takes a code back from where the database has sent it since', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	const day = (await findCode(db, code))?.since ?? '';
	const add = (object: string) =>
		db
			.insertInto('code_target')
			.values({ code, ...bourg, object, since: day, set_by: 'essai' })
			.execute();
	await retargetCode(db, dataDir, code, home, 'essai');
	appendFileSync(issuedFile(), `${code},valclair,theme,bourg-valclair,droits,affiche,${day}\n`);
	appendFileSync(issuedFile(), `${code},valclair,theme,bourg-valclair,agenda,affiche,${day}\n`);
	await add('agenda');
	await add('sante');
	const before = await findCode(db, code);
	await restoreCodes(db, 'valclair', dataDir);
	expect(await findCode(db, code)).toEqual(before);
});

test('when the file can’t be written a code stays where it led', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	const nowhere = path.join(dataDir, 'annuaire.sqlite', 'codes');
	await expect(retargetCode(db, nowhere, code, agenda, 'essai')).rejects.toThrow();
	expect(await findCode(db, code)).toMatchObject({ target: bourg, past: [] });
});

test('a power cut between the file and the database loses no code that was shown', async () => {
	const line = '7K3MQ,valclair,theme,bourg-valclair,agenda,affiche,2026-11-24\n';
	writeFileSync(issuedFile(), `code,territoire,genre,commune,objet,support,cree_le\n${line}`);
	expect(await restoreCodes(db, 'valclair', dataDir)).toBe(21);
	expect(await findCode(db, '7K3MQ')).toMatchObject({
		target: { ...bourg, object: 'agenda' },
		since: '2026-11-24'
	});
});

test.each([
	['in the middle of a line', '7K3MQ,valclair,theme,bourg-va'],
	['inside quotes that never end', '"7K3MQ,valclair'],
	['in the middle of the header', 'code,terri']
])('a power cut %s costs that line only', async (_title, torn) => {
	const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	writeFileSync(issuedFile(), torn);
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	await open.db.destroy();
	rmSync(path.join(dataDir, 'annuaire.sqlite'));
	await openInstallation();
	await restoreCodes(db, 'valclair', dataDir);
	expect(await findCode(db, code)).toMatchObject({ target: bourg });
	expect(await findCode(db, '7K3MQ')).toBeUndefined();
	if (!torn.startsWith('code')) expect(warnings).toHaveBeenCalled();
	warnings.mockRestore();
});

test('when the file can’t be written no code is issued', async () => {
	const nowhere = path.join(dataDir, 'annuaire.sqlite', 'codes');
	await expect(issueCode(db, nowhere, { ...bourg, support: 'affiche' }, 'essai')).rejects.toThrow();
	expect(await listCodes(db)).toEqual([]);
});

test.each([
	['a commune', { commune: 'Bourg,Valclair' }],
	['a kind', { kind: 'roman' }],
	['a support', { support: 'affiche\n' }]
])('%s that isn’t a plain word is refused', async (_title, wrong) => {
	await expect(issueCode(db, dataDir, { ...bourg, support: 'affiche', ...wrong }, 'essai')).rejects.toThrow();
	expect(await listCodes(db)).toEqual([]);
});

test('each change of target is kept, the oldest first', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	await retargetCode(db, dataDir, code, home, 'essai');
	await retargetCode(db, dataDir, code, agenda, 'essai');
	const found = await findCode(db, code);
	expect(found?.target).toEqual(agenda);
	expect(found?.past.map(({ since: _since, ...target }) => target)).toEqual([bourg, home]);
});

test('a code never issued can’t be sent anywhere', async () => {
	await expect(retargetCode(db, dataDir, '7K3MQ', bourg, 'essai')).rejects.toThrow('n’existe pas');
	expect(await findCodePath(db, '7K3MQ')).toBeUndefined();
});

test.each([
	['its theme', bourg, '/bourg-valclair/petite-enfance'],
	['its commune', { kind: 'accueil', commune: 'bourg-valclair', object: '' }, '/bourg-valclair'],
	['the common base', { kind: 'theme', commune: 'territoire', object: 'agenda' }, '/territoire/agenda'],
	['the home of the common base', { kind: 'accueil', commune: 'territoire', object: '' }, '/territoire'],
	['the commune when the theme is gone', { ...bourg, object: 'minitel' }, '/bourg-valclair'],
	[
		'the base when the theme is gone',
		{ kind: 'theme', commune: 'territoire', object: 'minitel' },
		'/territoire'
	],
	['the first page when the commune is gone', { ...bourg, commune: 'lac-valclair' }, '/'],
	['the commune when the kind is of another time', { ...bourg, kind: 'edition' }, '/bourg-valclair']
])('a scanned code leads to %s', async (_title, target, expected) => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	// As an older or newer version may have written it.
	await db
		.insertInto('code_target')
		.values({ code, ...target, since: '2026-11-24', set_by: 'essai' })
		.execute();
	expect(await findCodePath(db, code)).toBe(expected);
});

test('the database itself forbids deleting, changing or reusing a code, and forgetting where it led', async () => {
	const code = await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	const run = (sql: string) => () => open.sqlite.prepare(sql).run(code);
	expect(run('DELETE FROM code WHERE code = ?')).toThrow('never deleted');
	expect(run(`UPDATE code SET code = '22222' WHERE code = ?`)).toThrow('never reused');
	expect(run(`INSERT OR REPLACE INTO code VALUES (?, 'livret', '2026-11-24')`)).toThrow('never reused');
	expect(run('DELETE FROM code_target WHERE code = ?')).toThrow('past targets');
});

test('a line added by hand to the file becomes a code at the next start', async () => {
	await issueCode(db, dataDir, { ...bourg, support: 'affiche' }, 'essai');
	appendFileSync(issuedFile(), '7K3MQ,valclair,accueil,bourg-valclair,,marque-page,2026-11-24\r\n');
	await restoreCodes(db, 'valclair', dataDir);
	expect(await findCode(db, '7K3MQ')).toMatchObject({ support: 'marque-page', target: { kind: 'accueil' } });
});
