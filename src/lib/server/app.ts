import { statSync } from 'node:fs';
import path from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { type Attempts, countAttempts } from './accounts/attempts.ts';
import { type OpenDatabase, openDatabase } from './database/open.ts';
import { type Counter, opinionsCounted, scansCounted, startCounter } from './counting.ts';
import { countCrowd, type Crowd } from './enquiries/crowd.ts';
import type { Tables } from './database/schema.ts';
import type { Settings } from './settings.ts';
import { startClockAt } from './clock.ts';
import { startTypst, type Typst } from './typst/typst.ts';

/** What a running server holds: opened once, shared by the page cache and every request. */
export interface App {
	settings: Settings;
	db: Kysely<Tables>;
	sqlite: BetterSqlite.Database;
	scans: Counter;
	/** « Cette page vous a aidé ? » */
	opinions: Counter;
	/** Failed sign-ins, counted so that nobody guesses a password. */
	attempts: Attempts;
	/** Forms sent by residents, counted by place so that a flood is sorted apart. */
	crowd: Crowd;
	/** Draws the pictures of shared pages. */
	typst: Typst;
	/** Whether the file opened is still the one that stands in the data folder: not deleted, not replaced. */
	isFileInPlace(): boolean;
	/** Writes what is still in memory and closes the database. Afterwards the app can't be used. */
	close(): Promise<void>;
}

/** Path of the database inside the data folder. */
export function databaseFile(settings: Pick<Settings, 'dataDir'>): string {
	return path.join(settings.dataDir, 'annuaire.sqlite');
}

/**
 * Opens the data folder, which exists. The database must have been migrated (`prepareApp`).
 * @throws DatabaseError with a French sentence when the database can't be used.
 */
export function openApp(settings: Settings): App {
	// The hours library counts in the process's zone, and errs in a few of them: never in UTC.
	process.env.TZ = 'UTC';
	if (settings.horloge !== undefined) startClockAt(settings.horloge);
	const { db, sqlite }: OpenDatabase = openDatabase(databaseFile(settings));
	const scans = startCounter(sqlite, scansCounted);
	const opinions = startCounter(sqlite, opinionsCounted);
	const typst = startTypst();
	const opened = identityOf(databaseFile(settings));
	return {
		settings,
		db,
		sqlite,
		scans,
		opinions,
		attempts: countAttempts(),
		crowd: countCrowd(),
		typst,
		isFileInPlace: () => identityOf(databaseFile(settings)) === opened,
		async close() {
			scans.stop();
			opinions.stop();
			typst.stop();
			await db.destroy();
			// Kysely closes only what it has used.
			if (sqlite.open) sqlite.close();
		}
	};
}

/** What tells a file from another of the same name; undefined when there is none. */
function identityOf(file: string): string | undefined {
	const found = statSync(file, { bigint: true, throwIfNoEntry: false });
	return found && `${found.dev} ${found.ino}`;
}
