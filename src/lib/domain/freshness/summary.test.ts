import { expect, test } from 'vitest';
import { allLines, essentialLines } from './summary.ts';

const facts = {
	nom: 'Mairie',
	telephone: '04 65 71 00 01',
	adresse: '1 place de la Source',
	code_postal: '00100',
	ville: 'Haut-Valclair',
	horaires_accueil: 'Mo 09:00-12:00',
	description: 'Elle vous aide.',
	frais: 'gratuit',
	themes: ['droits-et-demarches/aide'],
	communes: ['haut-valclair'],
	pro_notes: 'Ligne directe au 04 65 71 00 09.'
};

test('an entry to check is read in words, never in codes, and nothing is there for professionals only', () => {
	expect(allLines(facts).map(({ label, words }) => [label, words])).toEqual([
		['Téléphone', '04\u202f65\u202f71\u202f00\u202f01'],
		['Adresse', '1 place de la Source, 00100 Haut-Valclair'],
		['Horaires d’ouverture', expect.stringMatching(/^Lundi/) as string],
		['Description', 'Elle vous aide.'],
		['Prix', 'Gratuit']
	]);
	expect(essentialLines(facts).map(({ name }) => name)).toEqual([
		'telephone',
		'adresse',
		'horaires_accueil',
		'frais'
	]);
});
