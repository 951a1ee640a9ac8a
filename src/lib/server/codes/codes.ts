import { randomInt } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as v from 'valibot';
import {
	checkCharacter,
	type CodeTarget,
	codeAlphabet,
	codeLength,
	isCode,
	targetKinds,
	targetPath
} from '#lib/domain/codes.ts';
import { dateOf } from '#lib/domain/dates.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { isSlug } from '#lib/domain/reserved.ts';
import { now } from '../clock.ts';
import { syncFolder } from '../disk.ts';
import { projectRoot } from '../root.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';

/*
 * The codes on paper. The database forbids deleting or reusing one; two files can rebuild them all:
 * seeds/codes.csv, the codes every installation of a territory starts with, frozen for ever, and
 * DATA_DIR/codes.csv, those issued since. There, a line of a code already written says where it leads as of its day.
 */

/** A printed code, its support, where it leads and where it led before. */
export interface PrintedCode {
	code: string;
	/** What it is printed on: `facture-eau`, `livret`, `affiche`… */
	support: string;
	/** Day it was issued, AAAA-MM-JJ. */
	createdAt: string;
	target: CodeTarget;
	/** Day (AAAA-MM-JJ) from which it leads there. */
	since: string;
	/** Where it led before, the oldest first. */
	past: (CodeTarget & { since: string })[];
}

const seedFile = path.join(projectRoot, 'seeds/codes.csv');

/** The columns of both files, in their order. */
const columns = ['code', 'territoire', 'genre', 'commune', 'objet', 'support', 'cree_le'] as const;

const lineSchema = v.object({
	code: v.pipe(v.string(), v.check(isCode)),
	territoire: v.pipe(v.string(), v.check(isSlug)),
	genre: v.picklist(targetKinds),
	commune: v.pipe(v.string(), v.check(isSlug)),
	objet: v.union([v.literal(''), v.pipe(v.string(), v.check(isSlug))]),
	support: v.pipe(v.string(), v.check(isSlug)),
	cree_le: v.pipe(v.string(), v.isoDate())
});

type Line = v.InferOutput<typeof lineSchema>;

/**
 * Creates every code of the two files that the database lacks, sends each where the file last says, and returns how
 * many were created. Changes of target that the database already holds, or has gone beyond, are left as they are.
 * A line that can't be read is named on the console and skipped: only a line whose writing was cut short, which
 * nobody was shown, can be in that state.
 */
export async function restoreCodes(db: Db, territoire: string, dataDir: string): Promise<number> {
	const seeded = readLines(seedFile).filter((line) => line.territoire === territoire);
	const linesOf = Map.groupBy([...seeded, ...readLines(issuedFile(dataDir))], ({ code }) => code);
	const bySeed = new Set(seeded);
	return inTransaction(db, async (db) => {
		const known = await targetsOfEachCode(db);
		let restored = 0;
		for (const [code, [first, ...changes]] of linesOf) {
			if (first === undefined) continue;
			const history = known.get(code);
			if (history === undefined) {
				await insertCode(db, first, bySeed.has(first) ? 'amorce' : 'codes.csv');
				restored += 1;
			}
			for (const change of missingFrom(history ?? [], changes)) await insertTarget(db, change, 'codes.csv');
		}
		return restored;
	});
}

/** Targets as the database and the file both write them, the oldest first, by code. */
async function targetsOfEachCode(db: Db): Promise<Map<string, string[]>> {
	const rows = await db
		.selectFrom('code_target')
		.select(['code', 'kind', 'commune', 'object', 'since'])
		.orderBy('id')
		.execute();
	const targets = new Map<string, string[]>();
	for (const { code, kind, commune, object, since } of rows)
		targets.set(code, [...(targets.get(code) ?? []), [kind, commune, object, since].join(' ')]);
	return targets;
}

