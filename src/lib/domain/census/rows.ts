import { agesAgree } from '../service.ts';
import { tidyFrench } from '../typography.ts';
import type { Target } from './columns.ts';
import { readCell, type Values } from './cells.ts';
import { cellOf, type EntryState, professionalKey, type Territory } from './entry.ts';
import { type Found, placeOf } from './places.ts';

/** The filled cells of a row, by what their column says. */
export type Cells = Partial<Record<Target, { header: string; text: string }>>;

/** A cell, or a part of it, left out of an import. */
export interface Refusal {
	header: string;
	text: string;
	reason: string;
}

/** What the cells of a row say together. */
export interface RowReading {
	values: Values;
	/** What was taken for granted, in French. */
	notes: string[];
	refused: Refusal[];
}

/** A text that an export kept from being taken for a formula, as it was. */
export function unescaped(text: string): string {
	return text.replace(/^'(?=[=+\-@\t\r])/, '');
}

/**
 * The cells of a row by what the columns say (`targets`, undefined for a column that isn't imported). Of two columns
 * that say the same, the first filled one counts.
 */
export function cellsOf(
	row: readonly string[],
	headers: readonly string[],
	targets: readonly (Target | undefined)[]
): Cells {
	const cells: Cells = {};
	for (const [i, target] of targets.entries()) {
		const text = unescaped(row[i] ?? '').trim();
		if (target !== undefined && text !== '') cells[target] ??= { header: headers[i] ?? '', text };
	}
	return cells;
}

/** The cells that don't say what the entry says already, whatever their typography: what an export wrote of it changes nothing. */
export function newCells(cells: Cells, state: EntryState, territory: Territory): Cells {
	return Object.fromEntries(
		Object.entries(cells).filter(
			([target, { text }]) => !isSameSaid(plain(text), plain(cellOf(target as Target, state, territory)))
		)
	);
}

function isSameSaid(a: string, b: string): boolean {
	return a === b || tidyFrench(a) === tidyFrench(b);
}

function plain(text: string): string {
	return text
		.normalize('NFC')
		.replace(/\r\n?/g, '\n')
		.replace(/[\u00a0\u202f]/g, ' ')
		.trim();
}

/** Where the entry belongs is read apart, by `belongingOf`. */
const placeTargets: readonly string[] = ['commune', 'slug'];

/** Reads the cells of a row. Those that can't be read are left out, each with its reason. */
export function readCells(cells: Cells, territory: Territory): RowReading {
	const reading: RowReading = { values: {}, notes: [], refused: [] };
	const { values } = reading;
	for (const [target, { header, text }] of Object.entries(cells) as [Target, NonNullable<Cells[Target]>][]) {
		if (placeTargets.includes(target)) continue;
		const cell = readCell(target, text, territory);
		reading.notes.push(...cell.notes);
		if (cell.refused !== undefined) reading.refused.push({ header, text, reason: cell.refused });
		for (const [name, value] of Object.entries(cell.values) as [Target, unknown][]) {
			// What a cell says of another column gives way to that column.
			if (name !== target && cells[name] !== undefined) continue;
			values[name] = value;
		}
	}
	const ages = { age_min_mois: null, age_max_mois: null, ...(values as object) };
	if (!agesAgree(ages)) {
		delete values.age_max_mois;
		const cell = cells.age_max_mois ?? cells.age_min_mois ?? { header: '', text: '' };
		reading.refused.push({ ...cell, reason: 'L’âge de fin vient avant l’âge de début.' });
	}
	return reading;
}

/** Where a row belongs, by the most precise of its cells; undefined when none says. */
export function belongingOf(cells: Cells, values: Values, { places }: Territory): Found | undefined {
	const clues = [cells.commune?.text, values.code_insee, values.ville, values.code_postal];
	for (const clue of clues) {
		const found = typeof clue === 'string' ? placeOf(clue, places) : undefined;
		if (found) return found;
	}
	return undefined;
}

/** An entry with what a row says of it. What an entry has is kept where the row says nothing. */
export function withValues(state: EntryState, values: Values): EntryState {
	const after: EntryState = {
		...state,
		facts: { ...state.facts },
		professional: { ...state.professional }
	};
	for (const [target, value] of Object.entries(values) as [Target, never][]) {
		const key = professionalKey(target);
		if (key !== undefined) after.professional[key] = value;
		else if (own.includes(target)) Object.assign(after, { [target]: value });
		else after.facts[target] = value;
	}
	return after;
}

/** Columns that are not among the fields of `serviceFields`. */
const own: readonly Target[] = [
	'slug',
	'nature',
	'urgence',
	'commune',
	'communes',
	'structure',
	'themes',
	'mots',
	'source',
	'source_lien',
	'releve_le'
];
