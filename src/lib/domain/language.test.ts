import { afterEach, expect, test } from 'vitest';
import { baseLocale, type Locale, locales } from '#lib/paraglide/runtime.js';
import { inFrench, languageOf, languages, pathIn, readsFrench, speakAs } from './language.ts';
import { weekdayName } from './dates.ts';
import { isCommuneSlug } from './reserved.ts';

const speak = (locale: Locale) => {
	speakAs(() => locale);
};
afterEach(() => {
	speak(baseLocale);
});

test('each language that has words is offered, by the name it gives itself, and no commune has its address', () => {
	expect(languages.map(({ code }) => code).sort()).toEqual([...locales].sort());
	for (const { code } of languages) if (code !== baseLocale) expect(isCommuneSlug(code)).toBe(false);
});

test('beside the reader’s words, the same are said in French', () => {
	speak('tr');
	expect(weekdayName(1)).toBe('Pazartesi');
	expect(inFrench(() => weekdayName(1))).toBe('lundi');
	expect(() =>
		inFrench(() => {
			throw new Error('no words');
		})
	).toThrow();
	expect(weekdayName(1)).toBe('Pazartesi');
});

test('the simplified version is French: nothing in it is told twice', () => {
	speak('facile');
	expect(readsFrench()).toBe(true);
	expect(languageOf('facile').lang).toBe('fr');
	expect(weekdayName(1)).toBe('lundi');
	speak('ar');
	expect(readsFrench()).toBe(false);
	expect(languageOf('ar').dir).toBe('rtl');
});

test.each([
	['en', '/', '/en'],
	['fr', '/en', '/'],
	['fr', '/en/haut-valclair/petite-enfance', '/haut-valclair/petite-enfance'],
	['ar', '/haut-valclair', '/ar/haut-valclair'],
	['ar', '/facile/haut-valclair/moments/garder-mon-bebe', '/ar/haut-valclair/moments/garder-mon-bebe'],
	['tr', '/tr/territoire', '/tr/territoire']
] as const)('in %s, %s is read at %s', (code, pathname, expected) => {
	expect(pathIn(code, pathname)).toBe(expected);
});
