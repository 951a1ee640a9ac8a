import { expect, test } from 'vitest';
import { dice } from '../../../tests/dice.ts';
import { capitalised, tidyFrench, tidyTyped, titleSize } from './typography.ts';

test('a name that begins a sentence takes a capital letter', () => {
	expect(capitalised('la Communauté de communes du Valclair')).toBe('La Communauté de communes du Valclair');
	expect(capitalised('élan')).toBe('Élan');
	expect(capitalised('')).toBe('');
});

test.each([
	['Qui peut garder mon bébé ?', ''],
	['Bienvenue à Bourg-sous-la-Montagne', ''],
	['Les 3 crèches intercommunales', 'long'],
	['Déclaration d’accessibilité', 'long'],
	['Anticonstitutionnellement vôtre', 'longest'],
	['', '']
])('the title « %s » is written at the size its longest word asks for', (title, size) => {
	expect(titleSize(title)).toBe(size);
});

test.each([
	['Dites "bonjour" : merci !', 'Dites «\u202fbonjour\u202f»\u202f: merci\u202f!'],
	['" bonjour "', '«\u202fbonjour\u202f»'],
	['C\'est "l\'école" ?', 'C’est «\u202fl’école\u202f»\u202f?'],
	['l\'"école"', 'l’«\u202fécole\u202f»'],
	['"un" et "deux"', '«\u202fun\u202f» et «\u202fdeux\u202f»'],
	['« déjà bon »', '«\u202fdéjà bon\u202f»'],
	['«\u00a0déjà\u00a0»', '«\u202fdéjà\u202f»'],
	['«collé»', '«\u202fcollé\u202f»'],
	['Attention!', 'Attention\u202f!'],
	['Vraiment ?!', 'Vraiment\u202f?!'],
	['Oui!!!', 'Oui\u202f!!!'],
	['!!!', '!!!'],
	['(Attention!)', '(Attention\u202f!)'],
	['Ouvert: lundi; mardi', 'Ouvert\u202f: lundi\u202f; mardi'],
	['Suite...', 'Suite…'],
	['Quoi ?...', 'Quoi\u202f?…'],
	['deux  espaces \t ici', 'deux espaces ici'],
	['fin  :', 'fin\u202f:'],
	["l'", 'l’'],
	["Aujourd''hui", 'Aujourd’hui'],
	["''entre'' deux", '«\u202fentre\u202f» deux'],
	['10 h : 30', '10 h\u202f: 30'],
	['Bravo 😀 !', 'Bravo 😀\u202f!'],
	['voir http://www.exemple.fr:80/?a=b;c ; puis', 'voir http://www.exemple.fr:80/?a=b;c\u202f; puis'],
	['"http://www.exemple.fr"', '«\u202fhttp://www.exemple.fr\u202f»'],
	['Mail:accueil@exemple.fr', 'Mail:accueil@exemple.fr']
])('« %s » is written « %s »', (typed, tidied) => {
	expect(tidyFrench(typed)).toBe(tidied);
});

test.each([
	['8:30'],
	['un écran de 24" plat'],
	["5' de marche, 45'"],
	['n° 3'],
	['10 000 €'],
	['10\u202f000\u00a0€'],
	["https://exemple.fr/l'agenda?q=a!"],
	['www.exemple.fr/a...b'],
	['a.b@exemple.fr'],
	['un\n\ndeux'],
	['RPE:04 65 71 00 01'],
	['une seule " au milieu'],
	['un signe \ue000 d’usage privé, https://exemple.fr'],
	['“ceci” dans «\u202fcela\u202f»'],
	['(?)'],
	['']
])('« %s » stays as it is', (text) => {
	expect(tidyFrench(text)).toBe(text);
});

test('tidying twice is tidying once, whatever is typed', () => {
	const draw = dice(20_261_130);
	const pieces = [
		...[
			' ',
			'  ',
			'\n',
			'\u00a0',
			'\u202f',
			'\t',
			'"',
			"'",
			"''",
			'«',
			'»',
			'’',
			'“',
			':',
			';',
			'?',
			'!',
			'...',
			'…',
			'.'
		],
		...[
			'(',
			')',
			'a',
			'École',
			'8',
			'8:30',
			'10 h',
			'http://a.fr/?b',
			'www.a.fr',
			'a@b.fr',
			'😀',
			'\ue000',
			'€',
			'-',
			','
		]
	];
	for (let i = 0; i < 20_000; i++) {
		const text = Array.from({ length: 12 }, () => draw(pieces)).join('');
		const once = tidyFrench(text);
		expect(tidyFrench(once), JSON.stringify(text)).toBe(once);
		expect(once.replace(/[\s'"’«»….]/g, '')).toBe(text.replace(/[\s'"’«»….]/g, ''));
	}
});

test('a line that was there stays to the letter; the others are tidied', () => {
	const stored = 'L\'accueil "du matin" !\nLe soir.';
	expect(tidyTyped(stored, stored)).toBe(stored);
	expect(tidyTyped(`${stored}\nL'été ?`, stored)).toBe(`${stored}\nL’été\u202f?`);
});

test('a line that differs by its typography alone stays as it was, unless it was put right by hand', () => {
	expect(tidyTyped("L'été  : fermé", 'L’été\u202f: fermé')).toBe('L’été\u202f: fermé');
	expect(tidyTyped("L'été  : fermé", "L'été : fermé")).toBe("L'été : fermé");
	expect(tidyTyped('L’été\u202f: fermé', "L'été : fermé")).toBe('L’été\u202f: fermé');
});

test('a text longer than any field is left as it is: it is refused elsewhere, and keeps nobody waiting', () => {
	const endless = '.'.repeat(1_000_000);
	expect(tidyFrench(endless)).toBe(endless);
	const lines = '"a"\n'.repeat(200_000);
	expect(tidyTyped(lines, lines.slice(0, 4000))).toBe(lines);
});
