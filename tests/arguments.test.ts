import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

test.each([
	['src/cli/start.mjs', ['--bogus'], '--dev'],
	['src/cli/start.mjs', ['8080'], '--dev'],
	['src/cli/test.mjs', ['--bogus'], '--endurance'],
	['src/cli/test.mjs', ['--check', '--bogus'], '--check'],
	['src/cli/serve.ts', ['--bogus'], 'n’en prend aucun'],
	['src/cli/seed.ts', ['--bogus'], 'n’en prend aucun']
])(
	'%s %j is refused in one line that says what may be asked',
	{ timeout: 90_000 },
	(program, args, allowed) => {
		const dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'arguments-')), 'donnees');
		const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
			env: { ...process.env, DATA_DIR: dataDir, PORT: '0' },
			encoding: 'utf8',
			timeout: 60_000
		});
		expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
		expect(stderr).toMatch(/^L’argument « (--bogus|8080) » n’existe pas.*\n$/);
		expect(stderr).toContain(allowed);
		expect(existsSync(dataDir)).toBe(false);
		rmSync(path.dirname(dataDir), { recursive: true });
	}
);
