import { expect, test } from 'vitest';
import { agePhrase } from './ages.ts';

const plain = (words: string | undefined) => words?.replaceAll('\u202f', ' ');

test.each<[number | null, number | null, string | undefined]>([
	[null, null, undefined],
	[0, null, undefined],
	[2, 48, 'De 2 mois à 4 ans'],
	[0, 72, 'Jusqu’à 6 ans'],
	[null, 252, 'Jusqu’à 21 ans'],
	[192, null, 'À partir de 16 ans'],
	[12, 23, 'De 1 an à 23 mois'],
	[18, 36, 'De 18 mois à 3 ans'],
	[120, 192, 'De 10 à 16 ans'],
	[12, 36, 'De 1 à 3 ans']
])('an age from %j to %j months is said « %s »', (min, max, words) => {
	expect(plain(agePhrase(min, max))).toBe(words);
});
