import { expect, test } from 'vitest';
import { mergeVariants, type Variant } from './variants.ts';

const base = {
	nom: 'Cantine',
	telephone: null as string | null,
	description: 'Repas de midi.',
	publics: ['enfants']
};

test.each<[string, Variant[], Partial<typeof base>]>([
	['without a variant the base is read as it is', [], {}],
	[
		'a commune replaces a phone',
		[{ field: 'telephone', mode: 'replace', value: '04 65 71 00 01' }],
		{ telephone: '04 65 71 00 01' }
	],
	[
		'a commune adds a paragraph',
		[{ field: 'description', mode: 'add', value: 'Menu affiché.' }],
		{ description: 'Repas de midi.\n\nMenu affiché.' }
	],
	[
		'adding to an empty field fills it',
		[{ field: 'telephone', mode: 'add', value: '04 65 71 00 01' }],
		{ telephone: '04 65 71 00 01' }
	],
	[
		'adding terms never repeats one',
		[{ field: 'publics', mode: 'add', value: ['enfants', 'familles'] }],
		{ publics: ['enfants', 'familles'] }
	],
	[
		'a commune may empty a field',
		[{ field: 'description', mode: 'replace', value: '' }],
		{ description: '' }
	],
	['a field unknown to this version is ignored', [{ field: 'couleur', mode: 'replace', value: 'bleu' }], {}]
])('%s', (_title, variants, expected) => {
	expect(mergeVariants(base, variants)).toEqual({ ...base, ...expected });
});

test('merging leaves the base untouched', () => {
	mergeVariants(base, [{ field: 'publics', mode: 'add', value: ['familles'] }]);
	expect(base.publics).toEqual(['enfants']);
});
