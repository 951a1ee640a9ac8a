import * as v from 'valibot';
import type { FormErrors } from '../forms.ts';
import { hoursSentence } from '../fiche.ts';
import { problemsSentence, readFrenchHours } from '../hours/french/french.ts';
import { formatPhone } from '../phone.ts';
import { wordsOf } from '../search/words.ts';
import { agesAgree, directLine, professionalContact, serviceEntries, serviceTies } from '../service.ts';
import { tidyFrench, tidyTyped } from '../typography.ts';
import { readWebAddress } from '../web-address.ts';
import { type Choices, type EntryForm, isOffered, wordsForm, wordsOfCodes } from './choices.ts';
import type { Field, FieldName } from './fields.ts';

/** The values of an entry, by field. One that is absent is not known, and left as it is. */
export type Facts = Partial<Record<FieldName, unknown>>;

/** What a form holds of each field, as typed: a text, or the codes that are ticked. */
export type Typed = Partial<Record<FieldName, string | string[]>>;

/** The fields of which a form sends several values under one name. */
export function isSeveral({ kind }: Field): boolean {
	return kind === 'termes' || kind === 'places' || kind === 'structure';
}

/** A value as its field shows it, to be typed again. */
export function typedOf(field: Field, value: unknown): string | string[] {
	// The one chosen in the list, then the name of a new one.
	if (field.kind === 'structure') return typeof value === 'string' ? [value, ''] : ['', ''];
	if (isSeveral(field)) return Array.isArray(value) ? value.map(String) : [];
	if (field.kind === 'lignes') return Array.isArray(value) ? value.map(String).join('\n') : '';
	if (typeof value === 'number') return ageText(value);
	if (value === true) return 'oui';
	if (typeof value !== 'string') return '';
	if (field.kind === 'horaires') return hoursSentence({ horaires_accueil: value }) ?? value;
	return value;
}

/** Hours (OSM opening_hours) as they are typed: in French where that is read back to the letter, else as they are kept. */
export function typedHours(osm: string): string {
	const french = hoursSentence({ horaires_accueil: osm });
	const read = french === null ? undefined : readFrenchHours(french);
	if (french === null || read === undefined || 'problems' in read) return osm;
	return read.osm === osm && read.precisions.length + read.assumptions.length === 0 ? french : osm;
}

/** The whole form of an entry. */
export function typedForm(facts: Facts, fields = wordsForm.fields): Typed {
	return Object.fromEntries(fields.map((field) => [field.name, typedOf(field, facts[field.name])]));
}

const chooseInList = 'Choisissez dans la liste.';

/** The rule of each field, whoever writes it. */
export const fieldRules = {
	...serviceEntries,
	nature: v.picklist(serviceEntries.nature.options, chooseInList),
	...serviceTies,
	pro_contact_nom_prenom: professionalContact.contact_nom_prenom,
	pro_telephone: directLine,
	pro_courriel: professionalContact.courriel,
	pro_notes: professionalContact.notes
} satisfies Record<FieldName, v.GenericSchema>;

/** What was read from a form: the entry's values, what hours mean beyond them, and what must be corrected. */
export interface Reading {
	facts: Facts;
	/** What was taken for granted when hours were read, to be confirmed. */
	assumptions: string[];
	errors: FormErrors;
}

/**
 * Reads a form against the entry as it was when the form was shown: a field left as it was keeps its value to the
 * letter, and so does one that `typed` lacks. Lines that were typed get the typography of French; those of `before`, or of
 * `kept` where it isn't the entry that they were typed over, stay as they were. Errors are French sentences by field;
 * `facts` then keeps the former value of those fields.
 */
export function readForm(
	typed: Typed,
	before: Facts,
	{ fields, choices } = wordsForm,
	kept: Facts = before
): Reading {
	const facts: Facts = { ...before };
	const errors: FormErrors = {};
	const assumptions: string[] = [];
	const precisions: string[] = [];
	const keep = ({ name }: Pick<Field, 'name'>, value: unknown, asTyped: unknown = value) => {
		const tidied = v.safeParse(fieldRules[name], value);
		// A sign more may be one too many: what is typed isn't refused for its typography.
		const checked = tidied.success ? tidied : v.safeParse(fieldRules[name], asTyped);
		if (checked.success) facts[name] = checked.output;
		else errors[name] = checked.issues[0].message;
	};
	for (const field of fields) {
		const text = typed[field.name];
		if (text === undefined || isSameTyped(text, typedOf(field, before[field.name]))) {
			// An entry begins without what it can't be published without.
			if (field.required) keep(field, before[field.name]);
			continue;
		}
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
		const value = field.kind === 'age' ? readAge(String(text), field.name) : valueOf(field, text, choices);
		if (value === undefined) {
			errors[field.name] = 'Cet âge ne se lit pas : écrivez par exemple 18 mois, ou 3 ans.';
			continue;
		}
		if (isChosen(field, value, before[field.name], choices))
			keep(field, tidiedValue(field, value, typedOf(field, kept[field.name])), value);
		else errors[field.name] = chooseInList;
	}
	// What hours can't hold goes beside them, after what was there.
	const said = typeof facts.horaires_precisions === 'string' ? [facts.horaires_precisions] : [];
	const more = precisions.map(tidyFrench).filter((one) => !said.join('\n').includes(one));
	if (more.length > 0) keep({ name: 'horaires_precisions' }, [...said, ...more].join('\n'));
	const ages = { age_min_mois: null, age_max_mois: null, ...facts } as {
		age_min_mois: number | null;
		age_max_mois: number | null;
	};
	if (!('age_max_mois' in errors) && !agesAgree(ages))
		errors.age_max_mois = 'L’âge de fin vient avant l’âge de début.';
	return { facts, assumptions, errors };
}

