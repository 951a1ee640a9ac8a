import type { Field } from '#lib/domain/editing/fields.ts';
import { wordsForm } from '#lib/domain/editing/choices.ts';
import { isSeveral, type Typed } from '#lib/domain/editing/typing.ts';
import { listOf, textOf } from './form.ts';

/** What the form of an entry holds: the fields that are offered, as typed, and the version they began from. */
export function receivedEntry(
	form: FormData,
	fields: readonly Field[] = wordsForm.fields
): { typed: Typed; version: number } {
	const typed = Object.fromEntries(
		fields
			// A form shown before the site asked for a field leaves it as it is.
			.filter(({ name }) => form.has(name))
			.map((field) => [
				field.name,
				// A box sends nothing when it isn't ticked: an empty value comes before it.
				isSeveral(field)
					? listOf(form, field.name).filter((value) => value !== '' || field.kind === 'structure')
					: field.kind === 'oui'
						? (listOf(form, field.name).at(-1) ?? '')
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
