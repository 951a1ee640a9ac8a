import { formatDate } from '../dates.ts';
import { type Field, fields } from '../editing/fields.ts';
import { typedHours } from '../editing/typing.ts';
import { hoursSentence } from '../fiche.ts';
import { allLines } from '../freshness/summary.ts';
import { labelOf } from '../vocabulary.ts';
import { columns, type ProfessionalTarget, type Target } from './columns.ts';
import type { Place } from './places.ts';
import { ageCell } from './values.ts';

/** What is for professionals only. */
export interface ProfessionalContact {
	contact_nom_prenom: string | null;
	telephone: string | null;
	courriel: string | null;
	notes: string | null;
}

/** An entry's place on a theme's page. */
export interface Placement {
	theme: string;
	section: string;
}

/** All that an import, an export and the merging of two entries know of one. */
export interface EntryState {
	slug: string;
	nature: string;
	urgence: boolean;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
	/** The communes that read it, in the territory's order. */
	communes: string[];
	/** The name of who runs it. */
	structure: string;
	themes: Placement[];
	/** The fields of `serviceFields`. */
	facts: Record<string, unknown>;
	mots: string[];
	source: string | null;
	source_lien: string | null;
	releve_le: string | null;
	professional: ProfessionalContact;
}

/** What the cells of a file may name. */
export interface Territory {
	places: readonly Place[];
	themes: readonly { slug: string; nom: string; sections: readonly { slug: string; nom: string }[] }[];
}

/** The word for « every commune » in the column of the communes served. */
export const everyCommune = 'Toutes';

/** What parts the items of a list in a cell. */
export const listSign = ' ; ';

const professionalKeys: Readonly<Record<ProfessionalTarget, keyof ProfessionalContact>> = {
	pro_nom: 'contact_nom_prenom',
	pro_telephone: 'telephone',
	pro_courriel: 'courriel',
	pro_notes: 'notes'
};

/** The part of a professional contact that a column holds; undefined for the other columns. */
export function professionalKey(target: Target): keyof ProfessionalContact | undefined {
	return Object.hasOwn(professionalKeys, target) ? professionalKeys[target as ProfessionalTarget] : undefined;
}

const fieldOf = new Map<string, Field>(fields.map((field) => [field.name, field]));

/** The field of the form that a column holds; undefined for the other columns. */
export function findField(target: Target): Field | undefined {
	return fieldOf.get(target);
}

/** The value that a column holds of an entry. */
export function valueOf(target: Target, state: EntryState): unknown {
	const key = professionalKey(target);
	if (key !== undefined) return state.professional[key];
	return Object.hasOwn(state, target) ? state[target as keyof EntryState] : (state.facts[target] ?? null);
}

/** What a column says of an entry, as people read it and as it is read back; empty when there is nothing. */
export function cellOf(target: Target, state: EntryState, territory: Territory): string {
	const key = professionalKey(target);
	if (key !== undefined) return state.professional[key] ?? '';
	const write = writers[target];
	return write ? write(state, territory) : factCell(target, state.facts[target]);
}

/** How what isn't a field of `serviceFields` is written. */
const writers: Partial<Record<Target, (state: EntryState, territory: Territory) => string>> = {
	slug: ({ slug }) => slug,
	nature: ({ nature }) => labelOf('natures', nature),
	urgence: ({ urgence }) => (urgence ? 'oui' : ''),
	commune: ({ commune }, territory) => (commune === null ? '' : communeName(commune, territory)),
	communes: ({ commune, communes }, territory) => (commune === null ? servedCell(communes, territory) : ''),
	structure: ({ structure }) => structure,
	themes: ({ themes }, territory) =>
		themes.map((placement) => placementCell(placement, territory)).join(listSign),
	mots: ({ mots }) => mots.join(listSign),
	source: ({ source }) => source ?? '',
	source_lien: ({ source_lien }) => source_lien ?? '',
	releve_le: ({ releve_le }) => releve_le ?? ''
};

function factCell(target: Target, value: unknown): string {
	const field = findField(target);
	if (Array.isArray(value)) {
		const { vocabulary } = field ?? {};
		const items = value.map((item) => (vocabulary ? labelOf(vocabulary, String(item)) : String(item)));
		return items.join(field?.kind === 'lignes' ? '\n' : listSign);
	}
	if (typeof value === 'number')
		return field?.kind === 'age' ? ageCell(value, target === 'age_max_mois' ? 'max' : 'min') : String(value);
	if (typeof value !== 'string') return '';
	if (field?.kind === 'horaires') return hoursCell(value);
	return field?.vocabulary ? labelOf(field.vocabulary, value) : value;
}

const hoursCells = new Map<string, string>();

/** Hours in French where they are read back to the letter, else as they are kept. */
function hoursCell(osm: string): string {
	const known = hoursCells.get(osm);
	if (known !== undefined) return known;
	const cell = typedHours(osm);
	if (hoursCells.size > 5000) hoursCells.clear();
	hoursCells.set(osm, cell);
	return cell;
}

function communeName(slug: string, { places }: Territory): string {
	return places.find((place) => place.slug === slug)?.nom ?? slug;
}

function servedCell(slugs: readonly string[], territory: Territory): string {
	if (slugs.length === territory.places.length) return everyCommune;
	return slugs.map((slug) => communeName(slug, territory)).join(listSign);
}

/** « Petite enfance › Faire garder mon enfant » */
function placementCell({ theme, section }: Placement, { themes }: Territory): string {
	const found = themes.find(({ slug }) => slug === theme);
	return `${found?.nom ?? theme} › ${found?.sections.find(({ slug }) => slug === section)?.nom ?? section}`;
}

/** The same for people alone, who don't send it back: hours in French, a day in full. */
export function wordsOf(target: Target, state: EntryState, territory: Territory): string {
	if (target === 'releve_le' && state.releve_le !== null) return formatDate(state.releve_le, 'annee');
	const value = state.facts[target];
	if (findField(target)?.kind === 'horaires' && typeof value === 'string')
		return hoursSentence({ horaires_accueil: value }) ?? value;
	return cellOf(target, state, territory);
}

/** One thing that an entry says, in words. */
export interface Fact {
	name: string;
	label: string;
	words: string;
}

/** What stands beside the words of an entry that people check before it is created. */
const around: readonly Target[] = [
	'commune',
	'structure',
	'themes',
	'mots',
	'pro_nom',
	'pro_telephone',
	'pro_courriel',
	'pro_notes'
];

/** All that an entry says, its name left out, as whoever is about to create it checks it. */
export function factsOf(state: EntryState, territory: Territory): Fact[] {
	const beside = columns
		.filter(({ target }) => around.includes(target))
		.map(({ target, words }) => ({ name: target, label: words, words: wordsOf(target, state, territory) }));
	return [...allLines(state.facts), ...beside.filter(({ words }) => words !== '')];
}

/** One thing that changes between two states of an entry, in words. */
export interface Change {
	name: Target;
	label: string;
	avant: string;
	apres: string;
}

/** What changes from one state to another, column by column, in the order of an export. */
export function changesBetween(before: EntryState, after: EntryState, territory: Territory): Change[] {
	return columns.flatMap(({ target, words: label }) => {
		const [avant, apres] = [cellOf(target, before, territory), cellOf(target, after, territory)];
		if (avant === apres) return [];
		const [was, is] = [wordsOf(target, before, territory), wordsOf(target, after, territory)];
		return { name: target, label, avant: was, apres: is };
	});
}
