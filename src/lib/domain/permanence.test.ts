import { expect, test } from 'vitest';
import { readPermanence } from './permanence.ts';

const typed = { lieu: 'Mairie, salle du conseil', adresse: '', horaires: 'mardi 9h-12h', precisions: '' };

test('a permanence is read as it is said, what hours can’t hold beside them', () => {
	expect(readPermanence(typed)).toEqual({
		permanence: {
			lieu: 'Mairie, salle du conseil',
			adresse: null,
			horaires_accueil: 'Tu 09:00-12:00',
			precisions: null
		},
		assumptions: []
	});
	const said = readPermanence({
		...typed,
		horaires: '1er et 3e mardi du mois, 9h-12h. Accueil téléphonique de 14h à 16h.',
		precisions: 'Sonnez à la porte bleue.'
	});
	expect(said.permanence?.horaires_accueil).toBe('Tu[1,3] 09:00-12:00');
	expect(said.permanence?.precisions).toMatch(/^Sonnez à la porte bleue\.\nAccueil téléphonique/);
});

test.each([
	['lieu', { lieu: ' ' }, /Dites où/],
	['horaires', { horaires: '' }, /Dites quand/],
	['horaires', { horaires: 'de temps en temps' }, /de temps en temps/],
	['adresse', { adresse: 'x'.repeat(201) }, /trop long/],
	['precisions', { precisions: 'x'.repeat(301) }, /trop long/]
] as const)('what is wrong in « %s » is said beside it', (field, change, sentence) => {
	const { errors } = readPermanence({ ...typed, ...change });
	expect(errors?.[field]).toMatch(sentence);
});

test('the words of a permanence get the typography of French, unless they were there', () => {
	const typed = {
		lieu: "Salle de l'école",
		adresse: "1 rue de l'Eau",
		horaires: 'mardi 9h-12h',
		precisions: 'Entrée : à droite'
	};
	expect(readPermanence(typed).permanence).toMatchObject({
		lieu: 'Salle de l’école',
		adresse: '1 rue de l’Eau',
		precisions: 'Entrée\u202f: à droite'
	});
	expect(readPermanence(typed, typed).permanence).toMatchObject({
		lieu: typed.lieu,
		adresse: typed.adresse,
		precisions: typed.precisions
	});
});