/** Whether what a list gave is in it; what was chosen before may stay. */
function isChosen(field: Field, value: unknown, before: unknown, choices: Choices): boolean {
	// Who runs it may be new; a place, a commune or an entry is there already.
	if (!['terme', 'termes', 'places'].includes(field.kind) || value === null) return true;
	const known = Array.isArray(before) ? before : [before];
	const chosen: unknown[] = Array.isArray(value) ? value : [value];
	return chosen.every((code) => known.includes(code) || isOffered(field, String(code), choices));
}

/**
 * A former state of an entry, to be put back: its fields that are offered, over the present ones. What a rule or a list
 * no longer allows stays as it is now, and so does what was not kept then.
 */
export function restored(state: Facts, present: Facts, { fields, choices }: EntryForm): Facts {
	const facts: Facts = { ...present };
	for (const field of fields) {
		if (!(field.name in state)) continue;
		const checked = v.safeParse(fieldRules[field.name], state[field.name]);
		if (checked.success && isChosen(field, checked.output, present[field.name], choices))
			facts[field.name] = checked.output;
	}
	return facts;
}

/** Whether a form holds the same of a field, whatever the line ends of the browser. */
export function isSameTyped(a: string | string[], b: string | string[]): boolean {
	if (typeof a === 'string' || typeof b === 'string') return normal(a) === normal(b);
	return a.filter(Boolean).toSorted().join() === b.filter(Boolean).toSorted().join();
}

/** Browsers send line ends as CR LF. */
function normal(text: string | string[]): string {
	return String(text).replace(/\r\n?/g, '\n').trim();
}

function valueOf(field: Field, typed: string | string[], choices: Choices): unknown {
	if (field.kind === 'structure') return structureOf(typed, choices);
	if (isSeveral(field)) return Array.isArray(typed) ? typed.filter(Boolean) : [typed].filter(Boolean);
	const text = normal(typed);
	if (field.kind === 'lignes')
		return text
			.split('\n')
			.map((line) => line.trim())
			.filter(Boolean);
	if (field.kind === 'oui') return text !== '';
	if (field.type === 'url' && !/\s/.test(text)) return readWebAddress(text) ?? (text === '' ? null : text);
	// A name can't go; the other texts may.
	return text === '' && !field.required ? null : text;
}

/**
 * A value that was typed, with the typography of French where it is words: not a number, an address, a code. `stored` is
 * what it was typed over, as its field shows it.
 */
export function tidiedValue({ kind, type }: Field, value: unknown, stored: string | string[]): unknown {
	const was = [stored].flat().join('\n');
	if (kind === 'lignes' && Array.isArray(value)) return value.map((line) => tidyTyped(String(line), was));
	const isWords = kind === 'texte' || (kind === 'ligne' && type === undefined);
	return isWords && typeof value === 'string' ? tidyTyped(value, was) : value;
}

/** Who runs it: the new name where there is one, else the one chosen. A name already known is that one. */
function structureOf(typed: string | string[], { structure = [] }: Choices): string {
	const [chosen = '', named = ''] = (Array.isArray(typed) ? typed : [typed]).map((text) => normal(text));
	const name = plainWords(named);
	return name === ''
		? chosen
		: (structure.find(({ fr }) => plainWords(fr) === name)?.fr ?? tidyFrench(named.replace(/\s+/g, ' ')));
}

/** A name without its capitals, accents and signs: two that read the same are the same. */
function plainWords(name: string): string {
	return wordsOf(name).join(' ');
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
export function wordsOfValue(field: Field, value: unknown, choices: Choices = {}): string {
	if (field.kind === 'structure') return typeof value === 'string' ? value : '';
	if (field.kind === 'oui') return value === true ? 'Oui' : '';
	if (field.kind === 'terme' || isSeveral(field)) {
		const codes = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
		return wordsOfCodes(field, codes, choices);
	}
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

/** What changes from one state to another, field by field, in the order of the form. What one of them lacks is unchanged. */
export function differencesBetween(
	before: Facts,
	after: Facts,
	{ fields, choices } = wordsForm
): Difference[] {
	return fields.flatMap((field) => {
		if (!(field.name in before && field.name in after)) return [];
		const [was, is] = [before[field.name] ?? null, after[field.name] ?? null];
		if (JSON.stringify(was) === JSON.stringify(is)) return [];
		return {
			name: field.name,
			label: field.professional ? `${field.label} (ne pas diffuser)` : field.label,
			avant: wordsOfValue(field, was, choices),
			apres: wordsOfValue(field, is, choices)
		};
	});
}
