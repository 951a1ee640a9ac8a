import { inflateRawSync } from 'node:zlib';
import { HucreError } from 'hucre';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { targetOfHeader } from '#lib/domain/census/columns.ts';
import { FileError, most } from './limits.ts';

/** Most bytes that the parts of a workbook may hold together once inflated. */
const mostInflated = 32 * 1024 * 1024;

const unreadable =
	'Ce fichier ne se lit pas : ouvrez-le dans votre tableur et enregistrez-le de nouveau, au format Excel (.xlsx).';

/**
 * The rows, as texts, of the sheet of a workbook (XLSX) whose headers are best known. Formulas give the value that the
 * spreadsheet last computed; macros and pictures are not looked at.
 * @throws FileError
 */
export async function readWorkbook(bytes: Uint8Array): Promise<{ rows: string[][]; read: string }> {
	refuseBomb(bytes);
	try {
		const sheet = await bestSheet(bytes);
		const rows: string[][] = [];
		for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
			// Rows that hold nothing are not in the file: numbers stay those that the person sees.
			if (index > most.rows + 100)
				throw new FileError(`Ce fichier a plus de ${most.rows} lignes : coupez-le en plusieurs.`);
			if (values.length > most.columns && values.slice(most.columns).some((value) => value !== null))
				throw new FileError(`Ce fichier a plus de ${most.columns} colonnes : gardez celles qui servent.`);
			while (rows.length < index) rows.push([]);
			rows.push(values.slice(0, most.columns).map(textOf));
		}
		return { rows, read: `Tableur, feuille « ${sheet} »` };
	} catch (error) {
		if (error instanceof HucreError || error instanceof RangeError || error instanceof TypeError)
			throw new FileError(unreadable);
		throw error;
	}
}

/** How many rows of each sheet are looked at to choose one. */
const looked = 5;

async function bestSheet(bytes: Uint8Array): Promise<string> {
	const { sheets } = await readXlsx(bytes, {
		sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
		range: `A1:GR${looked}`,
		maxRows: looked
	});
	const scored = sheets.map(({ name, rows }) => ({
		name,
		known: Math.max(
			0,
			...rows.map((row) => new Set(row.flatMap((cell) => targetOfHeader(textOf(cell)) ?? [])).size)
		)
	}));
	const best = scored.toSorted((a, b) => b.known - a.known)[0];
	if (!best) throw new FileError('Ce classeur n’a aucune feuille.');
	return best.name;
}

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
	if (typeof value === 'boolean') return value ? 'oui' : 'non';
	// Digits as the person typed them: a number of telephone is never « 4.50689002e8 ».
	if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(0) : String(value);
	return typeof value === 'string' ? value : '';
}

const signatures = { end: 0x06054b50, directory: 0x02014b50, local: 0x04034b50 } as const;

/**
 * Refuses a workbook that holds more than it may: each part is inflated once, with a limit, whatever it says of its
 * own size (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3).
 */
function refuseBomb(bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let left = mostInflated;
	try {
		let end = bytes.length - 22;
		while (end >= 0 && view.getUint32(end, true) !== signatures.end) end -= 1;
		const count = view.getUint16(end + 10, true);
		let at = view.getUint32(end + 16, true);
		if (count === 0xffff || at === 0xffffffff) throw new FileError(unreadable);
		for (let i = 0; i < count; i++) {
			if (view.getUint32(at, true) !== signatures.directory) throw new FileError(unreadable);
			const method = view.getUint16(at + 10, true);
			const size = view.getUint32(at + 20, true);
			const start = view.getUint32(at + 42, true);
			if (view.getUint32(start, true) !== signatures.local) throw new FileError(unreadable);
			const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
			const part = bytes.subarray(data, data + size);
			left -=
				method === 0 ? part.length : inflateRawSync(part, { maxOutputLength: Math.max(1, left) }).length;
			if (left <= 0) throw new RangeError('too large');
			at +=
				46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		}
	} catch (error) {
		if (error instanceof FileError) throw error;
		const isTooLarge = error instanceof RangeError && /too large|larger than/i.test(error.message);
		throw new FileError(
			isTooLarge
				? 'Ce classeur est démesuré : gardez une seule feuille, et les colonnes qui servent.'
				: unreadable
		);
	}
}
