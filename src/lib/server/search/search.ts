import { sql } from 'kysely';
import {
	communeToken,
	compareScores,
	corrected,
	groupExpressions,
	type Lexicon,
	nameExpression,
	type Query,
	readQuery,
	type Score,
	scoreOf,
	unknownWords
} from '#lib/domain/search/query.ts';
import { closestWord, wordsOf } from '#lib/domain/search/words.ts';
import { searchTextOf } from '#lib/domain/search/entry.ts';
import { lexiconOf } from './lexicon.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { readTexts } from './texts.ts';

/** What is looked for, where, and how many entries at most are wanted. */
export interface Search {
	q: string;
	/** A commune's slug, or undefined for the whole territory. */
	commune: string | undefined;
	limit: number;
}

/** What was found. */
export interface Found {
	/** The entries, the best first, each once. */
	ids: number[];
	/** How many of them, the first ones, answer; the others may be of use. */
	sure: number;
	/** The words searched, without those that only hold a sentence together; empty when there was nothing to search. */
	words: string[];
	/** The query with its misspelt words mended, which finds something; undefined when there is nothing to mend. */
	suggestion: string | undefined;
	/** Whether `ids` answers `suggestion`, nothing having been found for what was typed. */
	corrected: boolean;
	/** The slugs of the communes named in the search, when it is made in another one. */
	elsewhere: string[];
}

/** Most entries read to be ranked: far more than anybody reads. */
const mostCandidates = 200;
/** Most texts of a directory small enough to count in all of them the words one by one; beyond, most counted for each. */
const small = 1000;
const mostCounted = 300;
/** Most entries with some words only that are read. */
const mostPartial = 50;
/** From how many answers on no wider search is made. */
const enough = 5;
/** What an entry must score to be an answer as the best is, or to be near when none answers: a share of the best. */
const shareOfBest = 0.5;
/** Most entries given besides those that answer. */
const mostOthers = 5;

/**
 * Searches the published entries that `commune` reads: its own and the base's, in its words. Entries named so come
 * first, then those with all the words in their name, in what they are known by, in their text; the commune's own
 * first among equals. Those that answer half as well as the best, or better, are the answers (`sure`); a few others
 * follow, among them entries with some of the words only. Where none has all the words, nothing is sure, and those
 * that come near are given; except when another commune is named, whose answers are not here.
 * Anything may be typed: nothing in `q` is an operator, and it never throws for it.
 */
export async function search(db: Db, { q, commune, limit }: Search): Promise<Found> {
	const lexicon = await lexiconOf(db);
	const query = readQuery(q, lexicon, commune);
	const found = await run(db, query, lexicon, commune, limit);
	const asTyped = { ...found, suggestion: undefined, corrected: false };
	if (found.sure > 0) return asTyped;

	const suggestion = await mend(db, q, query, lexicon);
	if (suggestion === undefined) return asTyped;
	const mended = await run(db, readQuery(suggestion, lexicon, commune), lexicon, commune, limit);
	if (mended.sure > 0) return { ...mended, suggestion, corrected: true };
	if (found.ids.length > 0) return { ...asTyped, suggestion };
	const isOfUse = mended.ids.length > 0 || mended.elsewhere.length > 0;
	return isOfUse ? { ...mended, suggestion, corrected: true } : asTyped;
}

async function run(
	db: Db,
	query: Query,
	{ texts }: Lexicon,
	commune: string | undefined,
	limit: number
): Promise<Pick<Found, 'ids' | 'sure' | 'words' | 'elsewhere'>> {
	const elsewhere = commune === undefined ? [] : query.elsewhere;
	const { answers, others } = await list(db, query, texts, commune);
	const near = elsewhere.length > 0 ? [] : others;
	const after = answers.length > 0 ? others.slice(0, mostOthers) : near;
	const ids = [...new Set([...answers, ...after])].slice(0, limit);
	return { ids, sure: Math.min(answers.length, limit), words: query.words, elsewhere };
}

/** What was found, the best first: what answers, and what may be of use. */
interface Listed {
	answers: number[];
	others: number[];
}

async function list(db: Db, query: Query, texts: number, commune: string | undefined): Promise<Listed> {
	const groups = groupExpressions(query);
	if (groups.length === 0) return { answers: [], others: [] };
	// In a small directory, counting word by word finds those with all of them too, and is quicker.
	if (groups.length > 1 && texts <= small) return listCounted(db, query, commune, small);
	const whole = await listWhole(db, query, groups, commune);
	if (groups.length === 1 || whole.answers.length + whole.others.length >= enough) return whole;
	const counted = await listCounted(db, query, commune, mostCounted);
	const answers = [...new Set([...whole.answers, ...counted.answers])];
	const others = [...whole.others, ...counted.others].filter((id) => !answers.includes(id));
	return { answers, others };
}

