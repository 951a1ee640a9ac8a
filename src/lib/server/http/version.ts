import type BetterSqlite from 'better-sqlite3';

/** The number that changes with each edit of what pages show, as last read from the database. */
export interface ContentVersion {
	/** What was last read: compared at each cached answer, so it costs no query. */
	current: number;
	/** Reads it again, and returns it. When the database can't be read, the last known number stays. */
	refresh(): number;
	/** Stops looking for edits made by other processes. */
	stop(): void;
}

/** Edits by other processes (the command line) are seen after this long at most. */
const everyMilliseconds = 250;

/** Follows `meta.version`, which triggers raise at each edit. */
export function watchContentVersion(sqlite: BetterSqlite.Database): ContentVersion {
	const query = sqlite.prepare<[], string>(`SELECT value FROM meta WHERE key = 'version'`).pluck();
	const version: ContentVersion = {
		current: Number(query.get()),
		refresh() {
			try {
				version.current = Number(query.get());
			} catch (error) {
				console.warn(
					`Version du contenu illisible : ${error instanceof Error ? error.message : String(error)}`
				);
			}
			return version.current;
		},
		stop() {
			clearInterval(timer);
		}
	};
	const timer = setInterval(version.refresh, everyMilliseconds);
	timer.unref();
	return version;
}
