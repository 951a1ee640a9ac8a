import { m } from '#lib/paraglide/messages.js';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import { readerLanguage } from './language.ts';
import vocabularies from '../../../seeds/vocabulaires.json' with { type: 'json' };

/** The closed vocabularies of an entry: each term has a code, kept in the data, and its label. */
export type VocabularyName = keyof typeof vocabularies;

/** A term of a list: its code, and how people read it. */
export interface Term {
	code: string;
	fr: string;
}

type Translated = Term & Partial<Record<Locale, string>>;

const terms: Record<VocabularyName, readonly Translated[]> = vocabularies;

/** The codes allowed in `vocabulary`, in the order they are offered. */
export function codesOf(vocabulary: VocabularyName): [string, ...string[]] {
	const [first, ...rest] = terms[vocabulary].map((term) => term.code);
	if (first === undefined) throw new Error(`The vocabulary ${vocabulary} is empty`);
	return [first, ...rest];
}

/** The label of a code in the reader's language, else in French. An unknown code, which the database can't hold, reads as itself. */
export function labelOf(vocabulary: VocabularyName, code: string): string {
	const term = terms[vocabulary].find((term) => term.code === code);
	return term?.[getLocale()] ?? term?.fr ?? code;
}

/** Languages where no label keeps a capital within a sentence: in others, names of languages do. */
const lowerLanguages = ['fr', 'pt'];

/** Labels in one line, as in a sentence: « Pièce d’identité, livret de famille ». */
export function joinTerms(labels: readonly string[]): string {
	const lowers = lowerLanguages.includes(readerLanguage().lang);
	return labels
		.map((label, i) =>
			i === 0 || !lowers ? label : label.charAt(0).toLocaleLowerCase('fr') + label.slice(1)
		)
		.reduce((debut, suite) => (debut === '' ? suite : m.liste_suite({ debut, suite })), '');
}
