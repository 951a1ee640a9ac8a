import { agesAgree, serviceFields } from '../service.ts';
import type { Values } from './cells.ts';
import { columns, type Target } from './columns.ts';
import { type Change, cellOf, changesBetween, type EntryState, type Territory, valueOf } from './entry.ts';
import { areNear, nameKey } from './names.ts';
import {
	belongingOf,
	type Cells,
	newCells,
	readCells,
	type Refusal,
	type RowReading,
	withValues
} from './rows.ts';

/** An entry that is there already. */
export interface Known {
	id: number;
	state: EntryState;
	/** Whether whoever imports may change it. */
	isMine: boolean;
	isArchived: boolean;
}

/** What an import depends on beside its file. */
export interface Context {
	territory: Territory;
	known: readonly Known[];
	/** The communes whose entries whoever imports may write; null for all, the common base too. */
	communes: readonly string[] | null;
	/** The name of who runs what a commune, or the common base (null), has. */
	structureOf(commune: string | null): string;
	/** What the imported facts come from: the file, and the day it was read (AAAA-MM-JJ). */
	source: string;
	today: string;
}

/** An entry, or an earlier row of the file, that is likely the same as a row. */
export interface Likeness {
	/** The entry; undefined for a row. */
	known?: Known;
	/** The earlier row. */
	line?: number;
	nom: string;
	/** Why it is thought to be the same, in words. */
	why: string;
	/** The entry with what the row says where it said nothing. Undefined for a row. */
	completed?: Outcome;
	/** The entry with all that the row says, in place of its own words. Undefined for a row. */
	replaced?: Outcome;
}

/** What an entry becomes, and what that changes. */
export interface Outcome {
	after: EntryState;
	changes: Change[];
}

/** What an import proposes for one row. */
export type Proposal = {
	/** The row's number in the file, the first one being 1. */
	line: number;
	nom: string;
	notes: readonly string[];
	refused: readonly Refusal[];
} & (
	| { kind: 'refus'; reason: string }
	| { kind: 'hors'; place: string }
	| { kind: 'inchangee'; known: Known }
	| { kind: 'modification'; known: Known; after: EntryState; changes: Change[] }
	| ({ kind: 'doublon'; likes: Likeness[] } & Creation)
	| ({ kind: 'creation' } & Creation)
);

interface Creation {
	created: EntryState;
	/** What it would lack, in French. */
	missing: readonly string[];
}

/** Most entries shown as likely the same as one row. */
const mostLikes = 3;

/** Proposes what to do with each row, one after the other: a row is compared with the entries and with the rows before it. */
export function createPlanner(context: Context): (line: number, cells: Cells) => Proposal {
	const { territory, known, communes } = context;
	const bySlug = new Map(known.map((one) => [one.state.slug, one]));
	const present: Likely[] = known
		.filter(({ isArchived }) => !isArchived)
		.map((one) => ({ ...likelyOf(one.state), nom: nameOf(one.state), known: one }));

	return (line, cells) => {
		const nom = cells.nom?.text.replace(/\s+/g, ' ') ?? '';
		const base = { line, nom, notes: [], refused: [] };
		const named = cells.slug && bySlug.get(cells.slug.text);
		if (named) return { ...base, nom: nom || nameOf(named.state), ...forKnown(named, cells, context) };
		if (nom === '')
			return {
				...base,
				kind: 'refus',
				reason: 'Cette ligne n’a pas de nom : sans lui, on ne sait pas de qui elle parle.'
			};

		const reading = readCells(cells, territory);
		const { values, notes, refused } = reading;
		const told = { line, nom, notes, refused };
		const found = belongingOf(cells, values, territory);
		if (found && 'doubt' in found) return { ...told, kind: 'refus', reason: found.doubt };
		if (found && 'outside' in found && values.communes === undefined)
			return { ...told, notes: [], refused: [], kind: 'hors', place: found.outside };
		const isShared = cells.commune === undefined && values.communes !== undefined;
		const [only, ...others] = communes ?? [];
		const commune = isShared
			? null
			: found && 'slug' in found
				? found.slug
				: others.length === 0
					? (only ?? undefined)
					: undefined;
		if (commune === undefined)
			return {
				...told,
				kind: 'refus',
				reason: 'On ne sait pas de quelle commune : ajoutez une colonne « Commune », ou « Communes servies ».'
			};
		if (communes !== null && (commune === null || !communes.includes(commune)))
			return { ...told, kind: 'refus', reason: 'Cette ligne n’est pas de votre commune.' };

		const creation = createdOf(values, cells, commune, context);
		const { created } = creation;
		const likes = likesOf(created, cells, present, context);
		const same = likes.find((one) => one.replaced?.changes.length === 0 && one.isSameName);
		if (same?.known) return { ...told, kind: 'inchangee', known: same.known };
		present.push({ ...likelyOf(created), nom, line });
		return likes.length > 0
			? { ...told, kind: 'doublon', likes: likes.slice(0, mostLikes), ...creation }
			: { ...told, kind: 'creation', ...creation };
	};
}

