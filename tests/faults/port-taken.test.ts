import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

test('when another program has the port, the site says so in one line and leaves no database behind', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const address = other.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const dataDir = path.join(folder, 'donnees');
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/serve.ts'], {
		env: { ...process.env, DATA_DIR: dataDir, TERRITOIRE: 'valclair', PORT: String(port) },
		encoding: 'utf8'
	});
	other.close();
	expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
	expect(stderr).toBe(
		`Le port ${port} est déjà pris : arrêtez l’autre programme, ou choisissez un autre PORT.\n`
	);
	expect(existsSync(dataDir)).toBe(false);
});
