import { stringify } from 'csv-stringify/sync';
import { writeXlsx } from 'hucre/xlsx';
import type { Account } from '#lib/domain/accounts.ts';
import { columns } from '#lib/domain/census/columns.ts';
import { cellOf, type EntryState } from '#lib/domain/census/entry.ts';
import type { Db } from '../database/schema.ts';
import { listStored, noProfessional, territoryOf } from './states.ts';

/** A table to be read in a spreadsheet, and imported back. */
export interface ExportTable {
	headers: string[];
	rows: string[][];
}

/** Who exports: everyone (`public`), or an account. */
export type Reader = 'public' | Pick<Account, 'role' | 'communes'>;

/**
 * All the entries that someone may see, a line each, in the words of the common base: those that people read; one's
 * own drafts too. What is for professionals only has columns of its own, the last ones, for those who may see it.
 */
export async function exportFor(db: Db, reader: Reader): Promise<ExportTable> {
	const territory = await territoryOf(db);
	const shown = columns.filter(({ isProfessional }) => !isProfessional || mayReadProfessional(reader));
	const entries = (await listStored(db)).filter(
		({ state, isPublished, isArchived }) => !isArchived && (isPublished || isOwn(reader, state))
	);
	return {
		headers: shown.map(({ label }) => label),
		rows: entries.map(({ state }) => {
			const read = seesProfessionalOf(reader, state) ? state : { ...state, professional: noProfessional };
			return shown.map(({ target }) => cellOf(target, read, territory));
		})
	};
}

function mayReadProfessional(reader: Reader): boolean {
	return reader !== 'public' && reader.role !== 'lecture';
}

/** A mairie sees the professional contacts of its own entries; the communauté de communes and France Services, all. */
function seesProfessionalOf(reader: Reader, state: EntryState): boolean {
	return (
		mayReadProfessional(reader) && (isOwn(reader, state) || (reader !== 'public' && reader.role === 'agent'))
	);
}

function isOwn(reader: Reader, { commune }: EntryState): boolean {
	if (reader === 'public') return false;
	if (reader.role === 'administration') return true;
	return reader.role === 'mairie' && commune !== null && reader.communes.includes(commune);
}

/**
 * A table as CSV: `standard` as RFC 4180 has it, `tableur` as a French spreadsheet opens it with a double click
 * (semicolons, byte order mark). What a spreadsheet would run as a formula is kept from it by an apostrophe.
 */
export function csvOf({ headers, rows }: ExportTable, kind: 'standard' | 'tableur'): string {
	return stringify([headers, ...rows.map((row) => row.map(withoutFormula))], {
		delimiter: kind === 'tableur' ? ';' : ',',
		bom: kind === 'tableur',
		record_delimiter: 'windows'
	});
}

/** An international number begins as a formula does, and is none. https://owasp.org/www-community/attacks/CSV_Injection */
function withoutFormula(text: string): string {
	return /^[=+\-@\t\r]/.test(text) && !/^\+\d[\d ]*$/.test(text) ? `'${text}` : text;
}

/** A table as an XLSX workbook: every cell is a text, which no spreadsheet runs or rounds. */
export async function xlsxOf({ headers, rows }: ExportTable): Promise<Uint8Array> {
	return writeXlsx({
		sheets: [{ name: 'Fiches', rows: [headers, ...rows.map((row) => row.map((text) => text || null))] }]
	});
}
