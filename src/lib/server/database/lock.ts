import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { makeDataDir } from './data-dir.ts';
import { DatabaseError } from './open.ts';

/** How long to wait for a server that is stopping, in milliseconds. */
const patience = 2000;

/** Another process holds the data folder. */
export class FolderHeldError extends DatabaseError {}

/**
 * Takes the data folder for this process alone, creating it when missing. The lock is the operating system's,
 * held through an open SQLite transaction: it goes with the process, however that ends.
 * @returns what gives the folder back
 * @throws FolderHeldError when another process holds it, DatabaseError when it can't be written: one French sentence
 */
export function lockDataDir(dataDir: string): () => void {
	const unlock = take(dataDir, 'verrou.sqlite', patience);
	if (unlock === undefined)
		throw new FolderHeldError(
			`Un autre serveur utilise déjà le dossier ${dataDir} : arrêtez-le, ou donnez à celui-ci un autre DATA_DIR.`
		);
	return unlock;
}

/**
 * Takes the right to send the folder's mail, which the server holds while it runs. Never waits.
 * @returns what gives it back; undefined when another process sends
 * @throws DatabaseError with a French sentence when the folder can't be written
 */
export function lockMail(dataDir: string): (() => void) | undefined {
	return take(dataDir, 'verrou-courrier.sqlite', 0);
}

/** Takes one lock of the folder, waiting `timeout` milliseconds for whoever holds it; undefined when that is in vain. */
function take(dataDir: string, name: string, timeout: number): (() => void) | undefined {
	makeDataDir(dataDir);
	let sqlite: BetterSqlite.Database;
	try {
		sqlite = new BetterSqlite(path.join(dataDir, name), { timeout });
	} catch (error) {
		throw new DatabaseError(
			`Le dossier de données ${dataDir} ne peut pas être écrit (${error instanceof Error ? error.message : String(error)}). Vérifiez ses droits, ou DATA_DIR.`
		);
	}
	try {
		sqlite.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		sqlite.close();
		if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
		throw new DatabaseError(
			`Le dossier de données ${dataDir} ne peut pas être pris (${error instanceof Error ? error.message : String(error)}). Faites de la place sur le disque, vérifiez ses droits, puis recommencez.`
		);
	}
	return () => {
		sqlite.close();
	};
}
