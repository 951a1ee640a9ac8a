import { expect, test } from 'vitest';
import { plannedSentence, undoneSentence } from './sentences.ts';

const counts = {
	lues: 4,
	creees: 0,
	modifiees: 0,
	inchangees: 0,
	doublons: 0,
	refusees: 0,
	hors: 0,
	publiees: false
};

test.each([
	[{ creees: 2 }, '2 fiches avaient été créées\u202f: l’annulation les a archivées'],
	[{ modifiees: 1 }, '1 fiche avait été modifiée\u202f: l’annulation l’a remise comme avant'],
	[
		{ creees: 1, modifiees: 2, gardees: ['Club\u202f: Téléphone'] },
		'1 fiche avait été créée\u202f: l’annulation l’a archivée, 2 fiches avaient été modifiées\u202f: l’annulation les a remises comme avant, sauf ce qui avait changé depuis'
	],
	[{}, 'aucune fiche n’avait été créée ni modifiée']
])('once undone, an import is told in the past: %o', (made, sentence) => {
	expect(undoneSentence({ ...counts, ...made }).replaceAll('\u00a0', ' ')).toBe(sentence);
});

test('an import that would do nothing has nothing to tell', () => {
	expect(plannedSentence(counts)).toBe('');
});
