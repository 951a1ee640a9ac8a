import { fail } from '@sveltejs/kit';
import { termsOf } from '#lib/domain/editing/choices.ts';
import { type Field, wordsFields } from '#lib/domain/editing/fields.ts';
import { canBeAddedTo, type OwnChoice, readOwnChoice } from '#lib/domain/editing/own-state.ts';
import { isSeveral, typedOf, wordsOfValue } from '#lib/domain/editing/typing.ts';
import { mergeVariants } from '#lib/domain/variants.ts';
import type { Editable } from '#lib/server/editing/editable.ts';
import { formOf, listOf, textOf } from '../../../../form.ts';

/** One field of a shared entry that a commune says after the common text, or in its place, as its form shows it. */
export function fieldForm({ base, own }: Editable, name: string | null) {
	const field = wordsFields.find((one) => one.name === name && canBeAddedTo(one));
	if (!field) return null;
	const mine = own.find((one) => one.field === field.name);
	return {
		name: field.name,
		label: field.label,
		kind: field.kind,
		common: wordsOfValue(field, base[field.name]),
		choix: mine?.mode ?? 'suivre',
		mots: typedOf(field, mine?.value ?? null),
		terms: termsOf(field, {}).map(({ code, fr }) => ({ code, fr }))
	};
}

/** The fields that a commune may say so, to choose one. */
export function fieldsToAddTo({ own }: Editable) {
	return wordsFields.filter(canBeAddedTo).map(({ name, label }) => ({
		name,
		label,
		isOwn: own.some(({ field }) => field === name)
	}));
}

/** What was chosen and typed for a field: read, with what people would read; or what must be corrected. */
export async function readOwnWords(editable: Editable, request: Request) {
	const form = await formOf(request);
	const field = wordsFields.find((one) => one.name === textOf(form, 'champ') && canBeAddedTo(one));
	const choix = textOf(form, 'choix');
	const version = Number(textOf(form, 'version'));
	if (!field) return { problem: fail(400, { errors: { mots: 'Choisissez un champ de la fiche.' } }) };
	const mots = isSeveral(field) ? listOf(form, 'mots').filter(Boolean) : textOf(form, 'mots');
	const typed = { champ: field.name, choix, mots, version };
	const present = editable.own.find((one) => one.field === field.name) ?? null;
	const { own, error } = readOwnChoice(field, choix, mots, editable.base, present);
	if (error !== undefined) return { problem: fail(400, { typed, errors: { mots: error } }) };
	return { field, own, typed, read: readWith(field, editable, own) };
}

function readWith(field: Field, { base }: Editable, own: OwnChoice): string {
	const read = own === null ? base : mergeVariants(base, [{ field: field.name, ...own }]);
	return wordsOfValue(field, read[field.name]);
}
