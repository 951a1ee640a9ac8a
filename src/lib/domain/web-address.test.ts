import { expect, test } from 'vitest';
import { readWebAddress } from './web-address.ts';

test('a web address gets its scheme, and what isn’t one is refused', () => {
	expect(readWebAddress('www.exemple.fr')).toBe('https://www.exemple.fr');
	expect(readWebAddress('http://exemple.fr/a?b=c')).toBe('http://exemple.fr/a?b=c');
	for (const cell of ['néant', 'javascript:alert(1)', 'ftp://exemple.fr', 'a b', 'https://'])
		expect(readWebAddress(cell)).toBeUndefined();
});
