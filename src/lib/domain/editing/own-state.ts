import { mergeVariants, type Variant } from '../variants.ts';
import type { Field, FieldName } from './fields.ts';
import { type Facts, isSameTyped, isSeveral, readForm, typedOf } from './typing.ts';

/*
 * A commune's words of an entry, beyond what a field holds: whether they stand in the place of the common text or after
 * it. In the history, a state has what people read of each field of the commune's own, and under `ajouts` what was added.
 */

/** What was added after the common text, by field, in a state that the history keeps. */
export function additionsIn(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const { ajouts } = state;
	return typeof ajouts === 'object' && ajouts !== null ? { ...ajouts } : {};
}

/** What people read of an entry when a commune's state stood over this common base: what it added comes after it. */
export function readOver(base: Facts, state: Readonly<Record<string, unknown>>): Facts {
	const { ajouts: _ajouts, ...replaced } = state;
	const added = Object.entries(additionsIn(state)).map(([field, value]): Variant => ({
		field,
		mode: 'add',
		value
	}));
	const read: Facts = { ...base, ...replaced };
	for (const one of added)
		Object.assign(read, { [one.field]: mergeVariants(base, [one])[one.field as keyof Facts] });
	return read;
}

/** What comes after the common text when what people read begins with it; undefined when it doesn't, or nothing does. */
export function restAfter(common: unknown, read: unknown): unknown {
	if (Array.isArray(common) && Array.isArray(read)) {
		const terms: unknown[] = read;
		const rest = terms.filter((term) => !common.includes(term));
		return rest.length > 0 && common.every((term) => terms.includes(term)) ? rest : undefined;
	}
	if (typeof common !== 'string' || typeof read !== 'string' || common === '') return undefined;
	const rest = read.startsWith(`${common}\n\n`) ? read.slice(common.length + 2).trim() : '';
	return rest === '' ? undefined : rest;
}

/**
 * How a commune comes to say a field of which people are to read `value`: null when that is the common text; words that
 * it adds already stay added as long as nobody rewrites the whole. `added` is given when it is said what is added.
 */
export function choiceAfter(
	{ base, own }: { base: Facts; own: readonly Variant[] },
	name: FieldName,
	value: unknown,
	added?: unknown
): OwnChoice {
	if (isSame(value, base[name])) return null;
	const isAdded = own.some(({ field, mode }) => field === name && mode === 'add');
	const rest = added ?? (isAdded ? restAfter(base[name], value) : undefined);
	if (rest !== undefined) {
		const addition: OwnChoice = { mode: 'add', value: rest };
		if (isSame(value, mergeVariants(base, [{ field: name, ...addition }])[name])) return addition;
	}
	return { mode: 'replace', value: value ?? null };
}

/** Whether a commune may add to this field: a text of several lines, or a list. */
export function canBeAddedTo({ kind }: Field): boolean {
	return kind === 'texte' || kind === 'lignes' || kind === 'termes';
}

/** What a commune says of one field: after the common text or in its place; null: it follows it. */
export type OwnChoice = Pick<Variant, 'mode' | 'value'> | null;

/**
 * What was chosen and typed for one field, read; or a French sentence that says what to correct. `present` is what the
 * commune says now, that the form was shown with.
 */
export function readOwnChoice(
	field: Field,
	choice: string,
	typed: string | string[],
	base: Facts,
	present: OwnChoice = null
): { own: OwnChoice; error?: undefined } | { own?: undefined; error: string } {
	if (choice === 'suivre') {
		// Following the common text would lose what was just typed.
		if (isEmptyTyped(typed) || isSameTyped(typed, typedOf(field, present?.value))) return { own: null };
		return {
			error: isSeveral(field)
				? 'Vous avez coché des mots dans la liste : choisissez « Ajouter à la suite » ou « Remplacer », ou décochez-les.'
				: 'Vous avez écrit un texte : cochez « Ajouter à la suite » ou « Remplacer », ou videz la case.'
		};
	}
	if (choice !== 'add' && choice !== 'replace')
		return { error: 'Choisissez : suivre le texte commun, l’allonger ou le remplacer.' };
	if (isEmptyTyped(typed)) return { error: 'Écrivez vos mots, ou choisissez de suivre le texte commun.' };
	const form = { fields: [field], choices: {} };
	const nothing: Facts = { ...base, [field.name]: isSeveral(field) || field.kind === 'lignes' ? [] : null };
	// What the commune says already, or takes from the common text, stays to the letter.
	const kept = [base[field.name], present?.value].map((value) => typedOf(field, value)).join('\n');
	const keptFacts: Facts = { [field.name]: field.kind === 'lignes' ? [kept] : kept };
	const { facts, errors } = readForm({ [field.name]: typed }, nothing, form, keptFacts);
	const value = facts[field.name];
	// What people read, the common text and what is added, keeps to the same rule.
	const read = mergeVariants(base, [{ field: field.name, mode: choice, value }])[field.name];
	const whole = readForm({ [field.name]: typedOf(field, read) }, nothing, form, { [field.name]: read });
	const error = errors[field.name] ?? whole.errors[field.name];
	return error === undefined ? { own: { mode: choice, value } } : { error };
}

function isEmptyTyped(typed: string | string[]): boolean {
	return [typed].flat().join('').trim() === '';
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
