import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

let dataDir: string;
beforeAll(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const settings = readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'valclair' });
	await (await prepareApp(settings)).close();
});
afterAll(() => {
	rmSync(dataDir, { recursive: true });
});

function annuaire(...words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/annuaire.ts', ...words], {
		encoding: 'utf8',
		env: { ...process.env, DATA_DIR: dataDir, TERRITOIRE: 'valclair' }
	});
	return { status, stdout: stdout.trim(), stderr: stderr.trim().replaceAll('\u202f', ' ') };
}

function fileOf(name: string, content: string): string {
	const file = path.join(dataDir, name);
	writeFileSync(file, content);
	return file;
}

test('a list is tried, then imported, then found already there', () => {
	const file = fileOf(
		'liste.csv',
		'Nom;Commune;Tél\nClub des aînés;Haut-Valclair;465710170\nAilleurs;Annecy;\n;;0465710171'
	);
	const told = { lues: 3, creees: 1, modifiees: 0, doublons: 0, refusees: 1, hors: 1 };
	const tried = annuaire('importer', file, '--essai', '--json');
	expect([tried.status, tried.stderr]).toEqual([0, '']);
	expect(JSON.parse(tried.stdout)).toMatchObject({
		essai: true,
		...told,
		lignes_refusees: [{ ligne: 4, raison: expect.stringContaining('nom') as string }]
	});
	const done = annuaire('importer', file);
	expect(done.stdout.replaceAll('\u202f', ' ')).toMatch(
		/^3 lignes lues\.\n1 fiche créée, en brouillon ; 0 modifiée ; 0 inchangée\.\n0 doublon probable, /
	);
	expect(JSON.parse(annuaire('importer', file, '--essai', '--json').stdout)).toMatchObject({
		creees: 0,
		inchangees: 1
	});
});

test('the public export has nothing professional, and imports back unchanged', () => {
	const file = path.join(dataDir, 'public.csv');
	expect(annuaire('exporter', 'csv', '-o', file).status).toBe(0);
	const csv = readFileSync(file, 'utf8');
	expect(csv).toContain('Mairie de Haut-Valclair');
	expect(csv).not.toMatch(/canari|ne pas diffuser|BROUILLON-SECRET|professionnel/i);
	const { inchangees, lues } = JSON.parse(annuaire('importer', file, '--essai', '--json').stdout) as Record<
		string,
		number
	>;
	expect(inchangees).toBe(lues);
	expect(annuaire('exporter', 'csv').stdout.split('\r\n')[0]).toBe(csv.split('\r\n')[0]);
});

test.each([
	[['exporter', 'hsds'], 2, 'Le format « hsds » n’existe pas'],
	[['exporter'], 2, 'Donnez un format'],
	[['importer'], 2, 'Donnez un fichier'],
	[['importer', 'a.csv', 'b.csv'], 2, 'est de trop'],
	[['importer', '/n-existe/pas.csv'], 1, 'ne se lit pas'],
	[['exporter', 'csv', '-o', '/n-existe/pas.csv'], 1, 'ne s’écrit pas'],
	[['importer', 'static/favicon.ico'], 1, 'n’est pas un tableau']
])('%j ends with one French line', (words, code, fault) => {
	const { status, stdout, stderr } = annuaire(...words);
	expect([status, stdout, stderr.split('\n').length]).toEqual([code, '', 1]);
	expect(stderr).toContain(fault);
});