/** The changes that come after the last one the history holds. One that is missing before it has been superseded. */
function missingFrom(history: string[], changes: Line[]): Line[] {
	let from = 1;
	let lastKnown = -1;
	for (const [i, { genre, commune, objet, cree_le }] of changes.entries()) {
		const at = history.indexOf([genre, commune, objet, cree_le].join(' '), from);
		if (at < 0) continue;
		from = at + 1;
		lastKnown = i;
	}
	return changes.slice(lastKnown + 1);
}

/** How the codes of the database and those of the two files differ. */
export interface CodesDifference {
	/** How many codes the database holds. */
	codes: number;
	notInDatabase: string[];
	notInFiles: string[];
	/** How many lines of DATA_DIR/codes.csv can't be read. */
	unreadable: number;
}

/** Compares the codes of the database with those of the two files. */
export async function compareWithFiles(
	db: Db,
	territoire: string,
	dataDir: string
): Promise<CodesDifference> {
	const issued = parseLines(issuedFile(dataDir));
	const seeded = parseLines(seedFile).lines.filter((line) => line.territoire === territoire);
	const inFiles = new Set([...seeded, ...issued.lines].map((line) => line.code));
	const codes = (await db.selectFrom('code').select('code').orderBy('code').execute()).map((row) => row.code);
	const inDatabase = new Set(codes);
	return {
		codes: codes.length,
		notInDatabase: [...inFiles].filter((code) => !inDatabase.has(code)),
		notInFiles: codes.filter((code) => !inFiles.has(code)),
		unreadable: issued.unreadable.length
	};
}

/** Adds to DATA_DIR/codes.csv the codes of the database that neither file has, and where each led since. */
export async function restoreIssuedFile(db: Db, territoire: string, dataDir: string): Promise<void> {
	const { notInFiles } = await compareWithFiles(db, territoire, dataDir);
	for (const code of notInFiles) {
		const found = await findCode(db, code);
		if (!found) continue;
		for (const { kind, commune, object, since } of [...found.past, { ...found.target, since: found.since }])
			appendLine(issuedFile(dataDir), {
				code,
				territoire,
				genre: v.parse(lineSchema.entries.genre, kind),
				commune,
				objet: object,
				support: found.support,
				cree_le: since
			});
	}
}

/** What a new code is for. */
export interface NewCode extends CodeTarget {
	/** What it will be printed on. */
	support: string;
}

/**
 * Draws a code that was never issued, and returns it once it is on disk: first in DATA_DIR/codes.csv, then in the
 * database. Wherever a crash comes, a code that was shown is never lost.
 * @throws Error when a word isn't a slug, when `kind` is unknown, or when the file can't be written: nothing is then issued.
 */
export async function issueCode(db: Db, dataDir: string, wanted: NewCode, by: string): Promise<string> {
	return inTransaction(db, async (db) => {
		const { slug: territoire } = await db.selectFrom('territory').select('slug').executeTakeFirstOrThrow();
		const line = v.parse(lineSchema, {
			code: await drawCode(db, dataDir),
			territoire,
			genre: wanted.kind,
			commune: wanted.commune,
			objet: wanted.object,
			support: wanted.support,
			cree_le: dateOf(now())
		});
		await insertCode(db, line, by);
		appendLine(issuedFile(dataDir), line);
		return line.code;
	});
}

/** The code with its history, or undefined when it was never issued. `code` is as `normaliseCode` returns it. */
export async function findCode(db: Db, code: string): Promise<PrintedCode | undefined> {
	return (await readCodes(db, code))[0];
}

/** Every code ever issued, with its history, in the order of the codes. */
export async function listCodes(db: Db): Promise<PrintedCode[]> {
	return readCodes(db);
}

/**
 * Sends a code elsewhere as of now, once it is on disk: first in DATA_DIR/codes.csv, then in the database. Where it
 * led before is kept.
 * @throws Error when the code was never issued, when a word isn't a slug, when `kind` is unknown, or when the file
 * can't be written: the code then leads where it did.
 */
