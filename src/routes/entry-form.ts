import { fieldGroups, fields } from '#lib/domain/editing/fields.ts';
import type { Typed } from '#lib/domain/editing/typing.ts';
import { codesOf, labelOf } from '#lib/domain/vocabulary.ts';
import { formOf, listOf, textOf } from './form.ts';

/** The form of an entry as it was sent: what was typed, and the number of the state it was filled with. */
export async function sentEntry(
	request: Request
): Promise<{ form: FormData; typed: Typed; version: number }> {
	const form = await formOf(request);
	const typed = Object.fromEntries(
		fields.map(({ name, kind }) => [name, kind === 'termes' ? listOf(form, name) : textOf(form, name)])
	) as Typed;
	const version = Number(textOf(form, 'version'));
	return { form, typed, version: Number.isSafeInteger(version) ? version : 0 };
}

/** The form of an entry, group by group, with the terms of its lists. */
export function entryForm() {
	return fieldGroups.map(({ slug, titre, fields }) => ({
		slug,
		titre,
		fields: fields.map((field) => ({
			field,
			terms: field.vocabulary ? termsOf(field.vocabulary) : []
		}))
	}));
}

function termsOf(vocabulary: Parameters<typeof codesOf>[0]) {
	return codesOf(vocabulary).map((code) => ({ code, label: labelOf(vocabulary, code) }));
}
