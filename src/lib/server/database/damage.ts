import BetterSqlite from 'better-sqlite3';

/**
 * What is wrong with the pages of a SQLite file, in SQLite's words; undefined when all is well. Reads all of it and
 * writes nothing: what a kill left in the write-ahead log stays there.
 */
export function damageIn(file: string): string | undefined {
	let sqlite: BetterSqlite.Database | undefined;
	try {
		sqlite = new BetterSqlite(file, { readonly: true });
		sqlite.pragma('busy_timeout = 5000');
		const found = String(sqlite.pragma('integrity_check(1)', { simple: true }));
		return found === 'ok' ? undefined : found.replaceAll(/\s+/g, ' ');
	} catch (error) {
		if (isDamage(error)) return error.message;
		throw error;
	} finally {
		sqlite?.close();
	}
}

/** Whether SQLite found that the file isn't what it should be, as opposed to a file it couldn't reach. */
export function isDamage(error: unknown): error is Error {
	return error instanceof BetterSqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}
