import stemmers from 'snowball-stemmers';

/*
 * Words as the search sees them: without case or accents, cut at apostrophes and hyphens, and reduced to their
 * stems so that plurals and conjugations meet.
 */

const french = stemmers.newStemmer('french');

/** The words of a text, in order: lower case, no accents, numbers kept: « L’école à 8 h » is `l ecole a 8 h`. */
export function wordsOf(text: string): string[] {
	return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function fold(text: string): string {
	return (
		text
			.toLowerCase()
			.normalize('NFKD')
			.replace(/\p{M}/gu, '')
			.replaceAll('œ', 'oe')
			.replaceAll('æ', 'ae')
			.replaceAll('ı', 'i')
			// As Arabic is typed in haste.
			.replaceAll('ة', 'ه')
			.replaceAll('ى', 'ي')
	);
}

/**
 * What two forms of a word have in common: « crèche » and « crèches », « garder » and « gardée ». The word comes
 * from `wordsOf`. Algorithm of Snowball for French (https://snowballstem.org/algorithms/french/stemmer.html), after
 * the plurals that it leaves (« nounous », « jeux ») and what it only sees in accents (« gardée »). A word that it
 * would cut under four letters (« copie », « aider ») only loses the ending of its infinitive or its last e. Words that
 * would meet another one (« fils » and « fil ») are left whole.
 */
export function stem(word: string): string {
	const known = stems.get(word);
	if (known !== undefined) return known;
	if (stems.size >= mostStems) stems.clear();
	const found = cut(word);
	stems.set(word, found);
	return found;
}

// Cutting a word takes fifteen microseconds, and entries say the same words over and over.
const stems = new Map<string, string>();
const mostStems = 20_000;

/** Words that would become another: « papi », « fil », « Caf », « cour ». Their plural is their own. */
const leftWhole = new Map([
	['papier', 'papier'],
	['papiers', 'papier'],
	['fils', 'fils'],
	['cafe', 'cafe'],
	['cafes', 'cafe'],
	['cours', 'cours']
]);

function cut(word: string): string {
	const whole = leftWhole.get(word);
	if (whole !== undefined) return whole;
	// « المدرسة » is « مدرسة » with its article.
	if (/^ال\p{Script=Arabic}{3,}$/u.test(word)) return word.slice(2);
	if (!/^[a-z]{4,}$/.test(word)) return word;
	const singular = word
		.replace(/([^s])s$/, '$1')
		.replace(/([^r]eu|eau)x$/, '$1')
		.replace(/ee$/, 'e');
	if (singular.length < 4) return singular;
	const root = french.stem(singular);
	return root.length < 4 ? singular.replace(/(er|e)$/, '') : root;
}

/** Words that only hold a sentence together. They are neither kept in the index nor searched. */
const grammar = new Set(
	`a ai au aux avec c ca ce ceci cela ces cet cette chez d dans de des du elle elles en entre es est et
	etait etre eu il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont
	ou par pas pour qu que qui s sa se ses si son sont suis sur t ta te tes toi ton tu un une vers vos votre
	vous y`.split(/\s+/)
);

/** Words of questions, also as a message writes them, which no entry answers by bearing them. */
const questioning = new Set(
	`acces adresse adresses aimerais aimerai ait aller allo alors amener appeler appelle arrive arriver aucun
	aucune aussi avais avait avez avoir avons ayant beaucoup besoin bonjour bonsoir cb cest cherche chercher
	cherchons chui combien comen comme comment connaitre contact contacter coordonnees coute deja demander depuis devons
	dire dis dit dois doit donc donner ds encore es ete etes existe faire fais fait faites faut fois g horaire horaires ici info infos jai
	jamais jcherche joindre jsuis jusqu jveux kan kel kelle ki koi laquelle lequel lesquels lors lorsque
	madame merci monsieur numero numeros obtenir ouvert ouverte ouverts ouverture parce pendant permanence permanences peut peux plus
	pourquoi pourrais pouvez pouvoir pouvons pr prendre pres presque prix puis quand quel quelle quelles quelqu quelque
	quelques quels quoi rdv recherche renseignement renseignements rien sais savoir selon serait sera slt souhaite
	souhaiterais soient soit sommes stp svp tarif tarifs tel telephone toujours tout tres trop trouve trouver va vais vas
	veut veux vient viens voici voila voir vont voudrais vouloir voulons ya`.split(/\s+/)
);

/** The words that carry the meaning of a text; all of them where none does. */
export function contentWords(words: string[]): string[] {
	return without(words, (word) => grammar.has(word));
}

/** Leaves out the words to which `isEmpty` applies, unless nothing would remain. */
export function without<T>(words: T[], isEmpty: (word: T) => boolean): T[] {
	const kept = words.filter((word) => !isEmpty(word));
	return kept.length > 0 ? kept : words;
}

/** Leaves out ages, « 5 ans », « 18 mois », unless nothing would remain. */
export function withoutAges(words: string[]): string[] {
	const isUnit = (word: string | undefined) => word !== undefined && /^(ans?|mois)$/.test(word);
	const isNumber = (word: string | undefined) => word !== undefined && /^\d{1,3}$/.test(word);
	const kept = words.filter(
		(word, i) => !(isNumber(word) && isUnit(words[i + 1])) && !(isUnit(word) && isNumber(words[i - 1]))
	);
	return kept.some(isTelling) ? kept : words;
}

/** Whether the word, from `wordsOf`, says something of what is looked for. */
export function isTelling(word: string): boolean {
	return !grammar.has(word) && !questioning.has(word);
}

/** Whether the word, from `wordsOf`, belongs to the question and not to what is looked for. */
export function isQuestioning(word: string): boolean {
	return questioning.has(word);
}

/**
 * How many signs to add, remove, replace or swap with their neighbour to go from `a` to `b` (optimal string
 * alignment), counted up to `max`: beyond, the answer is `max + 1`.
 */
export function editDistance(a: string, b: string, max: number): number {
	if (Math.abs(a.length - b.length) > max) return max + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
			let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
			const swapped =
				i > 1 &&
				j > 1 &&
				a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
				a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
			if (swapped) cost = Math.min(cost, at(beforeLast, j - 2) + 1);
			row.push(cost);
			least = Math.min(least, cost);
		}
		if (least > max) return max + 1;
		[beforeLast, last] = [last, row];
	}
	return Math.min(at(last, b.length), max + 1);
}

