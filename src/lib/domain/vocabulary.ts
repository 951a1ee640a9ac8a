import vocabularies from '../../../seeds/vocabulaires.json' with { type: 'json' };

/** The closed vocabularies of an entry: each term has a code, kept in the data, and its label. */
export type VocabularyName = keyof typeof vocabularies;

/** A term of a list: its code, and how people read it. */
export interface Term {
	code: string;
	fr: string;
}

const terms: Record<VocabularyName, readonly Term[]> = vocabularies;

/** The codes allowed in `vocabulary`, in the order they are offered. */
export function codesOf(vocabulary: VocabularyName): [string, ...string[]] {
	const [first, ...rest] = terms[vocabulary].map((term) => term.code);
	if (first === undefined) throw new Error(`The vocabulary ${vocabulary} is empty`);
	return [first, ...rest];
}

/** The label of a code as people read it. An unknown code, which the database can't hold, reads as itself. */
export function labelOf(vocabulary: VocabularyName, code: string): string {
	return terms[vocabulary].find((term) => term.code === code)?.fr ?? code;
}

/** Labels in one line, as in a sentence: « Pièce d’identité, livret de famille ». */
export function joinTerms(labels: readonly string[]): string {
	return labels
		.map((label, i) => (i === 0 ? label : label.charAt(0).toLocaleLowerCase('fr') + label.slice(1)))
		.join(', ');
}
