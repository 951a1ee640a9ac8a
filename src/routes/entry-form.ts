import type { Field } from '#lib/domain/editing/fields.ts';
import { wordsForm } from '#lib/domain/editing/choices.ts';
import { isSeveral, type Typed } from '#lib/domain/editing/typing.ts';
import { listOf, textOf } from './form.ts';

/** What the form of an entry holds: the fields that are offered, as typed, and the version they began from. */
export function receivedEntry(
	form: FormData,
	fields: readonly Field[] = wordsForm.fields
): { typed: Typed; version: number } {
	const offered = new Set(textOf(form, 'offerts').split(' '));
	const typed = Object.fromEntries(
		fields
			// A form shown before the site asked for a field leaves it as it is; of boxes that aren't ticked, it sends nothing.
			.filter(({ name }) => form.has(name) || offered.has(name))
			.map((field) => [
				field.name,
				isSeveral(field)
					? listOf(form, field.name).filter((value) => value !== '' || field.kind === 'structure')
					: textOf(form, field.name)
			])
	);
	return { typed, version: versionOf(form) };
}

/** The state of the entry that a form was filled with; 0 when it says nothing that makes sense. */
export function versionOf(form: FormData): number {
	const version = Number(textOf(form, 'version'));
	return Number.isSafeInteger(version) ? version : 0;
}
