import { joinTerms, type Term, codesOf, labelOf } from '../vocabulary.ts';
import { type Field, type FieldName, wordsFields } from './fields.ts';

/** Something to choose in a field whose list is in the database: a commune, a section, a structure, an entry. */
export interface Choice extends Term {
	/** What it stands under in the form: a section's theme. */
	groupe?: string;
	/** Set for what is named in words when it was chosen before, and can't be chosen any more. */
	former?: true;
}

/** What may be chosen in each of these fields. */
export type Choices = Partial<Record<FieldName, readonly Choice[]>>;

/** The form of one entry for one person: its fields, in their order, and what may be chosen. */
export interface EntryForm {
	fields: readonly Field[];
	choices: Choices;
}

/** The form of a commune's words, where nothing is chosen in the database. */
export const wordsForm: EntryForm = { fields: wordsFields, choices: {} };

/** The terms of a field, in the order they are offered; none for a field that has no list. */
export function termsOf(field: Field, choices: Choices): readonly Choice[] {
	const { vocabulary, terms } = field;
	if (vocabulary) return codesOf(vocabulary).map((code) => ({ code, fr: labelOf(vocabulary, code) }));
	return terms ?? choices[field.name] ?? [];
}

/** Whether this code may be chosen now. */
export function isOffered(field: Field, code: string, choices: Choices): boolean {
	return termsOf(field, choices).some((choice) => choice.code === code && !choice.former);
}

/** Codes of a field in words, in one line. A code that is no longer known reads as itself. */
export function wordsOfCodes(field: Field, codes: readonly string[], choices: Choices): string {
	const terms = termsOf(field, choices);
	const labels = codes.map((code) => terms.find((term) => term.code === code)?.fr ?? code);
	// Proper names keep their capital.
	return field.vocabulary ? joinTerms(labels) : labels.join(', ');
}
