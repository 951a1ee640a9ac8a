import type { Field } from '#lib/domain/editing/fields.ts';
import { isSeveral, type Typed } from '#lib/domain/editing/typing.ts';
import { formOf, listOf, textOf } from '../../form.ts';

/** What the form of an entry holds: the fields that are offered, as typed, and the version they began from. */
export async function received(
	request: Request,
	fields: readonly Field[]
): Promise<{ typed: Typed; version: number }> {
	const form = await formOf(request);
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
	const version = Number(textOf(form, 'version'));
	return { typed, version: Number.isSafeInteger(version) ? version : 0 };
}
