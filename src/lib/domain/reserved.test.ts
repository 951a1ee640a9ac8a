import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isCommuneSlug, isSlug, isThemeSlug, reservedInCommune, reservedWords } from './reserved.ts';

/** The words that the folders of src/routes put at this place of an address. */
function routeWords(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => {
			if (name.startsWith('(') || name.startsWith('[[')) return routeWords(`${folder}/${name}`);
			return name.startsWith('[') ? [] : [name.replace(/\..*$/, '')];
		});
}

test('no commune can take the place of a page of the site', () => {
	const words = routeWords('src/routes');
	expect(words).toContain('accessibilite');
	for (const word of words) expect(reservedWords as readonly string[], word).toContain(word);
	for (const word of reservedWords) expect(isCommuneSlug(word), word).toBe(false);
});

test('no theme can take the place of a page of its commune', () => {
	const words = routeWords('src/routes/(resident)/[[langue=langue]]/[commune=commune]');
	expect(words).toContain('services');
	// The agenda is the page of the theme that bears its name.
	const pages = words.filter((word) => word !== 'agenda');
	expect(isThemeSlug('agenda')).toBe(true);
	for (const word of pages) expect(reservedInCommune as readonly string[], word).toContain(word);
	for (const word of reservedInCommune) expect(isThemeSlug(word), word).toBe(false);
});

test.each([
	['sillingy', true],
	['la-balme-de-sillingy', true],
	['Sillingy', false],
	['mésigny', false],
	['-sillingy', false],
	['a--b', false],
	['', false],
	['a'.repeat(61), false]
])('« %s » may stand in an address: %s', (slug, answer) => {
	expect(isSlug(slug)).toBe(answer);
});
