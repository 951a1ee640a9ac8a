import { normalisePhone } from '../phone.ts';
import { contentWords, isQuestioning, stem, without, withoutAges, wordsOf } from './words.ts';

/*
 * What someone typed, read as groups of words that mean the same, and written as the index is read (SQLite FTS5).
 * The index holds, besides the words of each entry, their stems behind a sign telling where they stand.
 */

/**
 * The sign before a stem: anywhere in the entry, in its name, in the words it is known by; before a commune; and
 * before a whole word of the name.
 */
export const marks = { anywhere: '0', name: '1', keywords: '2', commune: '3', whole: '4' } as const;

/** What the index knows of words. */
export interface Lexicon {
	/** How many texts are indexed. */
	texts: number;
	/** In how many texts each word stands; 0 for those that only synonyms know. */
	words: ReadonlyMap<string, number>;
	/** In how many texts each stem stands; 0 likewise. */
	stems: ReadonlyMap<string, number>;
	/** Expressions that mean the same, by the stems of one of them joined by spaces; itself included. */
	synonyms: ReadonlyMap<string, readonly string[]>;
	/** The slug of the commune that an expression names, by its stems joined by spaces. */
	communes: ReadonlyMap<string, string>;
	/** How many words the longest expression has. */
	longestExpression: number;
}

/** An expression, as joined stems, and as the index has it in the name and in the words of an entry. */
interface Expression {
	stems: string;
	inName: string;
	inKeywords: string;
}

/** A word or expression of the query with all that means the same. */
export interface Group extends Expression {
	/** Other expressions that mean the same, and that some entry may hold. */
	synonyms: Expression[];
	/** What a word may begin with, when it may be unfinished. */
	prefix: string | undefined;
	beginsInName: string | undefined;
	/** The words as typed, as the index has them in a name. */
	wholeInName: string;
	/** How telling it is: higher for what few entries bear, and for an expression, by the number of its words. */
	weight: number;
}

/** A query, read. */
export interface Query {
	/** The words searched, in order. */
	words: string[];
	groups: Group[];
	/** Stems of all the words, as the name of an entry begins in the index. */
	nameKey: string;
	/** The slugs of the other communes that it names. */
	elsewhere: string[];
}

const longestQuery = 200;
const mostGroups = 12;
const shortestPrefix = 3;

/**
 * What is searched for in `text`; words naming `commune`, where the search already is, say nothing more, nor does
 * someone's age.
 */
export function readQuery(text: string, lexicon: Lexicon, commune?: string): Query {
	const typed = withoutAges(wordsOf(withWholeNumbers(text.slice(0, longestQuery))));
	const parts = partsOf(contentWords(typed), lexicon);
	const named = (words: string[]) => lexicon.communes.get(stemsOf(words));
	const place = commune === undefined ? [] : wordsOf(commune);
	const isHere = (words: string[]) =>
		(named(words) ?? commune) === commune && words.every((word) => place.includes(word));
	const telling = without(without(parts, isHere), (words) => words.every(isQuestioning)).slice(0, mostGroups);
	const words = telling.flat();
	const communes = telling.flatMap((part) => named(part) ?? []).filter((slug) => slug !== commune);
	return {
		words,
		groups: telling.map((part) => readGroup(part, lexicon, part === telling.at(-1))),
		nameKey: marked(stemsOf(words), marks.name),
		elsewhere: [...new Set(communes)]
	};
}

function stemsOf(words: string[]): string {
	return words.map(stem).join(' ');
}

/** The words of the query that no entry knows, neither as they are nor by their stem. */
export function unknownWords(query: Query, lexicon: Lexicon): string[] {
	return query.words.filter((word) => !lexicon.words.has(word) && !lexicon.stems.has(stem(word)));
}

/** The query as typed, with its mistaken words replaced. */
export function corrected(text: string, corrections: ReadonlyMap<string, string>): string {
	return text
		.slice(0, longestQuery)
		.trim()
		.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => corrections.get(wordsOf(word).join(' ')) ?? word);
}

/** The digits by which a telephone number is indexed, however it is written; undefined when it isn't one. */
export function phoneDigits(text: string): string | undefined {
	return normalisePhone(text)?.replace(/\D/g, '');
}

/** The FTS5 expression of each group. Everything is quoted: nothing typed is ever read as an operator. */
export function groupExpressions({ groups }: Query): string[] {
	return groups.map((group) => `(${alternatives(group, marks.anywhere, '')})`);
}

/** The FTS5 expression of the entries with all groups in their name. */
export function nameExpression({ groups }: Query): string {
	return groups.map((group) => `(${alternatives(group, marks.name, '{nom} : ')})`).join(' AND ');
}

/** Whether a text has a group of the query, in any of its expressions. `racines` is its column of the index, a space at both ends. */
export function hasGroup(racines: string, { stems, synonyms, prefix }: Group): boolean {
	const has = (joined: string) => racines.includes(` ${marked(joined, marks.anywhere)} `);
	if (has(stems) || synonyms.some((synonym) => has(synonym.stems))) return true;
	return prefix !== undefined && racines.includes(` ${marks.anywhere}${prefix}`);
}

/** The word by which the texts of a commune are found in the index. */
export function communeToken(slug: string): string {
	return marks.commune + slug.replace(/[^a-z0-9]/g, marks.anywhere);
}

