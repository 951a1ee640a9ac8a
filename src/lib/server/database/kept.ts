import type BetterSqlite from 'better-sqlite3';
import type { Db } from './schema.ts';

/** What was read from one open database since its last edit. */
interface Shelf {
	contentVersion: () => number;
	version: number;
	readings: Map<string, Promise<unknown>>;
}

// It travels with the database: the built site holds a copy of this module of its own.
const shelfOf = Symbol.for('annuaire.shelf');

type Shelved = Db & { [shelfOf]?: Shelf };

/** How many readings are kept. An entry of it may be all that one commune reads: the least recently used leave. */
const mostReadings = 200;

/** Lets `keptUntilEdit` remember what is read from this database. A transaction has no shelf: it reads what it wrote. */
export function openShelf(db: Db, sqlite: BetterSqlite.Database): void {
	const shelf: Shelf = { contentVersion: versionReader(sqlite), version: NaN, readings: new Map() };
	Object.assign(db, { [shelfOf]: shelf });
}

/** Reads the content's version: from the file once per turn of the event loop, and after each write of our own. */
function versionReader(sqlite: BetterSqlite.Database): () => number {
	// Prepared when first needed: an empty database has no version yet.
	const prepare = () => ({
		version: sqlite.prepare<[], string>(`SELECT value FROM meta WHERE key = 'version'`).pluck(),
		changes: sqlite.prepare<[], number>('SELECT total_changes()').pluck()
	});
	let queries: ReturnType<typeof prepare> | undefined;
	let last = { version: NaN, changes: NaN };
	let isThisTurn = false;
	return () => {
		queries ??= prepare();
		const changes = Number(queries.changes.get());
		if (isThisTurn && changes === last.changes) return last.version;
		if (!isThisTurn) setImmediate(() => (isThisTurn = false));
		isThisTurn = true;
		last = { version: Number(queries.version.get()), changes };
		return last.version;
	};
}

/**
 * What `read` gives, read again only once the content has changed, by whichever process. `read` must depend on
 * nothing but `key` and tables whose edits raise `meta.version`; what it gives is shared, so nobody changes it.
 */
export async function keptUntilEdit<T>(db: Shelved, key: string, read: () => Promise<T>): Promise<T> {
	const shelf = db[shelfOf];
	if (shelf === undefined) return read();
	const version = shelf.contentVersion();
	if (version !== shelf.version) {
		shelf.version = version;
		shelf.readings = new Map();
	}
	const { readings } = shelf;
	const kept = readings.get(key) as Promise<T> | undefined;
	const reading = kept ?? read();
	readings.delete(key);
	readings.set(key, reading);
	if (kept === undefined) {
		reading.catch(() => readings.delete(key));
		const [oldest] = readings.size > mostReadings ? readings.keys() : [];
		if (oldest !== undefined) readings.delete(oldest);
	}
	return reading;
}
