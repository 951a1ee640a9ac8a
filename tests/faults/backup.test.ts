import type BetterSqlite from 'better-sqlite3';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
	cpSync,
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
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays, dateOf } from '#lib/domain/dates.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { startSite } from '../site.ts';

const kills = Number(process.env.KILLS ?? 20);

let folder: string;
let dataDir: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	dataDir = path.join(folder, 'data');
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

const environment = (dir: string) => ({
	...process.env,
	DATA_DIR: dir,
	TERRITOIRE: 'valclair',
	PORT: '0'
});

function annuaire(args: string[], dir = dataDir) {
	return spawnSync(process.execPath, ['src/cli/annuaire.ts', ...args], {
		env: environment(dir),
		encoding: 'utf8'
	});
}

/** Opens the folder as a start does, closes it, and gives what `read` saw. */
async function start<T>(dir: string, read: (sqlite: BetterSqlite.Database) => T): Promise<T> {
	const { app, close } = await prepareApp(readSettings({ DATA_DIR: dir, TERRITOIRE: 'valclair' }));
	try {
		return read(app.sqlite);
	} finally {
		await close();
	}
}

/** Writes the same word in the database and in a file beside it: by it a mix of two states is known. */
async function sign(dir: string, word: string): Promise<void> {
	await start(dir, (sqlite) => sqlite.prepare('UPDATE territory SET nom = ?').run(word));
	mkdirSync(path.join(dir, 'editions'), { recursive: true });
	writeFileSync(path.join(dir, 'editions', 'livret.txt'), word);
}

/** What a start finds in the folder, and whether it is whole. */
async function stateOf(dir: string) {
	return start(dir, (sqlite) => ({
		name: sqlite.prepare('SELECT nom FROM territory').pluck().get(),
		file: readFileSync(path.join(dir, 'editions', 'livret.txt'), 'utf8'),
		integrity: sqlite.pragma('integrity_check', { simple: true }),
		codes: sqlite.prepare('SELECT count(*) FROM code').pluck().get(),
		unfinished: readdirSync(dir).filter((name) => name.startsWith('restauration-'))
	}));
}

const whole = (word: string) => ({ name: word, file: word, integrity: 'ok', codes: 20, unfinished: [] });

/** A backup that says « avant », and a folder that says « après » since. */
async function makeBoth(): Promise<string> {
	const file = path.join(folder, 'copie.sqlite');
	await sign(dataDir, 'avant');
	expect(annuaire(['sauvegarder', file]).status).toBe(0);
	await sign(dataDir, 'après');
	return file;
}

test('a backup is made beside the running site, a restore waits until it is stopped', async () => {
	const file = path.join(folder, 'copie.sqlite');
	const site = await startSite({ DATA_DIR: dataDir });
	const made = annuaire(['sauvegarder', file, '--json']);
	expect(JSON.parse(made.stdout)).toMatchObject({ territoire: 'valclair', codes: 20 });
	expect(annuaire(['sauvegarder', file]).status).toBe(1);

	const refused = annuaire(['restaurer', file, '--oui']);
	expect(refused.status).toBe(1);
	expect(refused.stderr).toMatch(/^Le site tourne sur .+\s: arrêtez-le, puis recommencez\.\n$/);
	expect((await fetch(`${site.origin}/bourg-valclair`)).status).toBe(200);
	expect(await site.stop()).toBe(0);

	const unasked = annuaire(['restaurer', file]);
	expect(unasked.status).toBe(2);
	expect(unasked.stderr).toMatch(/^Sans terminal .*--oui.*\n$/);
	expect(annuaire(['restaurer', file, '--oui']).status).toBe(0);
	const again = await startSite({ DATA_DIR: dataDir });
	expect((await fetch(`${again.origin}/bourg-valclair`)).status).toBe(200);
	expect(await again.stop()).toBe(0);
	expect(annuaire(['verifier']).stdout).toMatch(/Tout est sain\.\n$/);
});

test('killed at each step of a restore, the next start finds the old state or the new one, never a mix', async () => {
	const file = await makeBoth();
	const found: unknown[] = [];
	for (let step = 1; ; step++) {
		const dir = path.join(folder, String(step));
		cpSync(dataDir, dir, { recursive: true });
		const killed = spawnSync(
			process.execPath,
			['--import', './tests/faults/kill-at-rename.mjs', 'src/cli/annuaire.ts', 'restaurer', file, '--oui'],
			{ env: { ...environment(dir), KILL_AT: String(step) }, encoding: 'utf8' }
		);
		if (killed.signal === null) {
			expect(killed.status).toBe(0);
			break;
		}
		expect(killed.signal).toBe('SIGKILL');
		if (step === 2) expect(annuaire(['codes'], dir).stderr).toMatch(/restauration n’est pas terminée/);
		const state = await stateOf(dir);
		expect(state, `killed at step ${step}`).toEqual(whole(String(state.name)));
		found.push(state.name);
		const aside = readdirSync(dir).filter((name) => name.startsWith('avant-restauration-'));
		expect(aside).toHaveLength(step === 1 ? 0 : 1);
		rmSync(dir, { recursive: true });
	}
	expect(found.length).toBeGreaterThan(4);
	expect(found).toEqual(['après', ...found.slice(1).map(() => 'avant')]);
});

