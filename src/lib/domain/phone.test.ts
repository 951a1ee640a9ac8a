import { expect, test } from 'vitest';
import { formatPhone, normalisePhone, phoneLink } from './phone.ts';

test.each([
	['15', '15', 'tel:15'],
	['119', '119', 'tel:119'],
	['39 39', '3939', 'tel:3939'],
	['116006', '116 006', 'tel:116006'],
	['0800235236', '0 800 235 236', 'tel:+33800235236'],
	['0465710001', '04 65 71 00 01', 'tel:+33465710001'],
	['04.65.71.00.01', '04 65 71 00 01', 'tel:+33465710001'],
	['+33 4 65 71 00 01', '04 65 71 00 01', 'tel:+33465710001'],
	['+41 22 919 17 17', '+41 22 919 17 17', 'tel:+41229191717']
])('the number %s is kept as %s and dialled %s', (typed, kept, link) => {
	expect(normalisePhone(typed)).toBe(kept);
	expect(phoneLink(kept)).toBe(link);
});

test.each(['', 'bonjour', '12345', '04 65 71', '9'])('« %s » is not a telephone number', (typed) => {
	expect(normalisePhone(typed)).toBeUndefined();
});

test('a number is read in pairs that never break', () => {
	expect(formatPhone('04 65 71 00 01')).toBe('04\u202f65\u202f71\u202f00\u202f01');
});
