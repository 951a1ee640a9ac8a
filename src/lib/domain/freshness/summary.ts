import { type Difference, type Facts, wordsOfValue } from '../editing/typing.ts';
import { type Field, type FieldName, fieldGroups, wordsFields } from '../editing/fields.ts';

/** A fact of an entry in words, under the name its form gives it. */
export type Line = Pick<Difference, 'name' | 'label'> & { words: string };

/** What changes most often, and hurts most when it is wrong. */
const essentials = fieldGroups
	.filter(({ slug }) => slug === 'contact' || slug === 'horaires')
	.flatMap((group) => group.fields);

const essentialNames = new Set<FieldName>([
	...essentials.map(({ name }) => name),
	'resume',
	'frais',
	'publics'
]);

/** What an entry says of how to reach it, when, for whom and at what price; its name left out. */
export function essentialLines(facts: Facts): Line[] {
	return linesOf(
		facts,
		wordsFields.filter(({ name }) => essentialNames.has(name))
	);
}

/** All that an entry says in words, its name left out: what people read, and someone who has it before them can check. */
export function allLines(facts: Facts): Line[] {
	return linesOf(
		facts,
		wordsFields.filter(({ name }) => name !== 'nom' && name !== 'nom_court')
	);
}

/** Only what is filled; the parts of an address are one line. */
function linesOf(facts: Facts, wanted: readonly Field[]): Line[] {
	return wanted.flatMap((field) => {
		if (['complement_adresse', 'code_postal', 'ville'].includes(field.name)) return [];
		const words =
			field.name === 'adresse' ? addressOf(facts) : wordsOfValue(field, facts[field.name] ?? null);
		return words === '' ? [] : { name: field.name, label: field.label, words };
	});
}

function addressOf({ adresse, complement_adresse, code_postal, ville }: Facts): string {
	const town = [code_postal, ville].filter(isWritten).join(' ');
	return [adresse, complement_adresse, town].filter(isWritten).join(', ');
}

function isWritten(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
