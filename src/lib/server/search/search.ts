import { sql } from 'kysely';
import {
	communeToken,
	corrected,
	groupExpressions,
	type Lexicon,
	nameExpression,
	type Query,
	readQuery,
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
	/** The words searched, without those that only hold a sentence together; empty when there was nothing to search. */
	words: string[];
	/** The query with its misspelt words mended, which finds something; undefined when there is nothing to mend. */
	suggestion: string | undefined;
	/** Whether `ids` answers `suggestion`, nothing having been found for what was typed. */
	corrected: boolean;
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
/** What an entry that lacks some of the words must score, as a share of the best. */
const shareOfBest = 0.5;

/**
 * Searches the published entries that `commune` reads: its own and the base's, in its words. Entries named so come
 * first, then those with all the words in their name, in what they are known by, in their text; the commune's own
 * first among equals. Entries with some of the words only follow when few have them all.
 * Anything may be typed: nothing in `q` is an operator, and it never throws for it.
 */
export async function search(db: Db, { q, commune, limit }: Search): Promise<Found> {
	const lexicon = await lexiconOf(db);
	const query = readQuery(q, lexicon, commune);
	const found = await run(db, query, lexicon, commune, limit);
	const asTyped = { ids: found.ids, words: query.words, suggestion: undefined, corrected: false };
	if (found.complete) return asTyped;

	const suggestion = await mend(db, q, query, lexicon);
	if (suggestion === undefined) return asTyped;
	if (found.ids.length > 0) return { ...asTyped, suggestion };
	const mended = readQuery(suggestion, lexicon, commune);
	const { ids } = await run(db, mended, lexicon, commune, limit);
	return ids.length === 0 ? asTyped : { ids, words: mended.words, suggestion, corrected: true };
}

/** `complete`: whether some entry has all the words. */
async function run(
	db: Db,
	query: Query,
	{ texts }: Lexicon,
	commune: string | undefined,
	limit: number
): Promise<{ ids: number[]; complete: boolean }> {
	const groups = groupExpressions(query);
	if (groups.length === 0) return { ids: [], complete: false };
	// In a small directory, counting word by word finds those with all of them too, and is quicker.
	const counts = groups.length > 1 && texts <= small;
	const whole = counts ? [] : await listWhole(db, query, groups, commune);
	const found = new Set(whole);
	let complete = whole.length > 0;
	if (groups.length > 1 && whole.length < enough) {
		const counted = await listCounted(db, query, commune, counts ? small : mostCounted);
		for (const id of counted.ids) found.add(id);
		complete ||= counted.complete;
	}
	return { ids: [...found].slice(0, limit), complete };
}

/** The entries with all the words, the best first. */
async function listWhole(
	db: Db,
	query: Query,
	groups: string[],
	commune: string | undefined
): Promise<number[]> {
	const found = await listMatches(db, groups.join(' AND '), commune);
	// Too many to read them all: those with the words in their name are surely among the best.
	if (found.length === mostCandidates) found.push(...(await listMatches(db, nameExpression(query), commune)));
	return [...new Set(ranked(found, query, () => true).map(({ id }) => id))];
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
 * The entries found word by word, at most `most` for each: those with all the words, then, when they are few, those
 * with some, without the ones that answer far less well than the best of them.
 */
async function listCounted(
	db: Db,
	query: Query,
	commune: string | undefined,
	most: number
): Promise<{ ids: number[]; complete: boolean }> {
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
	if (read.length === 0) return { ids: [], complete: false };

	const rows = sql<Candidate>`${candidatesIn(commune)}
		WHERE search_text.rowid IN (${sql.join(read.map(({ text }) => text))})`;
	const hasOf = new Map(read.map(({ text, has }) => [text, has]));
	const isIn = (text: number, group: number) => ((hasOf.get(text) ?? 0) & (1 << group)) !== 0;
	const found = Object.groupBy((await rows.execute(db)).rows, ({ text }) =>
		hasOf.get(text) === all ? 'whole' : 'partial'
	);
	const best = ranked(found.whole ?? [], query, isIn);
	const others = ranked(found.partial ?? [], query, isIn);
	const least = (others[0]?.score ?? 0) * shareOfBest;
	const ids = [...best, ...others.filter(({ score }) => score >= least)].map(({ id }) => id);
	return { ids, complete: best.length > 0 };
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

/** The best first; `hasWord` tells whether a text has a group of the query. */
function ranked(
	found: Candidate[],
	query: Query,
	hasWord: (text: number, group: number) => boolean
): { id: number; score: number }[] {
	return found
		.map((one) => ({ ...one, score: scoreOf(one.mots, query, (group) => hasWord(one.text, group)) }))
		.sort((a, b) => b.score - a.score || b.own - a.own || a.nom.length - b.nom.length || a.id - b.id);
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
		if (ids === undefined) await sql`INSERT INTO search_text (search_text) VALUES ('optimize')`.execute(db);
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
