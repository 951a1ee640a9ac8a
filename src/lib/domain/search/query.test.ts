import { expect, test } from 'vitest';
import {
	communeToken,
	compareScores,
	corrected,
	groupExpressions,
	type Lexicon,
	nameExpression,
	phoneDigits,
	readQuery,
	scoreOf,
	unknownWords
} from './query.ts';

const lexicon: Lexicon = {
	texts: 100,
	words: new Map([
		['creche', 20],
		['mairie', 60],
		['aere', 0],
		['garder', 5],
		['la', 100]
	]),
	stems: new Map([
		['crech', 20],
		['mair', 60],
		['accueil', 10],
		['lois', 4],
		['centr', 0],
		['gard', 5]
	]),
	synonyms: new Map([
		['centr aer', ['centr aer', 'accueil lois']],
		['accueil lois', ['centr aer', 'accueil lois']]
	]),
	communes: new Map([
		['haut valclair', 'haut-valclair'],
		['bourg valclair', 'bourg-valclair'],
		['valclair', 'valclair']
	]),
	longestExpression: 2
};

const read = (text: string, commune?: string) => readQuery(text, lexicon, commune);

test.each([
	['Où est la crèche ?', 'creche'],
	['à quelle heure ouvre la mairie', 'heure ouvre mairie'],
	['je cherche une crèche', 'creche'],
	['le centre aéré', 'centre aere'],
	['04 65 71 00 01', '0465710001'],
	['04.65.71.00.01', '0465710001'],
	['+33 4 65 71 00 01', '0465710001'],
	['39 19', '3919'],
	['appeler le 119', '119'],
	['04 65 7', '04657'],
	['74330', '74330'],
	['garder mon fils de 5 ans', 'garder fils'],
	['crèche pour un bébé de 18 mois', 'creche bebe'],
	['j’ai 16 ans', '16 ans'],
	['" * NEAR( ) : ^ - +', 'near'],
	['', ''],
	['😀', '']
])('« %s » looks for « %s »', (text, words) => {
	expect(read(text).words.join(' ')).toBe(words);
});

test('where one already is, the name of the commune says nothing more', () => {
	expect(read('crèche bourg valclair', 'bourg-valclair').words).toEqual(['creche']);
	expect(read('bourg valclair', 'bourg-valclair').words).toEqual(['bourg', 'valclair']);
	expect(read('crèche bourg valclair').words).toEqual(['creche', 'bourg', 'valclair']);
});

test('a commune named where one isn’t is told apart from the one where one is', () => {
	expect(read('crèche de Bourg-Valclair', 'haut-valclair')).toMatchObject({
		words: ['creche', 'bourg', 'valclair'],
		elsewhere: ['bourg-valclair']
	});
	expect(read('crèche à Valclair', 'haut-valclair')).toMatchObject({ elsewhere: ['valclair'] });
	expect(read('crèche de Haut-Valclair', 'haut-valclair')).toMatchObject({
		words: ['creche'],
		elsewhere: []
	});
	expect(read('crèche bourg', 'haut-valclair').elsewhere).toEqual([]);
});

test('an expression and its synonyms are one group', () => {
	const { groups } = read('centres aérés pour garder');
	expect(groups.map(({ stems, synonyms }) => [stems, ...synonyms.map((one) => one.stems)])).toEqual([
		['centr aer', 'accueil lois'],
		['gard']
	]);
});

test.each([
	['the last word may be unfinished', 'mairie creche', [undefined, 'creche']],
	['a word nobody wrote may be unfinished', 'cre mairie', ['cre', 'mairie']],
	['two letters begin too many words', 'cr', [undefined]],
	['an expression is finished', 'centre aéré', [undefined]],
	['a short number is finished', '119', [undefined]],
	['a telephone number may be unfinished', '04 65 7', ['04657']]
])('%s', (_title, text, prefixes) => {
	expect(read(text).groups.map(({ prefix }) => prefix)).toEqual(prefixes);
});

test('a rare word weighs more than a common one', () => {
	const [common, rare] = read('mairie garder').groups;
	expect(rare?.weight).toBeGreaterThan(common?.weight ?? Infinity);
});

test('at most twelve words are looked for', () => {
	const many = Array.from({ length: 40 }, (_, i) => `w${i}`).join(' ');
	expect(read(many).groups).toHaveLength(12);
});

test('what is typed is always quoted', () => {
	const hostile = 'nom:creche OR NEAR("a b", 2) AND -mairie* ^x {col}';
	for (const expression of [...groupExpressions(read(hostile)), nameExpression(read(hostile))])
		expect(expression.replace(/"[\p{L}\p{N} ]*"/gu, '""').replaceAll('{nom} : ', '')).toMatch(
			/^(\(?""( \*)?( OR ""( \*)?)*\)?( AND )?)+$/
		);
	expect(groupExpressions(read('centre aéré'))).toEqual(['("0centr 0aer" OR "0accueil 0lois")']);
	expect(nameExpression(read('creche'))).toBe('("1crech" OR {nom} : "creche" *)');
});

test('only words that nothing resembles are unknown', () => {
	expect(unknownWords(read('crèches aéré creshe mairies'), lexicon)).toEqual(['creshe']);
});

test('a mistake is mended where it stands, the rest is left as typed', () => {
	const mended = corrected("  L'École et la Creshe, svp ", new Map([['creshe', 'crèche']]));
	expect(mended).toBe("L'École et la crèche, svp");
});

test.each([
	['04 65 71 00 01', '0465710001'],
	['3919', '3919'],
	['116 006', '116006'],
	['0 800 235 236', '0800235236'],
	['+41 22 919 17 17', '41229191717'],
	['12345', undefined]
])('the number %s is indexed as %s', (phone, digits) => {
	expect(phoneDigits(phone)).toBe(digits);
});

test('a commune is found by one word, whatever its name', () => {
	expect(communeToken('la-balme-de-sillingy')).toBe('3la0balme0de0sillingy');
});

const everything = () => true;
/** That each of these entries answers `query` better than the next one. */
function expectOrder(query: string, entries: string[]) {
	const scores = entries.map((mots) => scoreOf(mots, read(query), everything));
	for (const [i, score] of scores.slice(1).entries())
		expect(compareScores(scores[i] ?? score, score), entries[i + 1]).toBeLessThan(0);
}

test('the name itself, a name that begins so, the name, the words it is known by, the text: in this order', () => {
	expectOrder('crèche', [
		' 1crech 2bebe 4creche ',
		' 1crech 1bourg 2bebe 4creche 4bourg ',
		' 1petit 1crech 2bebe 4petite 4creche ',
		' 1bourg 2crech 4bourg ',
		' 1bourg 2bebe 4bourg '
	]);
});

test('a whole word of the name comes before the same stem, and before a name that only begins with these letters', () => {
	expectOrder('garder', [
		' 1bien 1gard 4bien 4garder ',
		' 1bien 1gard 4bien 4garderie ',
		' 1garderi 4garderi '
	]);
	expectOrder('cre', [' 1point 1cre 4point 4cre ', ' 1crech 4creche ']);
});

test('a synonym in the name counts less than the word itself among those it is known by', () => {
	expectOrder('centre aéré', [' 1bourg 2centr 2aer ', ' 1mon 1accueil 1lois ', ' 1bourg 2accueil 2lois ']);
});

test('an entry with more of the words comes before one with fewer', () => {
	const query = read('crèche mairie garder');
	const two = scoreOf(' 1bourg ', query, (group) => group < 2);
	const one = scoreOf(' 1bourg ', query, (group) => group < 1);
	expect(compareScores(two, one)).toBeLessThan(0);
});
