import { type App, openApp } from './app.ts';
import { finishRestore } from './backup/restore.ts';
import { refuseDamage } from './backup/rescue.ts';
import { lockDataDir } from './database/lock.ts';
import { migrate } from './database/migrate.ts';
import { listUnreadableHours, type UnreadableHours } from './hours.ts';
import { refreshIndex } from './search/search.ts';
import { loadSeed } from './seed.ts';
import type { Settings } from './settings.ts';

/** A data folder held by this process, its database up to date and filled. */
export interface PreparedApp {
	app: App;
	/** Entries created from the seed: 0 unless the database was empty. */
	created: number;
	/** Where the database was copied before being updated, when it was. */
	copy: string | undefined;
	/** Hours that pages can only show as they are stored. */
	unreadable: UnreadableHours[];
	/** What keeps the state of before, when this start finished a restore that had been cut short. */
	aside: string | undefined;
	/** Writes what is still in memory, closes the database, gives the folder back. */
	close(): Promise<void>;
}

/**
 * Takes the data folder, finishes a restore cut short, refuses a damaged database, migrates it, fills it when empty,
 * indexes it again when this version needs it, and remembers ORIGIN for the commands.
 * @throws DatabaseError or SeedError with one French sentence; the folder is then given back
 */
export async function prepareApp(settings: Settings): Promise<PreparedApp> {
	const unlock = lockDataDir(settings.dataDir);
	let app: App | undefined;
	try {
		const aside = finishRestore(settings.dataDir);
		await refuseDamage(settings.dataDir);
		app = openApp(settings);
		const { copy } = await migrate(app.sqlite);
		const { created } = await loadSeed(app.db, settings.territoire, settings.dataDir);
		await refreshIndex(app.db);
		rememberOrigin(app);
		const unreadable = await listUnreadableHours(app.db);
		return { app, created, copy, aside, unreadable, close: () => close(app, unlock) };
	} catch (error) {
		await close(app, unlock);
		throw error;
	}
}

/** Paper made from a shell carries the address of the site, never that of the shell's machine. */
function rememberOrigin({ sqlite, settings }: App): void {
	sqlite
		.prepare(
			`INSERT INTO meta (key, value) VALUES ('origin', ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`
		)
		.run(settings.origin);
}

async function close(app: App | undefined, unlock: () => void): Promise<void> {
	try {
		await app?.close();
	} finally {
		unlock();
	}
}
