import { expect, test } from 'vitest';
import {
	checkCharacter,
	codeAlphabet,
	describeTypedCode,
	isCode,
	normaliseCode,
	targetPath
} from './codes.ts';

const signs = codeAlphabet.match(/./g) ?? [];

/** Every 97th of the 810 000 codes: 97 is prime to 30, so each sign comes in each place. */
const sample: string[] = [];
for (let n = 0; n < signs.length ** 4; n += 97) {
	let four = '';
	for (let rest = n; four.length < 4; rest = Math.floor(rest / signs.length))
		four += codeAlphabet.charAt(rest % signs.length);
	sample.push(four + checkCharacter(four));
}

test('a code is made of thirty signs that can’t be taken for one another', () => {
	expect(signs).toHaveLength(30);
	expect(codeAlphabet).not.toMatch(/[01ILOU]/);
	expect(sample.filter((code) => !isCode(code))).toEqual([]);
});

test.each([
	['2222', 'J'],
	['ABCD', 'H'],
	['ZZZZ', 'H'],
	['7K3M', 'Q']
])('the check character of %s is always %s: paper already printed depends on it', (four, check) => {
	expect(checkCharacter(four)).toBe(check);
});

test('one sign typed wrong is always noticed', () => {
	const missed: string[] = [];
	for (const code of sample)
		for (let place = 0; place < code.length; place++)
			for (const sign of signs) {
				const wrong = code.slice(0, place) + sign + code.slice(place + 1);
				if (wrong !== code && isCode(wrong)) missed.push(`${code} → ${wrong}`);
			}
	expect(missed).toEqual([]);
});

test('two neighbours typed in the wrong order are noticed 99.7 times in 100', () => {
	let swaps = 0;
	let missed = 0;
	for (const code of sample)
		for (let place = 0; place + 1 < code.length; place++) {
			const [a, b] = [code.charAt(place), code.charAt(place + 1)];
			if (a === b) continue;
			swaps += 1;
			if (isCode(code.slice(0, place) + b + a + code.slice(place + 2))) missed += 1;
		}
	expect(1 - missed / swaps).toBeGreaterThan(0.997);
});

test.each([
	'7K3MQ',
	'7k3mq',
	' 7K3 MQ ',
	'7K3-MQ',
	'7K3MQ.',
	'7K3MQ !',
	'«7K3MQ»',
	'7k3‑mq',
	'７K3MQ',
	'7.K.3.M.Q'
])('the code typed « %s » is understood', (typed) => {
	expect(normaliseCode(typed)).toBe('7K3MQ');
	expect(describeTypedCode(typed)).toBeUndefined();
});

test.each([
	['', { kind: 'length', length: 0 }],
	['7K3M', { kind: 'length', length: 4 }],
	['7K3MQQ', { kind: 'length', length: 6 }],
	['7K3M5', { kind: 'check' }],
	['K73MQ', { kind: 'check' }],
	['7K3MO', { kind: 'letters', letters: ['O'] }],
	['1l0ou', { kind: 'letters', letters: ['1', 'L', '0', 'O', 'U'] }],
	['00000', { kind: 'letters', letters: ['0'] }],
	['7K3ÉQ', { kind: 'letters', letters: ['É'] }],
	['رمز', { kind: 'letters', letters: ['ر', 'م', 'ز'] }],
	['😀', { kind: 'length', length: 0 }]
])('the code typed « %s » is refused, and the page says why', (typed, mistake) => {
	expect(normaliseCode(typed)).toBeUndefined();
	expect(describeTypedCode(typed)).toEqual(mistake);
});

test('an endless text typed as a code is refused like any other', () => {
	expect(normaliseCode('A'.repeat(100_000))).toBeUndefined();
});

test.each([
	[{ kind: 'theme', commune: 'sillingy', object: 'petite-enfance' }, '/sillingy/petite-enfance'],
	[{ kind: 'accueil', commune: 'sillingy', object: '' }, '/sillingy'],
	[{ kind: 'theme', commune: 'territoire', object: 'agenda' }, '/territoire/agenda'],
	[{ kind: 'inconnu', commune: 'choisy', object: 'x' }, '/choisy']
])('the target %j is read at %s', (target, path) => {
	expect(targetPath(target)).toBe(path);
});
