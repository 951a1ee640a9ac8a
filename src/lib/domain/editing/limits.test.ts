import { expect, test } from 'vitest';
import { type Field, fields } from './fields.ts';
import { helpOf } from './limits.ts';

const help = (name: string) => fields.filter((field) => field.name === name).map(helpOf)[0];

test.each([
	['nom', /connaissent\. 80 caractères au plus\.$/],
	['nom_court', /14 caractères au plus\.$/],
	['resume', /140 caractères au plus\.$/],
	['adresse', /^Numéro et rue\. 200 caractères au plus\.$/],
	['ville', /^100 caractères au plus\.$/],
	['demarches', /300 caractères au plus par ligne\.$/],
	['mots', /80 caractères au plus par ligne\.$/],
	['structure', /160 caractères au plus\.$/],
	['pro_contact_nom_prenom', /^120 caractères au plus\.$/],
	['description', /2.000 caractères au plus\.$/]
])('the help of %s says how long it may be', (name, words) => {
	expect(help(name)).toMatch(words);
});

test('a limit is said once, and only where people could meet it', () => {
	const said = (field: Field) => helpOf(field)?.match(/caractères au plus/g)?.length ?? 0;
	for (const field of fields) expect(said(field), field.name).toBeLessThanOrEqual(1);
	for (const name of ['frais_precisions', 'telephone', 'courriel', 'themes', 'publics'])
		expect(help(name) ?? '').not.toMatch(/caractères/);
});

test('a field that must be filled says so in words', () => {
	for (const name of ['nom', 'description']) expect(help(name), name).toMatch(/^Obligatoire\./);
	expect(help('nom_court')).not.toMatch(/Obligatoire/);
});
