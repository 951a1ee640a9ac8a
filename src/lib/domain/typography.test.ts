import { expect, test } from 'vitest';
import { capitalised, titleSize } from './typography.ts';

test('a name that begins a sentence takes a capital letter', () => {
	expect(capitalised('la Communauté de communes du Valclair')).toBe('La Communauté de communes du Valclair');
	expect(capitalised('élan')).toBe('Élan');
	expect(capitalised('')).toBe('');
});

test.each([
	['Qui peut garder mon bébé ?', ''],
	['Bienvenue à Bourg-sous-la-Montagne', ''],
	['Les 3 crèches intercommunales', 'long'],
	['Déclaration d’accessibilité', 'long'],
	['Anticonstitutionnellement vôtre', 'longest'],
	['', '']
])('the title « %s » is written at the size its longest word asks for', (title, size) => {
	expect(titleSize(title)).toBe(size);
});
