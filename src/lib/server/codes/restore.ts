import * as v from 'valibot';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { findCode, insertCode, insertTarget } from './codes.ts';
import {
	appendLine,
	issuedFile,
	type Line,
	lineSchema,
	parseLines,
	readLines,
	seedFile
} from './register.ts';

/* What brings the database and the two files of the register together again. */

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
