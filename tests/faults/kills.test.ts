import BetterSqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type PreparedApp, prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { startSite } from '../site.ts';

const kills = Number(process.env.KILLS ?? 20);
const browser = { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0' };

let dataDir: string;
beforeEach(() => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
});
afterEach(() => {
	rmSync(dataDir, { recursive: true });
});

function prepare(folder: string): Promise<PreparedApp> {
	return prepareApp(readSettings({ DATA_DIR: folder, TERRITOIRE: 'valclair' }));
}

/** What must be whole: how many rows of each, and what SQLite thinks of the file. */
function stateOf({ app: { sqlite } }: PreparedApp) {
	const count = (table: string) => Number(sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
	return {
		...Object.fromEntries(
			['service', 'publication', 'code', 'code_target', 'search_entry', 'theme'].map((table) => [
				table,
				count(table)
			])
		),
		integrity: sqlite.pragma('integrity_check', { simple: true }),
		broken: sqlite.pragma('foreign_key_check')
	};
}

/** Starts a server on an empty folder and kills it after `delay` milliseconds; without one, once it listens. */
async function startAndKill(folder: string, delay?: number): Promise<number> {
	const start = performance.now();
	const server = spawn(process.execPath, ['src/cli/serve.ts'], {
		env: { ...process.env, DATA_DIR: folder, TERRITOIRE: 'valclair', PORT: '0' },
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const gone = once(server, 'exit');
	const listening = once(server.stdout, 'data').then(() => performance.now() - start);
	if (delay !== undefined) setTimeout(() => server.kill('SIGKILL'), delay);
	const lasted = await Promise.race([listening, gone.then(() => 0)]);
	server.kill('SIGKILL');
	await gone;
	return lasted;
}

test(`killed at ${kills} moments of its first start, the site starts again whole each time`, async () => {
	const whole = await prepare(path.join(dataDir, 'whole'));
	const expected = stateOf(whole);
	await whole.close();
	expect(expected).toMatchObject({ integrity: 'ok', broken: [] });

	const duration = await startAndKill(path.join(dataDir, 'measure'));
	for (let i = 0; i < kills; i++) {
		const folder = path.join(dataDir, String(i));
		await startAndKill(folder, (duration * (i + 1)) / kills);
		const again = await prepare(folder);
		expect(stateOf(again), `killed after ${i + 1}/${kills} of the start`).toEqual(expected);
		await again.close();
	}
});

test('killed while codes are being scanned, the site loses the last second of counting, nothing more', async () => {
	const prepared = await prepare(dataDir);
	const code = String(prepared.app.sqlite.prepare('SELECT code FROM code').pluck().get());
	await prepared.close();

	const counted = () => {
		const sqlite = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'));
		const total = Number(sqlite.prepare('SELECT coalesce(sum(count), 0) FROM scan').pluck().get());
		sqlite.close();
		return total;
	};
	const scan = async (origin: string, times: number) => {
		for (let i = 0; i < times; i++) {
			const answer = await fetch(`${origin}/q/${code}`, { redirect: 'manual', headers: browser });
			expect(answer.status).toBe(302);
		}
	};

	let kept = 0;
	for (let round = 0; round < Math.max(2, kills / 10); round++) {
		const site = await startSite({ DATA_DIR: dataDir });
		await scan(site.origin, 30);
		await vi.waitFor(() => {
			expect(counted()).toBe(kept + 30);
		}, 10_000);
		await scan(site.origin, 10);
		site.process.kill('SIGKILL');
		await once(site.process, 'exit');
		const after = counted();
		expect(after).toBeGreaterThanOrEqual(kept + 30);
		expect(after).toBeLessThanOrEqual(kept + 40);
		kept = after;
	}
});
