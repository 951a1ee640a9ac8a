import { type Field, fieldGroups, fields } from '#lib/domain/editing/fields.ts';
import type { Typed } from '#lib/domain/editing/typing.ts';
import { codesOf, labelOf } from '#lib/domain/vocabulary.ts';
import { listOf, textOf } from '../../form.ts';

/** A group of the form, its fields with the terms to choose among. */
export interface ShownGroup {
	slug: string;
	titre: string;
	fields: { field: Field; terms: { code: string; label: string }[] }[];
}

/** The whole form of an entry, as it is shown. */
export function shownGroups(): ShownGroup[] {
	return fieldGroups.map(({ slug, titre, fields }) => ({
		slug,
		titre,
		fields: fields.map((field) => ({ field, terms: termsOf(field) }))
	}));
}

/** The form of an entry as it was sent, and the state that it was filled with. */
export function received(form: FormData): { typed: Typed; version: number } {
	const typed = Object.fromEntries(
		fields.map(({ name, kind }) => [name, kind === 'termes' ? listOf(form, name) : textOf(form, name)])
	) as Typed;
	return { typed, version: versionOf(form) };
}

/** The state of the entry that a form was filled with; 0 when it says nothing that makes sense. */
export function versionOf(form: FormData): number {
	const version = Number(textOf(form, 'version'));
	return Number.isSafeInteger(version) ? version : 0;
}

function termsOf({ vocabulary }: Field): { code: string; label: string }[] {
	return vocabulary ? codesOf(vocabulary).map((code) => ({ code, label: labelOf(vocabulary, code) })) : [];
}
