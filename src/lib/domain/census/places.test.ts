import { expect, test } from 'vitest';
import { areNear, nameKey } from './names.ts';
import { placeOf, townName } from './places.ts';

const places = [
	{ slug: 'haut-valclair', nom: 'Haut-Valclair', code_insee: '00001', code_postal: '00100' },
	{ slug: 'pont-valclair', nom: 'Le Pont-Valclair', code_insee: '00003', code_postal: '00300' },
	{ slug: 'saint-valclair', nom: 'Saint-Valclair', code_insee: '00004', code_postal: '00300' }
];

test.each([
	['Haut-Valclair', 'haut-valclair'],
	['HAUT VALCLAIR', 'haut-valclair'],
	['haut-valclair', 'haut-valclair'],
	['00001', 'haut-valclair'],
	['00100', 'haut-valclair'],
	['100', undefined],
	['Pont-Valclair', 'pont-valclair'],
	['LE PONT VALCLAIR', 'pont-valclair'],
	['St Valclair', 'saint-valclair'],
	['Mairie de Haut-Valclair', 'haut-valclair'],
	['00300 Saint-Valclair', 'saint-valclair']
])('« %s » is %s', (cell, slug) => {
	const found = placeOf(cell, places);
	expect(found && 'slug' in found ? found.slug : undefined).toBe(slug);
});

test('a postcode of several communes leaves a doubt; another town is outside; nothing says nothing', () => {
	expect(placeOf('00300', places)).toMatchObject({
		doubt: expect.stringContaining('Saint-Valclair') as string
	});
	expect(placeOf('Annecy', places)).toEqual({ outside: 'Annecy' });
	expect(placeOf('74000 Annecy', places)).toEqual({ outside: '74000 Annecy' });
	expect(placeOf('00100 Ailleurs', places)).toEqual({ outside: '00100 Ailleurs' });
	expect(placeOf('  ', places)).toBeUndefined();
});

test.each([
	['Mairie - Choisy', 'Mairie de Choisy', true],
	['Bibliothèque municipale', 'BIBLIOTHEQUE MUNICIPALE', true],
	['Mediathèque du Bourg', 'Médiatèque du Bourg', true],
	['Relais petite enfance du Valclair', 'Relais petite enfance', true],
	['École 1', 'École 2', false],
	['Crèche', 'Mairie', false],
	['', 'Mairie', false],
	['Club des aînés', 'Club de judo', false]
])('« %s » and « %s » near: %s', (a, b, near) => {
	expect(areNear(nameKey(a), nameKey(b))).toBe(near);
});

test.each([
	['HAUT VALCLAIR', 'Haut-Valclair'],
	['haut-valclair', 'Haut-Valclair'],
	['PONT-VALCLAIR', 'Le Pont-Valclair'],
	['LA BALME-DE-SILLINGY', 'La Balme-de-Sillingy'],
	['SAINT-JULIEN-EN-GENEVOIS', 'Saint-Julien-en-Genevois'],
	["L'ISLE-D'ABEAU", "L'Isle-d'Abeau"],
	['ÉVIAN-LES-BAINS', 'Évian-les-Bains'],
	['ANNECY CEDEX 9', 'Annecy Cedex 9'],
	['Villy-le-Pelloux', 'Villy-le-Pelloux'],
	['Annecy', 'Annecy'],
	['Y', 'Y'],
	['', '']
])('the town « %s » of a file is written « %s »', (cell, nom) => {
	expect(townName(cell, [{ nom: 'Haut-Valclair' }, { nom: 'Le Pont-Valclair' }])).toBe(nom);
});
