import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { expect, startSite, test, type Site } from './server.ts';

const run = promisify(execFile);

/** A command of the project, run beside the server that holds this folder. */
async function annuaire(site: Site, ...args: string[]) {
	const { stdout, stderr } = await run(process.execPath, ['src/cli/annuaire.ts', ...args], {
		env: { ...process.env, DATA_DIR: site.dataDir }
	});
	return { stdout, stderr };
}

test('the symbol of a code, read by a camera, opens its page', async ({ page, site }) => {
	const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
	await prepareZXingModule({
		overrides: { wasmBinary: wasmBinary.buffer },
		fireImmediately: true
	});
	const codes = JSON.parse((await annuaire(site, 'codes', '--json')).stdout) as {
		code: string;
		cible: string;
	}[];
	const printed = codes.find(({ cible }) => cible === '/pont-valclair/petite-enfance');
	const { stdout: svg, stderr } = await annuaire(site, 'qr', printed?.code ?? '');
	expect(stderr).toContain('ÉPREUVE – ne pas diffuser');

	await page.setContent(`<body style="margin:0;width:400px">${svg}</body>`);
	const [symbol] = await readBarcodes(await page.screenshot(), { formats: ['QRCode'] });
	expect(symbol?.text).toBe(`${site.origin}/Q/${printed?.code}`.toUpperCase());
	expect(symbol?.extra).toContain('"ECLevel":"Q"');

	await page.goto(symbol?.text ?? '');
	await expect(page).toHaveURL('/pont-valclair/petite-enfance');
	await expect(page.getByRole('link', { name: /04.65.71.00.23/ }).first()).toBeVisible();
});

test('the poster of a code is made from a shell, marked as a proof while the site has no https address', async ({
	site
}) => {
	const codes = JSON.parse((await annuaire(site, 'codes', '--json')).stdout) as { code: string }[];
	const file = `${site.dataDir}/affiche.pdf`;
	const poster = (...args: string[]) => annuaire(site, 'affiche', codes[0]?.code ?? '', ...args);
	const { stdout, stderr } = await poster('--format', 'a6', '-o', file);
	expect(stdout).toContain('affiche.pdf écrit.');
	expect(stderr).toContain('ÉPREUVE – ne pas diffuser');
	expect(readFileSync(file, 'latin1')).toMatch(/^%PDF-1\.7/);
	await expect(poster('--format', 'a5', '-o', file)).rejects.toMatchObject({
		code: 2,
		stderr: expect.stringContaining('a4, a3, a6, facture, etiquettes')
	});
	await expect(poster('--format', 'a4')).rejects.toMatchObject({
		code: 2,
		stderr: expect.stringContaining('-o FICHIER.pdf')
	});
});

test('every code printed before answers as before once the database is lost', async () => {
	const site = await startSite();
	const before = JSON.parse((await annuaire(site, 'codes', '--json')).stdout) as {
		code: string;
		cible: string;
	}[];
	expect(before.length).toBe(20);
	await site.stop({ keep: true });
	for (const suffix of ['', '-wal', '-shm'])
		await rm(`${site.dataDir}/annuaire.sqlite${suffix}`, { force: true });

	const again = await startSite({ DATA_DIR: site.dataDir });
	try {
		for (const { code, cible } of before) {
			const response = await fetch(`${again.origin}/q/${code}`, { redirect: 'manual' });
			expect([response.status, response.headers.get('location')]).toEqual([302, cible]);
			expect((await fetch(again.origin + cible)).status).toBe(200);
		}
	} finally {
		await again.stop();
		await rm(site.dataDir, { recursive: true, force: true });
	}
});

test('a command that doesn’t exist says so in one line', async ({ site }) => {
	const failure = await annuaire(site, 'chanter').catch(
		(error: unknown) => error as { code: number; stderr: string }
	);
	expect(failure).toMatchObject({ code: 2 });
	expect('stderr' in failure && failure.stderr.trim().split('\n')).toHaveLength(1);
});
