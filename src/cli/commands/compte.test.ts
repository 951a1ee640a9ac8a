import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isPassword } from '#lib/server/accounts/passwords.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

const origin = 'http://127.0.0.1:3999';
let dataDir: string;
beforeAll(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const settings = readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'valclair', ORIGIN: origin });
	await (await prepareApp(settings)).close();
});
afterAll(() => {
	rmSync(dataDir, { recursive: true });
});

function creer(words: string[], input = '') {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['src/cli/annuaire.ts', 'compte', 'creer', ...words],
		{ encoding: 'utf8', input, env: { ...process.env, DATA_DIR: dataDir, TERRITOIRE: 'valclair' } }
	);
	return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

function query<T>(sql: string, ...params: unknown[]): T[] {
	const db = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { readonly: true });
	try {
		return db.prepare(sql).all(...params) as T[];
	} finally {
		db.close();
	}
}

const mairie = (courriel: string) => [
	'--courriel',
	courriel,
	'--role',
	'mairie',
	'--commune',
	'bourg-valclair'
];

test('a mairie is invited: the link is shown, and goes by mail', () => {
	const { status, stdout, stderr } = creer([
		...mairie('Accueil@bourg-valclair.example'),
		'--commune',
		'haut-valclair'
	]);
	expect([status, stderr]).toEqual([0, '']);
	const link = stdout.split('\n').at(-1) ?? '';
	expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3999\/connexion\/invitation\/[\w-]{43}$/);
	const courriel = 'accueil@bourg-valclair.example';
	const [mail] = query<{ text: string }>('SELECT text FROM mail WHERE recipient = ?', courriel);
	expect(mail?.text).toContain(link);
	expect(query('SELECT commune FROM account_commune ORDER BY commune')).toHaveLength(2);
	// Who reads a backup can't follow it.
	const secret = link.split('/').at(-1);
	expect(JSON.stringify(query('SELECT * FROM account_link'))).not.toContain(secret);
});

test('a password read on the standard input opens an account without any mail', async () => {
	const { status, stdout } = creer(
		['--courriel', 'direction@valclair.example', '--role', 'administration', '--mot-de-passe-stdin'],
		'trois mots sans rapport\n'
	);
	expect([status, stdout]).toEqual([0, 'Compte ouvert\u202f: direction@valclair.example.']);
	const [row] = query<{ password_hash: string }>(
		`SELECT password_hash FROM account WHERE role = 'administration'`
	);
	expect(await isPassword(row?.password_hash ?? null, 'trois mots sans rapport')).toBe(true);
	expect(query(`SELECT 1 FROM mail WHERE recipient LIKE 'direction@%'`)).toEqual([]);
});

test('with --json, a program reads what was opened, and the link', () => {
	const { stdout } = creer(['--courriel', 'fs@valclair.example', '--role', 'agent', '--json']);
	expect(JSON.parse(stdout)).toEqual({
		courriel: 'fs@valclair.example',
		role: 'agent',
		communes: [],
		lien: expect.stringMatching(/\/connexion\/invitation\/[\w-]{43}$/) as string
	});
});

test.each([
	['a role that doesn’t exist', ['--courriel', 'a@exemple.fr', '--role', 'maire'], '', /Choisissez/],
	['no role', ['--courriel', 'a@exemple.fr'], '', /Choisissez/],
	['no address', ['--role', 'agent'], '', /adresse de courriel/],
	[
		'a commune of elsewhere',
		['--courriel', 'a@exemple.fr', '--role', 'mairie', '--commune', 'paris'],
		'',
		/territoire/
	],
	['a mairie without its commune', ['--courriel', 'a@exemple.fr', '--role', 'mairie'], '', /commune/],
	[
		'a password too short',
		['--courriel', 'a@exemple.fr', '--role', 'agent', '--mot-de-passe-stdin'],
		'court\n',
		/trop court/
	],
	['one word too many', [...mairie('a@exemple.fr'), 'tout-de-suite'], '', /tout-de-suite/]
])('%s is refused in one line, and no account is opened', (_what, words, input, message) => {
	const { status, stdout, stderr } = creer(words, input);
	expect([status, stdout]).toEqual([2, '']);
	expect(stderr).toMatch(message);
	expect(stderr.split('\n')).toHaveLength(1);
	expect(query(`SELECT 1 FROM account WHERE courriel = 'a@exemple.fr'`)).toEqual([]);
});

test('an address that has an account is refused, whatever its case', () => {
	expect(creer(mairie('deux-fois@exemple.fr')).status).toBe(0);
	const { status, stderr } = creer(mairie('Deux-Fois@Exemple.fr'));
	expect(status).toBe(2);
	expect(stderr).toContain('déjà un compte');
});