/** The entries with all the words, the best first. */
async function listWhole(
	db: Db,
	query: Query,
	groups: string[],
	commune: string | undefined
): Promise<Listed> {
	const found = await listMatches(db, groups.join(' AND '), commune);
	// Too many to read them all: those with the words in their name are surely among the best.
	if (found.length === mostCandidates) found.push(...(await listMatches(db, nameExpression(query), commune)));
	const unique = [...new Map(found.map((one) => [one.text, one])).values()];
	return parted(ranked(unique, query, () => true));
}

interface Candidate {
	/** Its row in the index. */
	text: number;
	/** The entry. */
	id: number;
	nom: string;
	mots: string;
	/** Whether it belongs to the commune searched. */
	own: 0 | 1;
}

function candidatesIn(commune: string | undefined) {
	return sql<Candidate>`
		SELECT search_text.rowid AS text, service.id, search_text.nom, search_text.mots, service.commune IS ${commune ?? ''} AS own
		FROM search_text
		CROSS JOIN search_entry ON search_entry.id = search_text.rowid
		CROSS JOIN service ON service.id = search_entry.service_id
		CROSS JOIN publication ON publication.service_id = service.id`;
}

/** The first entries met, in no useful order: ranking all the matches of a common word would take too long. */
async function listMatches(db: Db, expression: string, commune: string | undefined): Promise<Candidate[]> {
	const matches = sql<Candidate>`${candidatesIn(commune)}
		WHERE search_text MATCH ${within(expression, commune)} LIMIT ${mostCandidates}`;
	return (await matches.execute(db)).rows;
}

/**
 * The entries found word by word, at most `most` for each: those with all the words, and, when they are few, among
 * the others those with some, without the ones that answer far less well than the best of them.
 */
async function listCounted(db: Db, query: Query, commune: string | undefined, most: number): Promise<Listed> {
	const texts = await countWords(db, groupExpressions(query), commune, most);
	const all = 2 ** query.groups.length - 1;
	const weigh = (has: number) =>
		query.groups.reduce((sum, { weight }, i) => sum + (has & (1 << i) ? weight : 0), 0);
	const whole = texts.filter(({ has }) => has === all).slice(0, mostCandidates);
	const partial = texts
		.filter(({ has }) => has !== all)
		.map((text) => ({ ...text, weight: weigh(text.has) }))
		.sort((a, b) => b.weight - a.weight);
	const read = whole.length < enough ? [...whole, ...partial.slice(0, mostPartial)] : whole;
	if (read.length === 0) return { answers: [], others: [] };

	const rows = sql<Candidate>`${candidatesIn(commune)}
		WHERE search_text.rowid IN (${sql.join(read.map(({ text }) => text))})`;
	const hasOf = new Map(read.map(({ text, has }) => [text, has]));
	const isIn = (text: number, group: number) => ((hasOf.get(text) ?? 0) & (1 << group)) !== 0;
	const found = Object.groupBy((await rows.execute(db)).rows, ({ text }) =>
		hasOf.get(text) === all ? 'whole' : 'partial'
	);
	const best = parted(ranked(found.whole ?? [], query, isIn));
	const near = parted(ranked(found.partial ?? [], query, isIn));
	return { answers: best.answers, others: [...best.others, ...near.answers] };
}

/** Parts the entries that answer as the best does, or half as well, from the others. */
function parted(ranked: Ranked[]): Listed {
	const least = Math.max(0, ...ranked.map(({ score }) => score.words)) * shareOfBest;
	const isAnswer = ({ score }: Ranked) => score.words >= least;
	const idsOf = (some: Ranked[]) => [...new Set(some.map(({ id }) => id))];
	return { answers: idsOf(ranked.filter(isAnswer)), others: idsOf(ranked.filter((one) => !isAnswer(one))) };
}

/** Which groups of the query each text has: the bit of each one's place. */
async function countWords(
	db: Db,
	groups: string[],
	commune: string | undefined,
	most: number
): Promise<{ text: number; has: number }[]> {
	const counted = groups.map(
		(group, i) => sql`SELECT * FROM (
			SELECT rowid AS text, ${sql.lit(2 ** i)} AS bit FROM search_text
			WHERE search_text MATCH ${within(group, commune)} LIMIT ${most}
		)`
	);
	const hits = sql<{ text: number; has: number }>`
		SELECT text, sum(bit) AS has FROM (${sql.join(counted, sql` UNION ALL `)}) GROUP BY text`;
	return (await hits.execute(db)).rows;
}

