import { expect, test } from 'vitest';
import {
	closestWord,
	contentWords,
	editDistance,
	isQuestioning,
	stem,
	without,
	withoutAges,
	wordsOf
} from './words.ts';

test.each([
	['L’école, à 8 h 30', 'l ecole a 8 h 30'],
	["qu'est-ce que c'est ?", 'qu est ce que c est'],
	['CRÈCHE', 'creche'],
	['Œuvres et cœur', 'oeuvres et coeur'],
	['e\u0301cole', 'ecole'],
	['ﬁche', 'fiche'],
	['« 119 »', '119'],
	['baby-sitter', 'baby sitter'],
	['حَضانة الأطفال', 'حضانه الاطفال'],
	['', '']
])('« %s » is read as the words « %s »', (text, words) => {
	expect(wordsOf(text).join(' ')).toBe(words);
});

test('signs, pictures and control characters are no words', () => {
	expect(wordsOf('😀\0"*')).toEqual([]);
});

test.each([
	'crèche crèches',
	'école écoles',
	'nounou nounous',
	'garder garde gardes gardée gardées gardé',
	'aide aides aider aidé',
	'assistante assistantes assistant assistants',
	'maternelle maternelles maternel',
	'loisir loisirs',
	'jeu jeux',
	'lieu lieux',
	'eau eaux',
	'réseau réseaux',
	'animal animaux',
	'rue rues',
	'clé clés',
	'bébé bébés',
	'âgé âgée âgées',
	'année années',
	'activité activités',
	'médecin médecins',
	'retraite retraité retraitées',
	'119'
])('« %s » are one word to the search, with or without accents', (forms) => {
	expect(new Set(wordsOf(forms).map(stem)).size).toBe(1);
});

test.each([
	'papiers papi',
	'fils fil',
	'café caf',
	'cours cour',
	'mairie marie',
	'copie cop',
	'enfant enfance',
	'bus but',
	'déchetterie déchèterie'
])('« %s » stay two words', (forms) => {
	expect(new Set(wordsOf(forms).map(stem)).size).toBe(2);
});

test.each([
	['Où est-ce que je peux faire garder mon bébé le mercredi ?', 'peux faire garder bebe mercredi'],
	['le la les', 'le la les'],
	['Maison pour tous', 'maison tous'],
	['', '']
])('« %s » keeps the words that mean something: « %s »', (text, kept) => {
	expect(contentWords(wordsOf(text)).join(' ')).toBe(kept);
});

test('words of the question give way to what is looked for, unless they are all there is', () => {
	expect(without(['chercher', 'creche'], isQuestioning)).toEqual(['creche']);
	expect(without(['comment', 'faire'], isQuestioning)).toEqual(['comment', 'faire']);
});

test.each([
	['garder mon fils de 5 ans', 'garder mon fils de'],
	['un bébé de 18 mois', 'un bebe de'],
	['les 3 premiers mois', 'les 3 premiers mois'],
	['à 16 ans', 'a 16 ans']
])('« %s » is looked for without the age: « %s »', (text, kept) => {
	expect(withoutAges(wordsOf(text)).join(' ')).toBe(kept);
});

test.each([
	['creche', 'creche', 0],
	['creshe', 'creche', 1],
	['crche', 'creche', 1],
	['crecche', 'creche', 1],
	['rceche', 'creche', 1],
	['farmacie', 'pharmacie', 2],
	['asistente', 'assistante', 2],
	['', 'ab', 2],
	['abcdef', 'uvwxyz', 4],
	['a', 'abcdefgh', 4]
])('from « %s » to « %s » there are %i slips (4 stands for more than 3)', (a, b, distance) => {
	expect(editDistance(a, b, 3)).toBe(distance);
	expect(editDistance(b, a, 3)).toBe(distance);
});

const vocabulary = new Map(
	Object.entries({
		creche: 40,
		crepe: 1,
		breche: 1,
		pharmacie: 3,
		periscolaire: 8,
		mairie: 30,
		maire: 5,
		scolarite: 4,
		orthophoniste: 2,
		nounou: 9,
		assistante: 7,
		ecole: 12
	})
);

test.each([
	['creshe', 'creche'],
	['kreche', 'creche'],
	['crehce', 'creche'],
	['farmacie', 'pharmacie'],
	['perisolaire', 'periscolaire'],
	['periscolere', 'periscolaire'],
	['orthofoniste', 'orthophoniste'],
	['mairi', undefined],
	['mairrie', 'mairie'],
	['assisstante', 'assistante'],
	['ecolle', 'ecole'],
	['scolariser', undefined],
	['nunu', undefined],
	['ecol', undefined],
	['tracteur', undefined],
	['a'.repeat(200), undefined]
])('whoever types « %s » meant « %s »', (typed, meant) => {
	expect(closestWord(typed, vocabulary)).toBe(meant);
});

test('among words as near as each other, the first letter then the number of entries decide', () => {
	const near = new Map([
		['tante', 50],
		['bante', 2],
		['banti', 9]
	]);
	expect(closestWord('bantu', near)).toBe('banti');
	expect(closestWord('vante', near)).toBe('tante');
});
