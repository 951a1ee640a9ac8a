import { expect, test } from 'vitest';
import { checkIntroduction, checkThemeWords } from './theme.ts';

const words = {
	nom: "L'enfance",
	question: 'Où jouer ?',
	accroche: 'Jouer, lire...',
	introduction: "L'été : dehors."
};

test('the words of a theme get the typography of French, unless they were there', () => {
	expect(checkThemeWords(words).output).toEqual({
		nom: 'L’enfance',
		question: 'Où jouer\u202f?',
		accroche: 'Jouer, lire…',
		introduction: 'L’été\u202f: dehors.'
	});
	expect(checkThemeWords(words, words).output).toEqual(words);
	expect(checkThemeWords({ ...words, nom: "L'âge" }, words).output).toEqual({ ...words, nom: 'L’âge' });
});

test('a commune’s introduction too', () => {
	const { introduction } = words;
	const own = { mode: 'add', introduction } as const;
	expect(checkIntroduction('add', introduction).output).toEqual({
		mode: 'add',
		introduction: 'L’été\u202f: dehors.'
	});
	expect(checkIntroduction('add', introduction, own).output).toEqual(own);
});
