import * as v from 'valibot';
import type { FormErrors } from '../forms.ts';
import { agesAgree } from '../service.ts';
import { tidyTyped } from '../typography.ts';
import { type FieldName, wordsFields } from './fields.ts';
import { type Facts, fieldRules, wordsOfValue } from './typing.ts';

/** Some fields of an entry: those that someone would change. */
export type SomeFacts = Partial<Facts>;

/** What someone proposes to change, field by field. */
export interface Change {
	/** The fields as the person read them. */
	before: SomeFacts;
	/** The same fields as the person would have them. */
	proposed: SomeFacts;
}

/** Longest word that goes with a proposal, or with its answer. */
export const longestWord = 500;

/** A word from one person to another, with the typography of French: null when there is none. Line ends are those of a text, not of a browser. */
export const wordSchema = v.pipe(
	v.string(),
	v.transform((text) => text.replace(/\r\n?/g, '\n').trim()),
	v.maxLength(longestWord, `Ce mot est trop long : ${longestWord} caractères au plus.`),
	v.transform((text) => (text === '' ? null : tidyTyped(text, '', longestWord)))
);

/** What differs between what someone read and what they wrote: nothing else of the entry is kept. */
export function changeOf(before: Facts, after: Facts): Change {
	const changed = wordsFields.map(({ name }) => name).filter((name) => !isSame(before[name], after[name]));
	const some = (facts: Facts) =>
		Object.fromEntries(changed.map((name) => [name, facts[name] ?? null])) as SomeFacts;
	return { before: some(before), proposed: some(after) };
}

/** A proposed field in words, and whether people still read there what the person read. */
export interface ProposedField {
	name: FieldName;
	label: string;
	/** What the person read when proposing. */
	alors: string;
	/** What people read now. */
	maintenant: string;
	propose: string;
	/** `asked`: to decide. `moved`: someone changed it since. `done`: people read what is proposed already. */
	state: 'asked' | 'moved' | 'done';
}

/** The proposed fields against what people read now, in the order of the form. */
export function proposedFields({ before, proposed }: Change, present: Facts): ProposedField[] {
	return wordsFields.flatMap((field) => {
		const { name, label } = field;
		if (!Object.hasOwn(proposed, name)) return [];
		const moved = isSame(before[name], present[name]) ? 'asked' : 'moved';
		return {
			name,
			label,
			alors: wordsOfValue(field, before[name]),
			maintenant: wordsOfValue(field, present[name]),
			propose: wordsOfValue(field, proposed[name]),
			state: isSame(present[name], proposed[name]) ? 'done' : moved
		};
	});
}

/** The entry as it is now with these proposed fields taken, and what then would not hold: French sentences by field. */
export function withTaken(
	present: Facts,
	proposed: SomeFacts,
	names: readonly string[]
): { facts: Facts; errors: FormErrors } {
	const facts: Facts = { ...present };
	const errors: FormErrors = {};
	for (const { name } of wordsFields) {
		if (!names.includes(name) || !Object.hasOwn(proposed, name)) continue;
		// It was right when it was proposed; the rules may have changed since.
		const checked = v.safeParse(fieldRules[name], proposed[name]);
		if (checked.success) facts[name] = proposed[name];
		else errors[name] = checked.issues[0].message;
	}
	const ages = facts as { age_min_mois: number | null; age_max_mois: number | null };
	if (!agesAgree(ages)) errors.age_max_mois = 'L’âge de fin vient avant l’âge de début : prenez les deux.';
	return { facts, errors };
}

/** What became of one proposed field, in words. */
export interface AnsweredField {
	label: string;
	propose: string;
	publie: string;
	/** `taken` as proposed, `amended` by whoever decided, or `left` as it was. */
	state: 'taken' | 'amended' | 'left';
}

/** What became of each proposed field, once `published` is what people read. */
export function answeredFields({ before, proposed }: Change, published: SomeFacts): AnsweredField[] {
	return wordsFields.flatMap((field) => {
		const { name, label } = field;
		if (!Object.hasOwn(proposed, name)) return [];
		const left = isSame(before[name], published[name]) ? 'left' : 'amended';
		return {
			label,
			propose: wordsOfValue(field, proposed[name]),
			publie: wordsOfValue(field, published[name]),
			state: isSame(proposed[name], published[name]) ? 'taken' : left
		};
	});
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
