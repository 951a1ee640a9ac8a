import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

/** Runs the command line where there is no database. */
function annuaire(...words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/annuaire.ts', ...words], {
		encoding: 'utf8',
		env: { ...process.env, DATA_DIR: '/nulle-part' }
	});
	return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

test('hours typed in French come out as opening_hours, without any database', () => {
	expect(annuaire('horaires', 'du lundi au vendredi 8h30-12h')).toEqual({
		status: 0,
		stdout: 'Mo-Fr 08:30-12:00',
		stderr: ''
	});
	expect(JSON.parse(annuaire('horaires', '--json', '- lundi 9h-12h').stdout)).toEqual({
		horaires_accueil: 'Mo 09:00-12:00'
	});
});

test('what is kept beside the hours, and what is to be confirmed, is told apart', () => {
	const { status, stdout, stderr } = annuaire('horaires', 'en semaine 9h-12h / après-midi sur RDV');
	expect([status, stdout]).toEqual([0, 'Mo-Fr 09:00-12:00']);
	expect(stderr.split('\n')).toHaveLength(2);
	expect(
		JSON.parse(annuaire('horaires', '--json', 'en semaine 9h-12h / après-midi sur RDV').stdout)
	).toMatchObject({
		horaires_precisions: 'du lundi au vendredi après-midi\u202f: sur rendez-vous',
		a_confirmer: [expect.stringContaining('en semaine')]
	});
});

test('hours that can’t be read end the command with one line that names what wasn’t understood', () => {
	const { status, stdout, stderr } = annuaire('horaires', 'lundi vers 9h');
	expect([status, stdout, stderr.split('\n').length]).toEqual([1, '', 1]);
	expect(stderr).toContain('vers');
	const json = annuaire('horaires', '--json', 'lundi vers 9h');
	expect(json.status).toBe(1);
	expect(JSON.parse(json.stdout)).toMatchObject({ non_compris: [{ texte: 'vers' }, { texte: '9h' }] });
});

test('the command without a text says how to call it', () => {
	expect(annuaire('horaires').status).toBe(2);
});

test.each([
	[['imprimer', 'csv', '--courriel', 'a@exemple.fr'], 'La commande « imprimer » n’existe pas.'],
	[['zzz'], 'La commande « zzz » n’existe pas.'],
	[['codes', '--zzz'], 'L’option « --zzz » n’existe pas.'],
	[['help', '--zzz'], 'L’option « --zzz » n’existe pas.'],
	[['qr', '-o'], 'L’option « -o » est mal employée.']
])('%j is refused in one French line that names the fault', (words, fault) => {
	const { status, stdout, stderr } = annuaire(...words);
	expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 1]);
	expect(stderr.replaceAll('\u202f', ' ')).toContain(fault);
});
