import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/*
 * What a data folder holds: the database, files beside it that are state too (codes.csv, and whatever later parts
 * put there), and what is neither: the lock, copies, what a restore works with.
 */

/** The database's own files. A copy made before an update isn't one. */
const databasePattern = /^annuaire\.sqlite(-wal|-shm|-journal)?$/;

const otherPattern =
	/^(annuaire\.sqlite.*|verrou\.sqlite.*|sauvegardes|avant-restauration-.*|restauration-.*|lost\+found|\..*)$/;

/** Whether this name, directly in the data folder, belongs to the state kept beside the database. */
export function isStateName(name: string): boolean {
	return !otherPattern.test(name);
}

/** Whether a restore puts something else in the place of this name of the data folder. */
export function isReplacedName(name: string): boolean {
	return isStateName(name) || databasePattern.test(name);
}

/** The files beside the database that are state, from the data folder, with slashes, in alphabetical order. */
export function listStateFiles(dataDir: string): string[] {
	if (!existsSync(dataDir)) return [];
	return readdirSync(dataDir, { withFileTypes: true })
		.filter(({ name }) => isStateName(name))
		.flatMap((entry) =>
			entry.isDirectory() ? filesUnder(dataDir, entry.name) : entry.isFile() ? [entry.name] : []
		)
		.sort();
}

function filesUnder(dataDir: string, folder: string): string[] {
	return readdirSync(path.join(dataDir, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			path.relative(dataDir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')
		);
}
