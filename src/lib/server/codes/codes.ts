import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import { checkCharacter, type CodeTarget, codeAlphabet, codeLength, targetPath } from '#lib/domain/codes.ts';
import { dateOf } from '#lib/domain/dates.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { appendLine, issuedFile, type Line, lineSchema, readLines } from './register.ts';

/* The codes on paper. The database forbids deleting or reusing one; the register (register.ts) can rebuild them all. */

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
			.executeTakeFirstOrThrow(() => new Error(`Le code « ${code} » n’existe pas.`));
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

/** Writes a line of the register in the database: a code and its first target. */
export async function insertCode(db: Db, line: Line, by: string): Promise<void> {
	const { code, support, cree_le } = line;
	await db.insertInto('code').values({ code, support, created_at: cree_le }).execute();
	await insertTarget(db, line, by);
}

/** Writes where a line of the register sends its code. */
export async function insertTarget(db: Db, line: Line, by: string): Promise<void> {
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
