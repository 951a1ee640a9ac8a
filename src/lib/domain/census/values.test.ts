import { expect, test } from 'vitest';
import { ageCell, readAges, readCode, readDay, readPhone, readPostcode, splitAddress } from './values.ts';

test.each([
	['465710001', '04 65 71 00 01'],
	['465710001.0', '04 65 71 00 01'],
	['0465710001', '04 65 71 00 01'],
	['+33465710001', '04 65 71 00 01'],
	['33465710001', '04 65 71 00 01'],
	['0033 4 65 71 00 01', '04 65 71 00 01'],
	['+33 (0)4 65 71 00 01', '04 65 71 00 01'],
	['04.65.71.00.01', '04 65 71 00 01'],
	['04-65-71-00-01', '04 65 71 00 01'],
	['Tél : 04 65 71 00 01', '04 65 71 00 01'],
	['3939', '3939'],
	['0 800 235 236', '0 800 235 236'],
	['+41 22 345 67 89', '+41 22 345 67 89']
])('« %s » is the number %s', (cell, phone) => {
	expect(readPhone(cell)).toEqual({ phone, others: [] });
});

test('of several numbers in a cell the first is kept, the others are told', () => {
	expect(readPhone('04 65 71 00 01 / 04 65 71 00 02')).toEqual({
		phone: '04 65 71 00 01',
		others: ['04 65 71 00 02']
	});
	expect(readPhone('0465710001 ou 0465710002')?.others).toEqual(['0465710002']);
	expect(readPhone('04 65 71 00 01 (matin), 04 65 71 00 02')?.phone).toBe('04 65 71 00 02');
});

test.each(['4,65E+08', '04 65 71', 'voir le site', '', '12345'])('« %s » is no number', (cell) => {
	expect(readPhone(cell)).toBeUndefined();
});

test.each([
	['3-6 ans', 36, 83],
	['3 – 6 ans', 36, 83],
	['de 3 à 11 ans', 36, 143],
	['De 3 mois à 4 ans', 3, 59],
	['10 semaines à 3 ans', 2, 47],
	['dès 18 mois', 18, null],
	['à partir de 16 ans', 192, null],
	['60 ans et plus', 720, null],
	['+ de 60 ans', 720, null],
	['jusqu’à 12 ans', null, 155],
	['moins de 6 ans', null, 71],
	['0-3 ans', 0, 47],
	['3 ans', 36, null],
	['Tout public', null, null]
])('« %s » is from %s to %s months', (cell, min, max) => {
	expect(readAges(cell)).toEqual({ min, max });
});

test('an age alone ends there in the column of ends; one that makes no sense isn’t read', () => {
	expect(readAges('6 ans', 'max')).toEqual({ min: null, max: 83 });
	for (const cell of ['6 à 3 ans', 'tout petit', '12/2026', '3', '2026-06-03'])
		expect(readAges(cell)).toBeUndefined();
});

test('every age in months is read back as it was written', () => {
	for (let months = 0; months <= 1500; months++) {
		expect(readAges(ageCell(months, 'min'), 'min')?.min).toBe(months);
		expect(readAges(ageCell(months, 'max'), 'max')?.max).toBe(months);
	}
});

test.each([
	['13 route de Choisy, 74330 La Balme-de-Sillingy', '13 route de Choisy', '74330', 'La Balme-de-Sillingy'],
	[
		'Saint-Symphorien, 36 chemin du Champ, 74350 Andilly',
		'Saint-Symphorien, 36 chemin du Champ',
		'74350',
		'Andilly'
	],
	['1 place de la Source 00100 HAUT-VALCLAIR CEDEX 2', '1 place de la Source', '00100', 'HAUT-VALCLAIR'],
	['00100 Haut-Valclair', null, '00100', 'Haut-Valclair']
])('« %s » is split', (cell, adresse, code_postal, ville) => {
	expect(splitAddress(cell)).toEqual({ adresse, code_postal, ville });
});

test('an address without its town is left whole', () => {
	for (const cell of ['13 route de Choisy', 'BP 12345', '74330']) expect(splitAddress(cell)).toBeUndefined();
});

test('a postcode gets the one zero that spreadsheets eat, and nothing else is guessed', () => {
	expect(readPostcode('1000')).toBe('01000');
	expect(readPostcode('1000.0')).toBe('01000');
	expect(readPostcode('74 330')).toBe('74330');
	for (const cell of ['0020', '100', '743300', 'Annecy']) expect(readPostcode(cell)).toBeUndefined();
});

test('codes get the zero that spreadsheets eat; days are read as people and spreadsheets write them', () => {
	expect(readCode('1000')).toBe('01000');
	expect(readCode('100')).toBe('00100');
	expect(readCode('74 330')).toBe('74330');
	expect(readCode('2a004')).toBe('2A004');
	expect(readCode('Annecy')).toBeUndefined();
	expect(readDay('3/11/2026')).toBe('2026-11-03');
	expect(readDay('2026-11-03T10:00:00Z')).toBe('2026-11-03');
	expect(readDay('46329')).toBe('2026-11-03');
	for (const cell of ['31/02/2026', 'hier', '2026-13-01', '99999999']) expect(readDay(cell)).toBeUndefined();
});
