import { CsvError, parse } from 'csv-parse/sync';
import { targetOfHeader } from '#lib/domain/census/columns.ts';
import { decodeText, separatorOf } from '#lib/domain/census/decode.ts';
import { normalHeader } from '#lib/domain/census/header.ts';
import { rowsOfRecords } from '#lib/domain/census/records.ts';
import { FileError, most } from './limits.ts';
import { readWorkbook } from './workbook.ts';

/** What was found in a file: its rows as texts, the one that names the columns, and what was understood of it. */
export interface Table {
	/** The number, in the file, of the row that names the columns: 1 for the first one. */
	headerLine: number;
	headers: string[];
	/** The rows under it that hold something, each with its number in the file. */
	rows: { line: number; cells: string[] }[];
	/** How the file was read, in words. */
	read: string;
}

const names: Readonly<Record<string, string>> = {
	';': 'des points-virgules',
	',': 'des virgules',
	'\t': 'des tabulations',
	'|': 'des barres'
};

/**
 * Reads the table of a file, CSV in any usual encoding and separator or XLSX.
 * @throws FileError
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
	if (bytes.length === 0) throw new FileError('Ce fichier est vide.');
	const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
	const isOldOffice = bytes[0] === 0xd0 && bytes[1] === 0xcf;
	if (isOldOffice)
		throw new FileError(
			'Ce fichier est d’un ancien format, ou protégé par un mot de passe : enregistrez-le dans votre tableur au format Excel (.xlsx), sans mot de passe.'
		);
	const { rows, read } = isZip ? await readWorkbook(bytes) : readText(bytes);
	return tableOf(rows, read);
}

function readText(bytes: Uint8Array): { rows: string[][]; read: string } {
	const decoded = decodeText(bytes);
	if ('problem' in decoded) throw new FileError(decoded.problem);
	const { text } = decoded;
	return /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
}

function readJson(text: string): { rows: string[][]; read: string } {
	try {
		const rows = rowsOfRecords(JSON.parse(text));
		if (rows) return { rows, read: 'Fichier de données (JSON)' };
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	throw new FileError(
		'Ce fichier n’est pas un tableau : enregistrez-le dans votre tableur au format Excel (.xlsx), puis recommencez.'
	);
}

function readCsv(text: string): { rows: string[][]; read: string } {
	const separator = separatorOf(text);
	const read = `Fichier CSV, aux colonnes séparées par ${names[separator] ?? separator}`;
	const options = {
		delimiter: separator,
		relax_column_count: true,
		// Rows beyond are read so that the file is refused, never cut in silence.
		to: most.rows + 100,
		max_record_size: most.signs * most.columns
	};
	// A quote that nothing closes is taken, the second time, as any other sign.
	for (const quote of ['"', false]) {
		try {
			return { rows: parse(text, { ...options, quote }), read };
		} catch (error) {
			if (!(error instanceof CsvError)) throw error;
			if (error.code === 'CSV_MAX_RECORD_SIZE') throw new FileError('Une ligne de ce fichier est démesurée.');
		}
	}
	throw new FileError(
		'Ce fichier ne se lit pas : enregistrez-le de nouveau dans votre tableur au format Excel (.xlsx).'
	);
}

/** How far down the row of headers is looked for: files begin with a title, a date. */
const headLooked = 15;

function tableOf(all: readonly string[][], read: string): Table {
	const found = all
		.slice(0, headLooked)
		.map((cells, i) => ({ i, known: cells.filter((cell) => targetOfHeader(cell) !== undefined).length }))
		.toSorted((a, b) => b.known - a.known || a.i - b.i)
		.find(({ known }) => known > 0);
	const first = found?.i ?? all.findIndex((cells) => cells.some((cell) => cell.trim() !== ''));
	const headers = all[first]?.map((cell) => cell.replace(/\s+/g, ' ').trim().slice(0, 200));
	if (headers === undefined) throw new FileError('Ce fichier est vide.');
	// Workbooks of data·inclusion mark so the rows that explain the others.
	const ignored = headers.findIndex((header) => normalHeader(header) === 'ignore');
	const width = headers.findLastIndex((header) => header !== '') + 1;
	if (width > most.columns)
		throw new FileError(`Ce fichier a plus de ${most.columns} colonnes : gardez celles qui servent.`);
	const rows = all
		.map((cells, i) => ({ line: i + 1, cells: cells.slice(0, width) }))
		.slice(first + 1)
		.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
		.filter(({ cells }) => !/^(oui|true|vrai|1)$/i.test(cells[ignored] ?? ''));
	if (rows.length > most.rows)
		throw new FileError(`Ce fichier a plus de ${most.rows} lignes : coupez-le en plusieurs.`);
	if (rows.some(({ cells }) => cells.some((cell) => cell.length > most.signs)))
		throw new FileError('Une case de ce fichier est démesurée.');
	if (rows.length === 0)
		throw new FileError('Ce fichier n’a que des titres de colonnes : aucune ligne à importer.');
	return { headerLine: first + 1, headers: headers.slice(0, width), rows, read };
}
