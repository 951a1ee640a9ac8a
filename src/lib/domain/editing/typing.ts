import * as v from 'valibot';
import type { FormErrors } from '../forms.ts';
import { hoursSentence } from '../fiche.ts';
import { problemsSentence, readFrenchHours } from '../hours/french/french.ts';
import { formatPhone } from '../phone.ts';
import { agesAgree, serviceFields } from '../service.ts';
import { joinTerms, labelOf } from '../vocabulary.ts';
import { type Field, type FieldName, fields } from './fields.ts';

/** The values of an entry that its form holds. */
export type Facts = Record<FieldName, unknown>;

/** What a form holds of each field, as typed: a text, or the codes that are ticked. */
export type Typed = Record<FieldName, string | string[]>;

/** A value as its field shows it, to be typed again. */
export function typedOf(field: Field, value: unknown): string | string[] {
	if (field.kind === 'termes') return Array.isArray(value) ? value.map(String) : [];
	if (field.kind === 'lignes') return Array.isArray(value) ? value.map(String).join('\n') : '';
	if (typeof value === 'number') return ageText(value);
	if (typeof value !== 'string') return '';
	if (field.kind === 'horaires') return hoursSentence({ horaires_accueil: value }) ?? value;
	return value;
}

/** The whole form of an entry. */
export function typedForm(facts: Facts): Typed {
	return Object.fromEntries(fields.map((field) => [field.name, typedOf(field, facts[field.name])])) as Typed;
}

/** What was read from a form: the entry's values, what hours mean beyond them, and what must be corrected. */
export interface Reading {
	facts: Facts;
	/** What was taken for granted when hours were read, to be confirmed. */
	assumptions: string[];
	errors: FormErrors;
}

/**
 * Reads a form against the entry as it was when the form was shown: a field left as it was keeps its value to the
 * letter. Errors are French sentences by field; `facts` then keeps the former value of those fields.
 */
export function readForm(typed: Typed, before: Facts): Reading {
	const facts: Facts = { ...before };
	const errors: FormErrors = {};
	const assumptions: string[] = [];
	const precisions: string[] = [];
	const keep = ({ name }: Pick<Field, 'name'>, value: unknown) => {
		const checked = v.safeParse(serviceFields[name], value);
		if (checked.success) facts[name] = checked.output;
		else errors[name] = checked.issues[0].message;
	};
	for (const field of fields) {
		const text = typed[field.name];
		if (isSame(text, typedOf(field, before[field.name]))) continue;
		if (field.kind === 'horaires') {
			const hours = readHours(String(text));
			if ('error' in hours) {
				errors[field.name] = hours.error;
				continue;
			}
			assumptions.push(...hours.assumptions);
			precisions.push(...hours.precisions);
			keep(field, hours.osm);
			continue;
		}
		const value = field.kind === 'age' ? readAge(String(text), field.name) : valueOf(field, text);
		if (value === undefined) {
			errors[field.name] = 'Cet âge ne se lit pas : écrivez par exemple 18 mois, ou 3 ans.';
			continue;
		}
		keep(field, value);
	}
	// What hours can't hold goes beside them, after what was there.
	const said = typeof facts.horaires_precisions === 'string' ? [facts.horaires_precisions] : [];
	const more = precisions.filter((one) => !said.join('\n').includes(one));
	if (more.length > 0) keep({ name: 'horaires_precisions' }, [...said, ...more].join('\n'));
	const ages = facts as { age_min_mois: number | null; age_max_mois: number | null };
	if (!('age_max_mois' in errors) && !agesAgree(ages))
		errors.age_max_mois = 'L’âge de fin vient avant l’âge de début.';
	return { facts, assumptions, errors };
}

function isSame(a: string | string[], b: string | string[]): boolean {
	return typeof a === 'string' || typeof b === 'string'
		? normal(a) === normal(b)
		: a.toSorted().join() === b.toSorted().join();
}

/** Browsers send line ends as CR LF. */
function normal(text: string | string[]): string {
	return String(text).replace(/\r\n?/g, '\n').trim();
}

function valueOf(field: Field, typed: string | string[]): unknown {
	if (field.kind === 'termes') return typed;
	const text = normal(typed);
	if (field.kind === 'lignes')
		return text
			.split('\n')
			.map((line) => line.trim())
			.filter(Boolean);
	// A name can't go; the other texts may.
	return text === '' && field.name !== 'nom' && field.name !== 'description' ? null : text;
}

type Hours = { osm: string | null; precisions: string[]; assumptions: string[] } | { error: string };

function readHours(typed: string): Hours {
	const text = normal(typed);
	if (text === '') return { osm: null, precisions: [], assumptions: [] };
	const read = readFrenchHours(text);
	return 'problems' in read ? { error: problemsSentence(read.problems) } : read;
}

/** An age in whole months, undefined when it can't be read; the end of an age is its last month: « 6 ans » lasts until 6 years and 11 months. */
function readAge(typed: string, field: FieldName): number | null | undefined {
	const text = normal(typed).toLowerCase();
	if (text === '') return null;
	const [, number = '', unit = ''] = /^(\d+)\s*(semaines?|mois|ans?)$/.exec(text) ?? [];
	if (number === '') return undefined;
	const n = Number(number);
	if (unit.startsWith('semaine')) return Math.floor((n * 12) / 52);
	if (unit === 'mois') return n;
	return field === 'age_max_mois' ? n * 12 + 11 : n * 12;
}

function ageText(months: number): string {
	if (months < 24 && months % 12 !== 0) return `${months} mois`;
	const years = Math.floor(months / 12);
	return `${years} ${years > 1 ? 'ans' : 'an'}`;
}

/** A value in words, as a person compares it; empty when there is none. */
export function wordsOfValue(field: Field, value: unknown): string {
	const { vocabulary } = field;
	if (vocabulary && Array.isArray(value))
		return joinTerms(value.map((code) => labelOf(vocabulary, String(code))));
	if (vocabulary && typeof value === 'string') return labelOf(vocabulary, value);
	if (field.type === 'tel' && typeof value === 'string') return formatPhone(value);
	return String(typedOf(field, value));
}

/** One difference between two states of an entry, in words. */
export interface Difference {
	name: FieldName;
	label: string;
	avant: string;
	apres: string;
}

/** What changes from one state to another, field by field, in the order of the form. */
export function differencesBetween(before: Facts, after: Facts): Difference[] {
	return fields.flatMap((field) => {
		const [was, is] = [before[field.name] ?? null, after[field.name] ?? null];
		if (JSON.stringify(was) === JSON.stringify(is)) return [];
		return {
			name: field.name,
			label: field.label,
			avant: wordsOfValue(field, was),
			apres: wordsOfValue(field, is)
		};
	});
}
