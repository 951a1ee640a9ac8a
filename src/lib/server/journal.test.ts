import { expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import { namesInJournal } from './journal.ts';

test('what the journal calls by a code is read by its name, where it still exists', async ({ db }) => {
	const named = await namesInJournal(db);
	expect(
		[
			'mairie-haut-valclair',
			'accueil-petite-enfance (haut-valclair)',
			'n-existe-plus → mairie-haut-valclair',
			'petite-enfance',
			'accueil@haut.example · nom : Accueil'
		].map(named)
	).toEqual([
		'Mairie de Haut-Valclair',
		'Accueil petite enfance (Haut-Valclair)',
		'n-existe-plus → Mairie de Haut-Valclair',
		'Petite enfance',
		'accueil@haut.example · nom : Accueil'
	]);
});
