import { m } from '#lib/paraglide/messages.js';
import { readerLanguage } from './language.ts';

/** A text at the beginning of a sentence: « la Communauté de communes » is « La Communauté de communes ». */
export function capitalised(text: string): string {
	return text.charAt(0).toLocaleUpperCase(readerLanguage().lang) + text.slice(1);
}

/** From how many letters on, a word of a title may be wider than a small telephone at the usual size. */
const longWord = 12;
const longestWord = 17;

/**
 * How small a title must be written for none of its words to be cut at 320 px: '' for the usual size, 'long' or
 * 'longest'. Words are what spaces and hyphens part.
 */
export function titleSize(title: string): '' | 'long' | 'longest' {
	const letters = Math.max(...title.split(/[\s-]+/).map((word) => word.length));
	if (letters >= longestWord) return 'longest';
	return letters >= longWord ? 'long' : '';
}

/** A whole number as French people read it: « 2 000 ». */
function numberWords(n: number): string {
	return n.toLocaleString('fr-FR');
}

/** How long a text may be, as a field says it; `each` is what of it. */
export function atMost(max: number, each: '' | 'par ligne' = ''): string {
	return `${numberWords(max)} caractères au plus${each && ` ${each}`}.`;
}

/** What is said of a text longer than its field holds. */
export function tooLong(length: number, max: number): string {
	return m.erreur_trop_long({ max: numberWords(max), n: numberWords(length) });
}

/** What no sign of punctuation is moved in: an address, a mail address, a time, a score. */
const untouched = /(?:https?:\/\/|www\.)[^\s"«»]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+|\d+:\d+|\ue000/giu;

/** Where something untouched stood, while the rest is tidied. A sign of private use: no keyboard has it. */
const stand = '\ue000';

/** No field holds more signs: a longer text is refused, and must not keep the server busy before that. */
const longestTidied = 6000;

/**
 * A text with the typography of French: « » and ’ for straight quotes, a narrow no-break space (U+202F) before : ; ? !
 * and inside « », … for three points, one space for several. Lines stay, so do addresses and times. Tidying twice is
 * tidying once. Rules of the Imprimerie nationale.
 */
export function tidyFrench(text: string): string {
	if (text.length > longestTidied) return text;
	const kept = text.match(untouched) ?? [];
	let next = 0;
	const straight = text
		.replace(untouched, stand)
		.replace(/[ \t\u00a0\u2009\u202f]{2,}/g, ' ')
		.replace(/\.{3,}/g, '…')
		.replace(/(?<=\p{L})'+(?=\p{L})/gu, '’')
		.replace(/''/g, '"')
		.replace(/(?<!\d)'/g, '’');
	return quotedIn(straight)
		.replace(/«[ \t\u00a0\u2009\u202f]*(?=[^\s»])/g, '«\u202f')
		.replace(/(?<=[^\s«])[ \t\u00a0\u2009\u202f]*»/g, '\u202f»')
		.replace(/(?<=\S)[ \t\u00a0\u2009\u202f]+(?=[:;?!])/g, '\u202f')
		.replace(/(?<=[^\s:;?!([«\ue000])(?=(?:[;:]|[?!]+)(?:[\s)\]»….,]|$))/g, '\u202f')
		.replace(/\ue000/g, () => kept[next++] ?? '');
}

/** A text with « » for its straight quotes that go by two, those inside others first. One alone, or after a figure, stays. */
function quotedIn(text: string): string {
	const quoted = text.replace(
		/(?<![\p{L}\p{N}])"(?=[^"\n]*\S)([^"\n]+)"(?![\p{L}\p{N}])/gu,
		(_, words: string) => `«${words.trim()}»`
	);
	return quoted === text ? text : quotedIn(quoted);
}

/**
 * What someone typed over `stored`, tidied line by line: a line that was there, or that differs from one by its
 * typography alone, stays as it was. One whose typography was put right by hand is taken. Nobody's text becomes too long
 * so: what would have more than `max` signs stays as it was typed.
 */
export function tidyTyped(typed: string, stored = '', max = Infinity): string {
	if (typed.length > longestTidied) return typed;
	const lines = stored.split('\n');
	const tidied = typed
		.split('\n')
		.map((line) => {
			if (lines.includes(line)) return line;
			const tidied = tidyFrench(line);
			if (tidied === line) return line;
			return lines.find((one) => tidyFrench(one) === tidied) ?? tidied;
		})
		.join('\n');
	return tidied.length > max ? typed : tidied;
}