export async function retargetCode(
	db: Db,
	dataDir: string,
	code: string,
	target: CodeTarget,
	by: string
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { slug: territoire } = await db.selectFrom('territory').select('slug').executeTakeFirstOrThrow();
		const { support } = await db
			.selectFrom('code')
			.select('support')
			.where('code', '=', code)
			.executeTakeFirstOrThrow(() => new Error(`Le code « ${code} » n’existe pas.`));
		const line = v.parse(lineSchema, {
			code,
			territoire,
			genre: target.kind,
			commune: target.commune,
			objet: target.object,
			support,
			cree_le: dateOf(now())
		});
		await insertTarget(db, line, by);
		appendLine(issuedFile(dataDir), line);
	});
}

/**
 * The address where a scanned code leads now, always one that answers: the commune's home when the theme is gone,
 * the territory's when the commune is. Undefined when the code was never issued.
 */
export async function findCodePath(db: Db, code: string): Promise<string | undefined> {
	const target = await db
		.selectFrom('code_target')
		.leftJoin('commune', 'commune.slug', 'code_target.commune')
		.leftJoin('theme', 'theme.slug', 'code_target.object')
		.select([
			'kind',
			'code_target.commune',
			'object',
			'commune.slug as commune_now',
			'theme.slug as theme_now'
		])
		.where('code', '=', code)
		.orderBy('code_target.id', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!target) return undefined;
	if (target.commune_now === null && target.commune !== baseScope) return '/';
	return targetPath({ ...target, object: target.theme_now ?? '' });
}

async function readCodes(db: Db, code?: string): Promise<PrintedCode[]> {
	let rows = db
		.selectFrom('code')
		.innerJoin('code_target', 'code_target.code', 'code.code')
		.select(['code.code', 'support', 'created_at', 'kind', 'commune', 'object', 'since'])
		.orderBy('code.code')
		.orderBy('code_target.id');
	if (code !== undefined) rows = rows.where('code.code', '=', code);
	const codes = new Map<string, PrintedCode>();
	for (const { code, support, created_at: createdAt, since, ...target } of await rows.execute()) {
		const earlier = codes.get(code);
		const past = earlier ? [...earlier.past, { ...earlier.target, since: earlier.since }] : [];
		codes.set(code, { code, support, createdAt, target, since, past });
	}
	return [...codes.values()];
}

async function insertCode(db: Db, line: Line, by: string): Promise<void> {
	const { code, support, cree_le } = line;
	await db.insertInto('code').values({ code, support, created_at: cree_le }).execute();
	await insertTarget(db, line, by);
}

async function insertTarget(db: Db, line: Line, by: string): Promise<void> {
	const { code, genre: kind, commune, objet: object, cree_le: since } = line;
	await db.insertInto('code_target').values({ code, kind, commune, object, since, set_by: by }).execute();
}

/** A code free in the database and in the file, which may hold one whose transaction never ended. */
async function drawCode(db: Db, dataDir: string): Promise<string> {
	const taken = new Set(readLines(issuedFile(dataDir)).map((line) => line.code));
	for (;;) {
		const code = randomCode();
		const row = await db.selectFrom('code').select('code').where('code', '=', code).executeTakeFirst();
		if (!row && !taken.has(code)) return code;
	}
}

/** Without a vowel, so that no code reads as a word. */
function randomCode(): string {
	for (;;) {
		const four = Array.from({ length: codeLength - 1 }, () =>
			codeAlphabet.charAt(randomInt(codeAlphabet.length))
		).join('');
		const code = four + checkCharacter(four);
		if (!/[AE]/.test(code)) return code;
	}
}

function issuedFile(dataDir: string): string {
	return path.join(dataDir, 'codes.csv');
}

/** The lines of a file; what can't be read is named on the console and passed. */
function readLines(file: string): Line[] {
	const { lines, unreadable } = parseLines(file);
	for (const record of unreadable)
		console.warn(`${file} : ligne illisible, passée : ${JSON.stringify(record)}`);
	return lines;
}

function parseLines(file: string): { lines: Line[]; unreadable: unknown[] } {
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

/** The line is on disk when this returns, whatever happens next. */
function appendLine(file: string, line: Line): void {
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