test(`killed at ${kills} moments of a restore, the site starts whole each time`, async () => {
	const file = await makeBoth();
	const restore = (dir: string) =>
		spawn(process.execPath, ['src/cli/annuaire.ts', 'restaurer', file, '--oui'], {
			env: environment(dir),
			stdio: 'ignore'
		});
	const copy = (name: string) => {
		const dir = path.join(folder, name);
		cpSync(dataDir, dir, { recursive: true });
		return dir;
	};
	const begun = performance.now();
	await once(restore(copy('measure')), 'exit');
	const duration = performance.now() - begun;
	for (let i = 0; i < kills; i++) {
		const dir = copy(String(i));
		const command = restore(dir);
		const gone = once(command, 'exit');
		setTimeout(() => command.kill('SIGKILL'), (duration * (i + 1)) / kills);
		await gone;
		const state = await stateOf(dir);
		expect(state, `killed after ${i + 1}/${kills} of the restore`).toEqual(whole(String(state.name)));
		expect(['avant', 'après']).toContain(state.name);
		rmSync(dir, { recursive: true });
	}
});

test('killed while it writes a backup, the command leaves no file that passes for one', async () => {
	await sign(dataDir, 'avant');
	const file = path.join(folder, 'copie.sqlite');
	const killed = spawnSync(
		process.execPath,
		['--import', './tests/faults/kill-at-rename.mjs', 'src/cli/annuaire.ts', 'sauvegarder', file],
		{ env: { ...environment(dataDir), KILL_AT: '1' } }
	);
	expect(killed.signal).toBe('SIGKILL');
	expect(existsSync(file)).toBe(false);
	expect(annuaire(['sauvegarder', file]).status).toBe(0);
});

/** Overwrites a page of a SQLite file, as a dying disk does. */
function damage(file: string, page: number): void {
	const bytes = readFileSync(file);
	writeFileSync(file, bytes.fill(0xa5, (page - 1) * 4096, page * 4096));
}

test('with a damaged page the site doesn’t start, writes nothing, and names the newest whole copy', async () => {
	await sign(dataDir, 'avant');
	const copies = path.join(dataDir, 'sauvegardes');
	// Of these last nights: `verifier` rightly complains of copies that have stopped.
	const copy = (daysAgo: number) =>
		path.join(copies, `annuaire-${addDays(dateOf(Date.now()), -daysAgo)}-03h30.sqlite`);
	mkdirSync(copies);
	for (const daysAgo of [2, 1, 0]) expect(annuaire(['sauvegarder', copy(daysAgo)]).status).toBe(0);
	damage(copy(0), 7);
	const database = path.join(dataDir, 'annuaire.sqlite');
	for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
	damage(database, 9);
	const before = readFileSync(database);

	const refused = spawnSync(process.execPath, ['src/cli/serve.ts'], {
		env: environment(dataDir),
		encoding: 'utf8'
	});
	expect(refused.status).toBe(1);
	expect(refused.stderr).toMatch(
		/^La base .+ est abîmée .+ le site ne démarre pas et n’y écrit rien\. .+\n$/
	);
	expect(refused.stderr).toContain(`npm run -s annuaire -- restaurer ${copy(1)}`);
	expect(readFileSync(database).equals(before)).toBe(true);

	const verified = annuaire(['verifier']);
	expect(verified.status).toBe(1);
	expect(verified.stdout).toContain(`restaurer ${copy(1)}`);

	expect(annuaire(['restaurer', copy(1), '--oui']).status).toBe(0);
	expect(await stateOf(dataDir)).toEqual(whole('avant'));
	expect(annuaire(['verifier']).status).toBe(0);
});

test('a database that has gone is not taken for a first installation when it has copies', async () => {
	await sign(dataDir, 'avant');
	const copy = path.join(dataDir, 'sauvegardes', 'annuaire-2026-11-23-03h30.sqlite');
	mkdirSync(path.dirname(copy));
	expect(annuaire(['sauvegarder', copy]).status).toBe(0);
	for (const end of ['', '-wal', '-shm'])
		rmSync(path.join(dataDir, `annuaire.sqlite${end}`), { force: true });
	await expect(stateOf(dataDir)).rejects.toThrow(/a disparu, .*le site ne démarre pas/);
	expect(existsSync(path.join(dataDir, 'annuaire.sqlite'))).toBe(false);
	expect(annuaire(['restaurer', copy, '--oui']).status).toBe(0);
	expect(await stateOf(dataDir)).toEqual(whole('avant'));
});
