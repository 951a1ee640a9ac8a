import { expect, test } from 'vitest';
import { callOf, formatPhone, normalisePhone, numbersIn, phoneLink } from './phone.ts';

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

test.each([
	'04 65 71 00 01',
	'+33465710001',
	'+33 4 65 71 00 01',
	'0033465710001',
	'0465710001',
	'04.65.71.00.01'
])('the number kept as %s is read in pairs that never break, and dialled the same', (kept) => {
	expect(formatPhone(kept)).toBe('04\u202f65\u202f71\u202f00\u202f01');
	expect(phoneLink(kept)).toBe('tel:+33465710001');
});

test('a number from elsewhere, a short one, and what is no number keep their own form', () => {
	expect(formatPhone('+41 22 919 17 17')).toBe('+41\u202f22\u202f919\u202f17\u202f17');
	expect(['15', '3939', '116 006', 'poste 12'].map(formatPhone)).toEqual([
		'15',
		'3939',
		'116\u202f006',
		'poste\u202f12'
	]);
});

test('a number reached by text message is read in pairs and written to without spaces', () => {
	expect(callOf({ telephone: null, sms: '+33 4 65 71 00 01' })).toEqual({
		lien: 'sms:+33465710001',
		texte: '04\u202f65\u202f71\u202f00\u202f01',
		sms: true
	});
});

test.each([
	['Appelez le 04 65 71 00 20 ou le 04.65.71.00.21.', ['04 65 71 00 20', '04.65.71.00.21']],
	['Faites le 3919, le 39 19, le 15 ou le 116 117.', ['3919', '39 19', '116 117', '15']],
	['Avant ses 15 ans, dans les 5 jours, pour 3000 € : le 15 mars 2026, à 17 h 30.', []],
	['Le dossier a 18 pages, et coûte 3,15 euros.', []]
])('the numbers of a text: %s', (text, numbers) => {
	expect(numbersIn(text)).toEqual(numbers);
});