const wholeInName = 6.5;
const inName = 6;
const inKeywords = 3;
const asSynonym = 0.45;
const begun = 0.5;
/** How much a word counts that stands nowhere better than in the text. */
export const inText = 1;

/** How well an entry answers a query. */
export interface Score {
	/** 2: its name is what was typed; 1: its name begins so; else 0. */
	named: 0 | 1 | 2;
	/**
	 * For its words: those found in its name (whole, then by their stem), in those it is known by, in its text, the
	 * rare ones first, in proportion of how many it has.
	 */
	words: number;
}

/**
 * How well an entry answers. `mots` is its column of the index; `isIn` tells of each group, by its place, whether the
 * entry has it at all.
 */
export function scoreOf(mots: string, { groups, nameKey }: Query, isIn: (group: number) => boolean): Score {
	const had = groups.filter((_, i) => isIn(i));
	const sum = had.reduce((sum, group) => sum + group.weight * placeOf(mots, group), 0);
	const words = (sum * had.length) / groups.length;
	if (!mots.startsWith(nameKey, 1)) return { named: 0, words };
	const next = nameKey.length + 1;
	if (mots.charAt(next) !== ' ') return { named: 0, words: words + begun };
	return { named: mots.charAt(next + 1) === marks.name ? 1 : 2, words };
}

/** The order of two scores, the best first. */
export function compareScores(a: Score, b: Score): number {
	return b.named - a.named || b.words - a.words;
}

/** How much a group of the query counts, by where it stands. `mots` is the column of the index. */
export function placeOf(mots: string, group: Group): number {
	if (mots.includes(group.wholeInName)) return wholeInName;
	if (mots.includes(group.inName)) return inName;
	if (mots.includes(group.inKeywords)) return inKeywords;
	if (group.synonyms.some((synonym) => mots.includes(synonym.inName))) return inName * asSynonym;
	if (group.beginsInName !== undefined && mots.includes(group.beginsInName)) return inName * asSynonym;
	if (group.synonyms.some((synonym) => mots.includes(synonym.inKeywords))) return inKeywords * asSynonym;
	return inText;
}

/** Stems joined by spaces, each behind its mark. */
export function marked(joined: string, mark: string): string {
	return joined === '' ? '' : mark + joined.replaceAll(' ', ` ${mark}`);
}

/** A telephone number typed in pairs is one word, even unfinished. */
function withWholeNumbers(text: string): string {
	return text.replace(/\+?\d[\d\s.\-()]*\d/g, (run) => {
		const digits = run.replace(/\D/g, '');
		return phoneDigits(run) ?? (/^0\d{3,}$/.test(digits) ? digits : run);
	});
}

/** The words cut into known expressions and names of communes, the longest first, and single words. */
function partsOf(words: string[], lexicon: Lexicon): string[][] {
	const stems = words.map(stem);
	const parts: string[][] = [];
	for (let i = 0; i < words.length; i += parts.at(-1)?.length ?? 1) {
		let length = Math.min(lexicon.longestExpression, words.length - i);
		while (length > 1 && !isKnown(stems.slice(i, i + length).join(' '), lexicon)) length -= 1;
		parts.push(words.slice(i, i + length));
	}
	return parts;
}

function isKnown(expression: string, { synonyms, communes }: Lexicon): boolean {
	return synonyms.has(expression) || communes.has(expression);
}

function readGroup(words: string[], lexicon: Lexicon, isLast: boolean): Group {
	const typed = stemsOf(words);
	// Most synonyms are what people say and no entry writes: looking for them would only take time.
	const others = (lexicon.synonyms.get(typed) ?? []).filter(
		(expression) => expression !== typed && textsWith(expression, lexicon) > 0
	);
	const [word] = words;
	const mayGoOn =
		words.length === 1 && word !== undefined && canBegin(word) && (isLast || !lexicon.words.has(word));
	const found = Math.max(...[typed, ...others].map((expression) => textsWith(expression, lexicon)));
	return {
		...expressionOf(typed),
		synonyms: others.map(expressionOf),
		prefix: mayGoOn ? word : undefined,
		beginsInName: mayGoOn ? ` ${marks.name}${word}` : undefined,
		wholeInName: ` ${marked(words.join(' '), marks.whole)} `,
		weight: words.length * Math.log(1 + (1 + lexicon.texts) / (1 + found))
	};
}

function expressionOf(stems: string): Expression {
	const within = (mark: string) => ` ${marked(stems, mark)} `;
	return { stems, inName: within(marks.name), inKeywords: within(marks.keywords) };
}

function canBegin(word: string): boolean {
	return word.length >= shortestPrefix && (/\p{L}/u.test(word) || /^0\d{3}/.test(word));
}

/** At most how many texts hold an expression: as many as its rarest word. */
function textsWith(expression: string, lexicon: Lexicon): number {
	return Math.min(...expression.split(' ').map((one) => lexicon.stems.get(one) ?? 0));
}

function alternatives(group: Group, mark: string, columns: string): string {
	const phrases = [group, ...group.synonyms].map(({ stems }) => `"${marked(stems, mark)}"`);
	if (group.prefix !== undefined) phrases.push(`${columns}"${group.prefix}" *`);
	return phrases.join(' OR ');
}
