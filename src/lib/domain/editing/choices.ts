import { joinTerms, type Term, codesOf, labelOf } from '../vocabulary.ts';
import { type Field, fieldGroups, type FieldName, wordsFields } from './fields.ts';
import type { Typed } from './typing.ts';

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

/** Fields that are filled together, as a person sees them. */
export interface ShownGroup {
	slug: string;
	titre: string;
	aide: string | null;
	fields: { field: Field; terms: readonly Choice[] }[];
}

/** A form, group by group, each field with what may be chosen there: a former choice only where it is the one made. */
export function shownGroups({ fields, choices }: EntryForm, typed: Typed): ShownGroup[] {
	return fieldGroups
		.map(({ slug, titre, aide, fields: all }) => ({
			slug,
			titre,
			aide: aide ?? null,
			fields: all
				.filter((field) => fields.includes(field))
				.map((field) => ({
					field,
					terms: termsOf(field, choices).filter(
						({ code, former }) => !former || [typed[field.name]].flat().includes(code)
					)
				}))
		}))
		.filter((group) => group.fields.length > 0);
}
