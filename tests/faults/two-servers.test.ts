import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { startSite } from '../site.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
afterAll(() => {
	rmSync(dataDir, { recursive: true });
});

test('a second server on the same data says so and leaves; the first goes on; killed, it leaves the place', async () => {
	const first = await startSite({ DATA_DIR: dataDir });
	const second = spawnSync(process.execPath, ['src/cli/serve.ts'], {
		env: { ...process.env, DATA_DIR: dataDir, TERRITOIRE: 'valclair', PORT: '0' },
		encoding: 'utf8'
	});
	expect(second.status).toBe(1);
	expect(second.stderr).toMatch(/^Un autre serveur utilise déjà le dossier .+\n$/);
	expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);

	first.process.kill('SIGKILL');
	await once(first.process, 'exit');
	const third = await startSite({ DATA_DIR: dataDir });
	expect((await fetch(`${third.origin}/readyz`)).status).toBe(200);
	expect(await third.stop()).toBe(0);
});