function at(row: number[], i: number): number {
	return row[i] ?? Infinity;
}

/** Shorter words have too many neighbours: « bus », « but », « bis ». */
const shortestCorrected = 5;

/**
 * The word of `vocabulary` (with how many entries bear it) that was probably meant: one mistake away, two from eight
 * letters on. Among several, the nearest, then one with the same first letter, then the most common. Undefined for a
 * word under five letters, for the beginning of a known word, or when nothing is near.
 */
export function closestWord(word: string, vocabulary: ReadonlyMap<string, number>): string | undefined {
	if (word.length < shortestCorrected) return undefined;
	const max = word.length < 8 ? 1 : 2;
	let best: { word: string; rank: number; count: number } | undefined;
	for (const [candidate, count] of vocabulary) {
		if (candidate.startsWith(word)) return undefined;
		if (candidate.length < shortestCorrected - 1 || Math.abs(candidate.length - word.length) > max) continue;
		if (hasMoreOthers(candidate, word, max)) continue;
		const distance = editDistance(word, candidate, max);
		if (distance > max || (distance > 1 && isOtherForm(candidate, word))) continue;
		const rank = distance * 2 + (candidate.charAt(0) === word.charAt(0) ? 0 : 1);
		if (!best || rank < best.rank || (rank === best.rank && count > best.count))
			best = { word: candidate, rank, count };
	}
	return best?.word;
}

/** Whether two words differ in their ending only, as « scolariser » and « scolarité »: that is no slip. */
function isOtherForm(a: string, b: string): boolean {
	const common = Math.max(a.length, b.length) - 3;
	return a.slice(0, common) === b.slice(0, common);
}

/** Whether over `max` letters of `candidate` aren't in `word`: each would be a mistake. Far quicker than counting them all. */
function hasMoreOthers(candidate: string, word: string, max: number): boolean {
	let others = 0;
	for (const letter of candidate) if (!word.includes(letter) && ++others > max) return true;
	return false;
}
