import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type BetterSqlite from 'better-sqlite3';

/*
 * What a restore must not take back: a code printed since the backup stays on paper. Plain SQL on the columns that
 * these tables have had since the first migration, because the backup may be of an older version.
 */

interface History {
	support: string;
	created_at: string;
	targets: Target[];
}

interface Target {
	code: string;
	kind: string;
	commune: string;
	object: string;
	since: string;
	set_by: string;
}

/**
 * Adds to one database the codes that another holds and it lacks, with all their targets, and to the codes they share
 * the targets set since. Returns how many codes were added.
 */
export function mergeCodes(from: BetterSqlite.Database, into: BetterSqlite.Database): number {
	const recent = readHistories(from);
	return into.transaction(() => {
		const known = readHistories(into);
		const insertCode = into.prepare('INSERT INTO code (code, support, created_at) VALUES (?, ?, ?)');
		const insertTarget = into.prepare(
			`INSERT INTO code_target (code, kind, commune, object, since, set_by)
			VALUES (@code, @kind, @commune, @object, @since, @set_by)`
		);
		let added = 0;
		for (const [code, { support, created_at, targets }] of recent) {
			const past = known.get(code);
			if (past === undefined) {
				insertCode.run(code, support, created_at);
				added += 1;
			}
			for (const target of targetsSince(past?.targets ?? [], targets)) insertTarget.run(target);
		}
		return added;
	})();
}

/** What `present` adds to `past`; nothing when they aren't one history. */
function targetsSince(past: Target[], present: Target[]): Target[] {
	const isOneHistory = past.every((target, i) => JSON.stringify(target) === JSON.stringify(present[i]));
	return isOneHistory ? present.slice(past.length) : [];
}

function readHistories(sqlite: BetterSqlite.Database): Map<string, History> {
	const codes = sqlite
		.prepare<[], { code: string; support: string; created_at: string }>(
			'SELECT code, support, created_at FROM code'
		)
		.all();
	const targets = Map.groupBy(
		sqlite
			.prepare<[], Target>('SELECT code, kind, commune, object, since, set_by FROM code_target ORDER BY id')
			.all(),
		({ code }) => code
	);
	return new Map(codes.map(({ code, ...rest }) => [code, { ...rest, targets: targets.get(code) ?? [] }]));
}

/** Makes the file of issued codes in `folder` hold also every line of the one in `other`, for codes it lacks. */
export function mergeIssuedFile(other: string, folder: string): void {
	const lines = linesOf(folder);
	const known = new Set(lines.map(codeOf));
	const missing = linesOf(other).filter((line) => !known.has(codeOf(line)));
	if (missing.length > 0)
		writeFileSync(path.join(folder, 'codes.csv'), [...lines, ...missing, ''].join('\n'));
}

/** The lines of the file of issued codes, its header being one of them. */
function linesOf(folder: string): string[] {
	const file = path.join(folder, 'codes.csv');
	return existsSync(file)
		? readFileSync(file, 'utf8')
				.split(/\r?\n/)
				.filter((line) => line.trim() !== '')
		: [];
}

function codeOf(line: string): string {
	return line.replace('\uFEFF', '').split(',', 1)[0]?.trim() ?? '';
}