function within(expression: string, commune: string | undefined): string {
	return commune === undefined ? expression : `"${communeToken(commune)}" AND (${expression})`;
}

interface Ranked {
	id: number;
	score: Score;
}

/**
 * The best first; `hasWord` tells whether a text has a group of the query. A commune's own entries answer for it: not
 * for another one that the query names, even when they happen to bear its name.
 */
function ranked(
	found: Candidate[],
	query: Query,
	hasWord: (text: number, group: number) => boolean
): Ranked[] {
	return found
		.filter(({ own }) => own === 0 || query.elsewhere.length === 0)
		.map((one) => ({ ...one, score: scoreOf(one.mots, query, (group) => hasWord(one.text, group)) }))
		.sort(
			(a, b) => compareScores(a.score, b.score) || b.own - a.own || a.nom.length - b.nom.length || a.id - b.id
		);
}

/** The query with each unknown word replaced by the nearest known one, as it is spelt; undefined when none is near. */
async function mend(db: Db, q: string, query: Query, lexicon: Lexicon): Promise<string | undefined> {
	const corrections = new Map<string, string>();
	for (const word of unknownWords(query, lexicon)) {
		const known = closestWord(word, lexicon.words);
		if (known !== undefined) corrections.set(word, await spellingOf(db, known));
	}
	return corrections.size === 0 ? undefined : corrected(q, corrections);
}

/** A word as an entry spells it, with its accents. */
async function spellingOf(db: Db, word: string): Promise<string> {
	const bearer = sql<{ text: string }>`
		SELECT nom || ' ' || texte AS text FROM search_text WHERE search_text MATCH ${`{nom texte} : "${word}"`} LIMIT 1`;
	const spelt = (await bearer.execute(db)).rows.flatMap(({ text }) => text.match(/[\p{L}\p{M}]+/gu) ?? []);
	return spelt.find((one) => wordsOf(one)[0] === word)?.toLowerCase() ?? word;
}

/** Entries indexed together. */
const batch = 400;
/** Raised when the same entries must be indexed in another way than by an earlier version of the site. */
const indexForm = '2';

/** Indexes everything again when the index was made by a version of the site that wrote it otherwise. */
export async function refreshIndex(db: Db): Promise<void> {
	const written = await db
		.selectFrom('meta')
		.select('value')
		.where('key', '=', 'index_form')
		.executeTakeFirst();
	if (written?.value !== indexForm) await indexServices(db);
}

/**
 * Makes the index say what these entries say now (all when `ids` is omitted). To be called after an edit, a
 * publication or its withdrawal, and a change in what they are attached to: themes, sections, structure, communes.
 * One text a published entry, and one more for each commune with its own words. Drafts have none; what is for
 * professionals only is never in any.
 */
export async function indexServices(db: Db, ids?: number[]): Promise<void> {
	await inTransaction(db, async (db) => {
		const published = db.selectFrom('publication').select('service_id').orderBy('service_id');
		if (ids === undefined) await db.deleteFrom('search_entry').execute();
		const wanted = ids ?? (await published.execute()).map((row) => row.service_id);
		for (let i = 0; i < wanted.length; i += batch) await indexBatch(db, wanted.slice(i, i + batch));
		// One sorted file rather than a pile of small ones: searches read less.
		if (ids === undefined) {
			await sql`INSERT INTO search_text (search_text) VALUES ('optimize')`.execute(db);
			await db
				.insertInto('meta')
				.values({ key: 'index_form', value: indexForm })
				.onConflict((key) => key.column('key').doUpdateSet({ value: indexForm }))
				.execute();
		}
		await db
			.updateTable('meta')
			.set({ value: sql`CAST(value AS INTEGER) + 1` })
			.where('key', '=', 'version')
			.execute();
	});
}

async function indexBatch(db: Db, ids: number[]): Promise<void> {
	await db.deleteFrom('search_entry').where('service_id', 'in', ids).execute();
	const texts = await readTexts(db, ids);
	if (texts.length === 0) return;
	const { last } = await db
		.selectFrom('search_entry')
		.select((eb) => eb.fn.coalesce(eb.fn.max('id'), sql<number>`0`).as('last'))
		.executeTakeFirstOrThrow();
	const rows = texts.map((text, i) => ({ ...text, id: last + i + 1 }));
	await db
		.insertInto('search_entry')
		.values(rows.map(({ id, service_id, commune }) => ({ id, service_id, commune })))
		.execute();
	await db
		.insertInto('search_text')
		.values(rows.map(({ id, facts, around }) => ({ rowid: id, ...searchTextOf(facts, around) })))
		.execute();
}
