import { expect, test } from 'vitest';
import { fields } from '../editing/fields.ts';
import { columns, targetOfHeader } from './columns.ts';

test.each([
	['Nom de la structure', 'nom'],
	['TÉLÉPHONE', 'telephone'],
	['n° de téléphone', 'telephone'],
	['E-mail', 'courriel'],
	['Code_Postal', 'code_postal'],
	['CP', 'code_postal'],
	['horaires_accueil', 'horaires_accueil'],
	['opening_hours', 'horaires_accueil'],
	['presentation_resume', 'resume'],
	['lien_source', 'source_lien'],
	['code_insee_commune', 'code_insee'],
	['Âges', 'age_min_mois'],
	['contact_nom_prenom', 'pro_nom'],
	['fees', 'frais'],
	['publics_accueillis', 'publics']
])('a column called « %s » is known', (header, target) => {
	expect(targetOfHeader(header)).toBe(target);
});

test('an unknown header is left to people', () => {
	for (const header of ['', 'Qui ?', 'siret', '__proto__', 'constructor'])
		expect(targetOfHeader(header)).toBeUndefined();
});

test('every header of an export is its own, and is read back as what it says', () => {
	expect(new Set(columns.map(({ label }) => label)).size).toBe(columns.length);
	for (const { target, label } of columns) expect([label, targetOfHeader(label)]).toEqual([label, target]);
	const formOnly = ['en_attendant', 'pro_contact_nom_prenom'];
	for (const { name } of fields)
		expect([name, columns.some(({ target }) => target === name)]).toEqual([name, !formOnly.includes(name)]);
});

test('people read the words of the entry’s form, which are read back as headers too', () => {
	const words = Object.fromEntries(columns.map((column) => [column.target, column.words]));
	expect(words).toMatchObject({
		nature: 'Ce que c’est',
		structure: 'Qui s’en occupe',
		demarches: 'Les étapes',
		mots: 'Mots que les gens cherchent',
		pro_nom: 'Personne à joindre (ne pas diffuser)'
	});
	expect(new Set(Object.values(words)).size).toBe(columns.length);
	for (const { target, words } of columns) expect([words, targetOfHeader(words)]).toEqual([words, target]);
	expect(targetOfHeader('Personne à joindre')).toBe('pro_nom');
	expect(targetOfHeader('Contact professionnel (ne pas diffuser)')).toBe('pro_nom');
});

test('what is for professionals only comes last and says so', () => {
	const professional = columns.filter(({ isProfessional }) => isProfessional);
	expect(professional).toEqual(columns.slice(-professional.length));
	for (const { label } of professional) expect(label).toContain('(ne pas diffuser)');
});
