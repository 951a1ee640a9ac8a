import type { Weekday } from '../../dates.ts';
import { fold } from './text.ts';
import { dayOf, WORDS, type Meaning } from './words.ts';

/** A place in the text, its end not included. */
export interface Place {
	from: number;
	to: number;
}

/** A word or sign of the text: what it means, a word that means nothing here, or what stands in parentheses. */
export type Token = Place & (Meaning | { kind: 'word' } | { kind: 'note'; tokens: Token[] });

const BLANK = /[ \t\f\v]+/y;
const UNKNOWN = /[^\s,;:()/|•!\][]+?(?=\.*(?:[\s,;:()/|•!\][-]|$))|[^\s]/y;
const LETTER = '(?:Ma|Me|[LMJVSD])';
const LETTERS = new RegExp(
	`(?<![\\p{L}\\p{N}'’])${LETTER}(?:(?: ?[-–/,] ?| au | à | et | )?${LETTER})+(?![\\p{L}\\p{N}'’.])`,
	'uy'
);

/** `text` (composed, `NFC`) as its words and signs, in order. What is open in parentheses at the end ends there. */
export function tokensOf(text: string): Token[] {
	const folded = fold(text);
	const open: { tokens: Token[]; from: number }[] = [];
	let tokens: Token[] = [];
	let at = 0;
	while (at < folded.length) {
		const sign = folded.charAt(at);
		if (sign === '(' || sign === '[') {
			open.push({ tokens, from: at + 1 });
			tokens = [];
			at += 1;
		} else if ((sign === ')' || sign === ']') && open.length > 0) {
			const outside = open.pop();
			outside?.tokens.push({ kind: 'note', from: outside.from, to: at, tokens });
			tokens = outside?.tokens ?? tokens;
			at += 1;
		} else {
			const found = tokensAt(text, folded, at);
			tokens.push(...found.tokens);
			at = found.to;
		}
	}
	for (const outside of open.reverse()) {
		outside.tokens.push({ kind: 'note', from: outside.from, to: folded.length, tokens });
		tokens = outside.tokens;
	}
	return tokens;
}

function tokensAt(text: string, folded: string, at: number): { tokens: Token[]; to: number } {
	const blank = matchAt(BLANK, folded, at);
	if (blank) return { tokens: [], to: at + blank[0].length };
	const letters = matchAt(LETTERS, text, at);
	if (letters) return { tokens: lettersOf(letters[0], at), to: at + letters[0].length };
	for (const { pattern, means } of WORDS) {
		const found = matchAt(pattern, folded, at);
		if (!found) continue;
		const place = { from: at, to: at + found[0].length };
		return { tokens: [{ ...means(found), ...place }], to: place.to };
	}
	const [unknown = ''] = matchAt(UNKNOWN, folded, at) ?? [folded.charAt(at)];
	const to = at + Math.max(1, unknown.length);
	return { tokens: [{ kind: 'word', from: at, to }], to };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/** « L-V », « LMJV », « Ma/Je »: days by their first letters. */
function lettersOf(letters: string, at: number): Token[] {
	const tokens: Token[] = [];
	let before = 0;
	for (const { 0: item, index } of letters.matchAll(/Ma|Me|[LMJVSD]|[-–]|au|à/g)) {
		const place = { from: at + index, to: at + index + item.length };
		if (!/^[A-Z]/.test(item)) {
			tokens.push({ kind: 'dash', ...place });
			continue;
		}
		const day: Weekday = item === 'M' ? (before >= 2 ? 3 : 2) : dayOf(fold(nameOf(item)));
		before = day;
		const assumes = `« ${letters} » : M est lu ${day === 2 ? 'mardi' : 'mercredi'}`;
		tokens.push({ kind: 'day', day, ...(item === 'M' && { assumes }), ...place });
	}
	return tokens;
}

function nameOf(letter: string): string {
	const names: Record<string, string> = { L: 'lundi', J: 'jeudi', V: 'vendredi', S: 'samedi', D: 'dimanche' };
	return names[letter] ?? letter;
}
