import { expect, test } from 'vitest';
import { passwordProblem } from './passwords.ts';

const courriel = 'accueil@exemple.fr';

test.each(['trois-mots-sans-rapport', 'Le chat du voisin dort !', 'éléphant violet 42', 'xK8#pq2Lm9vT'])(
	'« %s » will do',
	(password) => {
		expect(passwordProblem(password, courriel)).toBeUndefined();
	}
);

test.each([
	['court', /trop court/],
	['motdepasse2026', /trop courant/],
	['Azertyuiop123!', /trop courant/],
	['123456789012', /trop courant/],
	['aaaaaaaaaaaaaaa', /trop courant/],
	['accueil@exemple.fr', /adresse/],
	['mon accueil@exemple.fr à moi', /adresse/],
	['x'.repeat(201), /trop long/]
])('« %s » is refused, and the sentence says why', (password, why) => {
	expect(passwordProblem(password, courriel)).toMatch(why);
});
