import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Site, startSite } from '../site.ts';

/*
 * A disk that takes no more, made by the kernel for one process (prlimit, in every Linux): past so many bytes in a
 * file each write is refused. It needs no mount and no administrator, so it is the same in a container.
 */

const browser = { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0' };
const justBeforeTheCopy = '2026-11-24T03:29:50+01:00';

let dataDir: string;
let site: Site | undefined;
beforeEach(() => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
});
afterEach(async () => {
	await site?.stop();
	site = undefined;
	rmSync(dataDir, { recursive: true });
});

/** Lets this process's files hold so many bytes, and no more. */
function limitFiles({ process: { pid } }: Site, bytes: number | 'unlimited'): void {
	const done = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`], {
		encoding: 'utf8'
	});
	expect(done.stderr).toBe('');
}

const scanned = ({ query }: Site) =>
	query<{ total: number }>('SELECT coalesce(sum(count), 0) AS total FROM scan')[0]?.total;

async function scan({ origin, query }: Site, times: number): Promise<void> {
	const [row] = query<{ code: string }>('SELECT min(code) AS code FROM code');
	for (let i = 0; i < times; i++) {
		const answer = await fetch(`${origin}/q/${row?.code ?? ''}`, { redirect: 'manual', headers: browser });
		expect(answer.status).toBe(302);
	}
}

test.each([
	// Room is lacking where the database writes; there is some for the small file by which /readyz tries the folder.
	['is full', () => statSync(path.join(dataDir, 'annuaire.sqlite-wal')).size + 100, 200],
	['refuses every write', () => 0, 503]
])(
	'when the disk %s, pages old and new are served, scans wait, and all goes on once it is mended',
	async (_what, limit, readiness) => {
		site = await startSite({ DATA_DIR: dataDir });
		await scan(site, 1);
		await vi.waitFor(() => {
			expect(scanned(site as Site)).toBe(1);
		}, 20_000);
		expect((await fetch(`${site.origin}/bourg-valclair`)).status).toBe(200);

		limitFiles(site, limit());
		await scan(site, 5);
		await vi.waitFor(() => {
			expect(site?.output()).toContain('Comptage des scans en attente');
		}, 20_000);
		for (const page of ['/bourg-valclair', '/haut-valclair', '/bourg-valclair/recherche?q=mairie'])
			expect((await fetch(`${site.origin}${page}`)).status, page).toBe(200);
		expect((await fetch(`${site.origin}/readyz`)).status).toBe(readiness);
		expect(scanned(site)).toBe(1);

		limitFiles(site, 'unlimited');
		await scan(site, 2);
		await vi.waitFor(() => {
			expect(scanned(site as Site)).toBe(8);
		}, 20_000);
		expect((await fetch(`${site.origin}/readyz`)).status).toBe(200);
		expect(site.output().match(/Comptage des scans en attente/g)).toHaveLength(1);
		expect(site.output()).toContain('Comptage des scans repris.');
	}
);

test('a start on a disk that refuses every write says so in one line', () => {
	const refused = spawnSync('prlimit', ['--fsize=0:unlimited', process.execPath, 'src/cli/serve.ts'], {
		env: { ...process.env, DATA_DIR: dataDir, TERRITOIRE: 'valclair', PORT: '0' },
		encoding: 'utf8'
	});
	expect(refused.status).toBe(1);
	expect(refused.stderr).toMatch(/^[^\n]*(?:écrit|pris|ouverte)[^\n]*\n$/);
});

test('a nightly copy is made at half past three beside the running site', async () => {
	site = await startSite({ DATA_DIR: dataDir, HORLOGE: justBeforeTheCopy });
	await vi.waitFor(() => {
		expect(site?.output()).toContain('Copie de la nuit');
	}, 60_000);
	expect(readdirSync(path.join(dataDir, 'sauvegardes'))).toEqual(['annuaire-2026-11-24-03h30.sqlite']);
	expect((await fetch(`${site.origin}/bourg-valclair`)).status).toBe(200);
});

test('a nightly copy that the disk has no room for is said, leaves nothing, and the site goes on', async () => {
	site = await startSite({ DATA_DIR: dataDir, HORLOGE: justBeforeTheCopy });
	limitFiles(site, 50_000);
	await vi.waitFor(() => {
		expect(site?.output()).toContain('La copie de la nuit n’a pas pu être faite, le site continue');
	}, 60_000);
	expect(readdirSync(path.join(dataDir, 'sauvegardes'))).toEqual([]);
	expect((await fetch(`${site.origin}/bourg-valclair`)).status).toBe(200);
});