/** What to do with a row that names an entry by its identifier. */
function forKnown(known: Known, cells: Cells, context: Context) {
	const fresh = newCells(cells, known.state, context.territory);
	const { notes, refused, after, changes } = changedBy(known, fresh, context);
	if (changes.length === 0 && refused.length === 0) return { kind: 'inchangee' as const, known };
	if (!known.isMine)
		return {
			kind: 'refus' as const,
			reason: 'Cette fiche n’est pas celle de votre commune : rien n’y est changé.'
		};
	if (known.isArchived)
		return { kind: 'refus' as const, reason: 'Cette fiche est archivée : remettez-la en ligne d’abord.' };
	const told = { notes, refused };
	return changes.length === 0
		? { ...told, kind: 'inchangee' as const, known }
		: { ...told, kind: 'modification' as const, known, after, changes };
}

type Changed = RowReading & Outcome;

/** An entry with what new cells say. Where it belongs and its address on the site are not changed by an import. */
function changedBy({ state }: Known, fresh: Cells, { territory, source, today }: Context): Changed {
	const reading = readCells(fresh, territory);
	const refused = [...reading.refused];
	if (fresh.commune)
		refused.push({ ...fresh.commune, reason: 'La commune d’une fiche ne se change pas par un import.' });
	const values = { ...reading.values };
	if (state.commune !== null) delete values.communes;
	let after = withAgesThatAgree(state, withValues(state, values));
	const changes = changesBetween(state, after, territory);
	if (changes.length > 0 && !('source' in values)) {
		after = { ...after, source, source_lien: null, releve_le: today };
		return { ...reading, refused, after, changes: changesBetween(state, after, territory) };
	}
	if ('source' in values && after.releve_le === null) after = { ...after, releve_le: today };
	return { ...reading, refused, after, changes };
}

/** Where facts were read. An entry's own proves its own words: what completes it leaves it as it is. */
const proofs: readonly Target[] = ['source', 'source_lien', 'releve_le'];

/** An entry with what a row says where it says nothing: none of its words goes. */
function completedBy({ state }: Known, replaced: EntryState, { territory }: Context): Outcome {
	const hasProof = state.source !== null;
	const kept = columns.filter(({ target }) =>
		proofs.includes(target) ? hasProof : cellOf(target, state, territory) !== ''
	);
	const own = kept.map(({ target }) => [target, valueOf(target, state)]);
	const after = withAgesThatAgree(state, withValues(replaced, Object.fromEntries(own) as Values));
	const changes = changesBetween(state, after, territory);
	return changes.some(isOfWords) ? { after, changes } : { after: state, changes: [] };
}

/** An entry whose ages contradict each other once a row was read keeps those it had. */
function withAgesThatAgree({ facts }: EntryState, after: EntryState): EntryState {
	const { age_min_mois, age_max_mois } = after.facts as Record<AgeName, number | null>;
	if (agesAgree({ age_min_mois, age_max_mois })) return after;
	return withValues(after, { age_min_mois: facts.age_min_mois, age_max_mois: facts.age_max_mois });
}

