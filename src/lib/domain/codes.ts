import { languageOf, pathIn, translatedLanguages } from './language.ts';

/*
 * Printed codes: five signs read from paper and typed by hand, the last one checking the four others.
 */

/** The signs of a code: no 0, 1, I, L, O or U, which are taken for one another or for a letter of a word. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many signs a code has. */
export const codeLength = 5;

/** What a code leads to: `accueil`, a commune's home; `theme`, one of its themes. */
export const targetKinds = ['accueil', 'theme'] as const;

/** Whether this says what a code leads to: `theme`, or `theme-tr` for the same page in Turkish. */
export function isTargetKind(word: string): boolean {
	const { kind, langue } = targetKind(word);
	return (targetKinds as readonly string[]).includes(kind) && (langue === '' || isPageLanguage(langue));
}

/** Where a code leads. */
export interface CodeTarget {
	/** One of `targetKinds`, with `-` and a language where the page isn't in French; any other word leads to the commune's home. */
	kind: string;
	/** A commune's slug, or `territoire` for the common base. */
	commune: string;
	/** The theme's slug; empty for `accueil`. */
	object: string;
}

/**
 * The fifth sign of a code: ISO/IEC 7064, hybrid system MOD M+1,M (as MOD 37,36) with M = 30.
 * Any one sign mistaken for another is caught, and nearly every pair of neighbours typed in the wrong order.
 * @throws RangeError when a sign isn't in the alphabet.
 */
export function checkCharacter(four: string): string {
	const m = codeAlphabet.length;
	let product = m;
	for (const sign of four) {
		const value = codeAlphabet.indexOf(sign);
		if (value < 0) throw new RangeError(`"${sign}" is not a sign of a code`);
		product = (((product + value) % m || m) * 2) % (m + 1);
	}
	return codeAlphabet.charAt((m + 1 - product) % m);
}

/** Whether `text` is exactly a code: five capitals and digits of the alphabet, the last one right. */
export function isCode(text: string): boolean {
	return text.length === codeLength && wrongLetters(text).length === 0 && hasRightCheck(text);
}

/** The code meant by what was typed: case, spaces, hyphens and punctuation don't matter. Undefined when it can't be one. */
export function normaliseCode(typed: string): string | undefined {
	const code = signsOf(typed);
	return isCode(code) ? code : undefined;
}

/** What is wrong with a code as typed. */
export type CodeMistake =
	{ kind: 'letters'; letters: string[] } | { kind: 'length'; length: number } | { kind: 'check' };

/**
 * What to tell someone whose code doesn't work: `letters` that no code holds, each once; a wrong `length`;
 * or signs that don't go together (`check`). Undefined when the code is well formed.
 */
export function describeTypedCode(typed: string): CodeMistake | undefined {
	const code = signsOf(typed);
	const letters = wrongLetters(code);
	if (letters.length > 0) return { kind: 'letters', letters };
	if (code.length !== codeLength) return { kind: 'length', length: code.length };
	return hasRightCheck(code) ? undefined : { kind: 'check' };
}

/** The address a code leads to, root-relative: `/haut-valclair/petite-enfance`, or `/haut-valclair`. */
export function targetPath(target: CodeTarget): string {
	const { kind, langue } = targetKind(target.kind);
	const path =
		kind === 'theme' && target.object !== '' ? `/${target.commune}/${target.object}` : `/${target.commune}`;
	return pathIn(languageOf(langue).code, path);
}

/** What a target names, its language apart: '' for French. */
export function targetOf({ kind, ...target }: CodeTarget): CodeTarget & { langue: string } {
	return { ...target, ...targetKind(kind) };
}

function targetKind(word: string): { kind: string; langue: string } {
	const [kind = '', langue = ''] = word.split('-');
	return { kind, langue };
}

function isPageLanguage(langue: string): boolean {
	return translatedLanguages.some(({ code }) => code === langue);
}

function signsOf(typed: string): string {
	return typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

function wrongLetters(signs: string): string[] {
	return [...new Set(signs)].filter((sign) => !codeAlphabet.includes(sign));
}

function hasRightCheck(code: string): boolean {
	return checkCharacter(code.slice(0, -1)) === code.slice(-1);
}
