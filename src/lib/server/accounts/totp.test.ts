import { expect, test } from 'vitest';
import { isWholeCode } from './totp.ts';

test.each([
	['123456', true],
	['123 456', true],
	['12345', false],
	['1234567', false],
	['12345a', false],
	['', false]
])('« %s » is a whole code: %s', (typed, isWhole) => {
	expect(isWholeCode(typed)).toBe(isWhole);
});
