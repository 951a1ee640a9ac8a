import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as v from 'valibot';
import { isCode, isTargetKind } from '#lib/domain/codes.ts';
import { isSlug } from '#lib/domain/reserved.ts';
import { syncFolder } from '../disk.ts';
import { projectRoot } from '../root.ts';

/*
 * The two files that can rebuild every code: seeds/codes.csv, those every installation of a territory starts with,
 * frozen for ever, and DATA_DIR/codes.csv, those issued since. Both only grow. A line of a code already written says
 * where it leads as of its day.
 */

/** The codes every installation starts with. */
export const seedFile = path.join(projectRoot, 'seeds/codes.csv');

/** The columns of both files, in their order. */
const columns = ['code', 'territoire', 'genre', 'commune', 'objet', 'support', 'cree_le'] as const;

/** A line: a code issued, or sent elsewhere, on the day `cree_le`. */
export const lineSchema = v.object({
	code: v.pipe(v.string(), v.check(isCode)),
	territoire: v.pipe(v.string(), v.check(isSlug)),
	genre: v.pipe(v.string(), v.check(isTargetKind)),
	commune: v.pipe(v.string(), v.check(isSlug)),
	objet: v.union([v.literal(''), v.pipe(v.string(), v.check(isSlug))]),
	support: v.pipe(v.string(), v.check(isSlug)),
	cree_le: v.pipe(v.string(), v.isoDate())
});

export type Line = v.InferOutput<typeof lineSchema>;

/** The codes issued since the installation. */
export function issuedFile(dataDir: string): string {
	return path.join(dataDir, 'codes.csv');
}

/** The lines of a file; what can't be read is named on the console and passed. */
export function readLines(file: string): Line[] {
	const { lines, unreadable } = parseLines(file);
	for (const record of unreadable)
		console.warn(`${file} : ligne illisible, passée : ${JSON.stringify(record)}`);
	return lines;
}

/** The lines of a file, and the records that can't be read; none of either when there is no file. */
export function parseLines(file: string): { lines: Line[]; unreadable: unknown[] } {
	if (!existsSync(file)) return { lines: [], unreadable: [] };
	const records: unknown[] = parse(readFileSync(file), {
		bom: true,
		columns: [...columns],
		// No value needs quotes, and a line cut short must not swallow the next ones.
		quote: null,
		relax_column_count: true,
		skip_empty_lines: true,
		trim: true
	});
	const lines: Line[] = [];
	const unreadable: unknown[] = [];
	for (const record of records) {
		if (isHeader(record)) continue;
		const line = v.safeParse(lineSchema, record);
		if (line.success) lines.push(line.output);
		else unreadable.push(record);
	}
	return { lines, unreadable };
}

function isHeader(record: unknown): boolean {
	return typeof record === 'object' && record !== null && 'code' in record && record.code === columns[0];
}

/** Adds a line: it is on disk when this returns, whatever happens next. */
export function appendLine(file: string, line: Line): void {
	const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const cutShort = before !== '' && !before.endsWith('\n');
	const text = stringify([line], { columns: [...columns], header: before === '' });
	const descriptor = openSync(file, 'a');
	try {
		writeFileSync(descriptor, cutShort ? `\n${text}` : text);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
	if (before === '') syncFolder(path.dirname(file));
}
