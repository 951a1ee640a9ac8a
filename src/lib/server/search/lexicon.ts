import { type Lexicon, marks } from '#lib/domain/search/query.ts';
import { contentWords, stem, wordsOf } from '#lib/domain/search/words.ts';
import type { Db } from '../database/schema.ts';

const kept = new WeakMap<object, { version: string; lexicon: Lexicon }>();

/** What the index knows of words, read again when the content has changed (`meta.version`). */
export async function lexiconOf(db: Db): Promise<Lexicon> {
	const { value: version } = await db
		.selectFrom('meta')
		.select('value')
		.where('key', '=', 'version')
		.executeTakeFirstOrThrow();
	const last = kept.get(db);
	if (last?.version === version) return last.lexicon;
	const lexicon = await readLexicon(db);
	kept.set(db, { version, lexicon });
	return lexicon;
}

async function readLexicon(db: Db): Promise<Lexicon> {
	const { texts } = await db
		.selectFrom('search_entry')
		.select((eb) => eb.fn.countAll<number>().as('texts'))
		.executeTakeFirstOrThrow();
	const { synonyms, words: spoken, longest } = await readSynonyms(db);
	const communes = await readCommunes(db, synonyms);
	const words = new Map<string, number>(spoken.map((word) => [word, 0]));
	const written = await db
		.selectFrom('search_word')
		.select(['term', 'doc'])
		.where('term', '>=', 'a')
		.execute();
	for (const { term, doc } of written) words.set(term, doc);
	const stems = new Map<string, number>(spoken.map((word) => [stem(word), 0]));
	const marked = await db
		.selectFrom('search_word')
		.select(['term', 'doc'])
		.where('term', '>=', marks.anywhere)
		.where('term', '<', marks.name)
		.execute();
	for (const { term, doc } of marked) stems.set(term.slice(1), doc);
	const longestExpression = Math.max(longest, ...[...communes.keys()].map((name) => name.split(' ').length));
	return { texts, words, stems, synonyms, communes, longestExpression };
}

/** The communes by their names, and by what the data says is another name of theirs. */
async function readCommunes(
	db: Db,
	synonyms: ReadonlyMap<string, readonly string[]>
): Promise<Map<string, string>> {
	const rows = await db.selectFrom('commune').select(['slug', 'nom']).execute();
	const named = rows.flatMap(({ slug, nom }) => {
		const name = contentWords(wordsOf(nom)).map(stem).join(' ');
		return [name, ...(synonyms.get(name) ?? [])].map((name) => [name, slug] as const);
	});
	return new Map(named);
}

async function readSynonyms(db: Db) {
	const rows = await db.selectFrom('synonym').selectAll().execute();
	const concepts = new Map<number, Set<string>>();
	const words: string[] = [];
	let longest = 1;
	const stemmed = rows.map(({ expression, concept }) => {
		const telling = contentWords(expression.split(' '));
		words.push(...telling);
		longest = Math.max(longest, telling.length);
		return { expression: telling.map(stem).join(' '), concept };
	});
	for (const { expression, concept } of stemmed)
		concepts.set(concept, (concepts.get(concept) ?? new Set<string>()).add(expression));
	const synonyms = new Map<string, string[]>();
	for (const { expression, concept } of stemmed) {
		const others = [...(synonyms.get(expression) ?? []), ...(concepts.get(concept) ?? [])];
		synonyms.set(expression, [...new Set(others)]);
	}
	return { synonyms, words, longest };
}