type AgeName = 'age_min_mois' | 'age_max_mois';

/** Whether a change is of what the entry says, not of where it was read. */
export function isOfWords({ name }: Change): boolean {
	return !proofs.includes(name);
}

/** A new entry, and what it lacks. The words that no entry goes without are taken from its name. */
function createdOf(values: Values, cells: Cells, commune: string | null, context: Context): Creation {
	const missing: string[] = [];
	const facts = Object.fromEntries(
		Object.keys(serviceFields).map((name) => [name, lists.includes(name) ? [] : null])
	);
	const empty: EntryState = {
		slug: cells.slug?.text ?? '',
		nature: 'service',
		urgence: false,
		commune,
		communes: commune === null ? [] : [commune],
		structure: context.structureOf(commune),
		themes: [],
		facts,
		mots: [],
		source: context.source,
		source_lien: null,
		releve_le: context.today,
		professional: { contact_nom_prenom: null, telephone: null, courriel: null, notes: null }
	};
	const created = withValues(empty, values);
	if (commune !== null) created.communes = [commune];
	// An address without its town is in the commune that the row names.
	const town = cells.commune?.text;
	if (created.facts.adresse && created.facts.ville === null && commune !== null)
		created.facts.ville = context.territory.places.find(({ slug }) => slug === commune)?.nom ?? town ?? null;
	if (created.facts.description === null) {
		created.facts.description = created.facts.resume ?? `${nameOf(created)}.`;
		missing.push('Sans description : le nom en tient lieu, à compléter.');
	}
	if (created.themes.length === 0)
		missing.push('Sans thème : on ne la trouvera que par la recherche, tant que vous n’en choisissez pas.');
	return { created, missing };
}

const lists = ['publics', 'modes_mobilisation', 'demarches', 'a_apporter', 'langues'];

/** What two entries are compared by. */
interface Likely {
	key: string;
	phone: unknown;
	commune: string | null;
	communes: readonly string[];
	nom: string;
	known?: Known;
	line?: number;
}

function likelyOf(state: EntryState): Omit<Likely, 'nom'> {
	const { commune, communes, facts } = state;
	return { key: nameKey(nameOf(state)), phone: facts.telephone, commune, communes };
}

function nameOf({ facts }: EntryState): string {
	return typeof facts.nom === 'string' ? facts.nom : '';
}

function likesOf(created: EntryState, cells: Cells, present: readonly Likely[], context: Context) {
	const mine = likelyOf(created);
	return present
		.flatMap((other) => {
			const isNear =
				mine.communes.some((slug) => other.communes.includes(slug)) && areNear(mine.key, other.key);
			const hasPhone = mine.phone !== null && mine.phone === other.phone;
			return isNear || hasPhone ? { other, isNear, hasPhone } : [];
		})
		.toSorted((a, b) => scoreOf(b) - scoreOf(a))
		.slice(0, mostLikes)
		.map(({ other, isNear, hasPhone }) => {
			const why = isNear ? (hasPhone ? 'nom proche et même téléphone' : 'nom proche') : 'même téléphone';
			const isSameName = mine.key === other.key && mine.commune === other.commune;
			if (!other.known)
				return {
					nom: other.nom,
					why,
					isSameName,
					...(other.line !== undefined && { line: other.line })
				};
			const { nom: _nom, commune: _commune, slug: _slug, ...rest } = cells;
			const fresh = newCells(rest, other.known.state, context.territory);
			const { after, changes } = changedBy(other.known, fresh, context);
			return {
				known: other.known,
				nom: other.nom,
				why,
				completed: completedBy(other.known, after, context),
				replaced: { after, changes },
				isSameName
			};
		});
}

function scoreOf({ isNear, hasPhone }: { isNear: boolean; hasPhone: boolean }): number {
	return (isNear ? 2 : 0) + (hasPhone ? 1 : 0);
}
