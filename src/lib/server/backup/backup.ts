import { createHash, type Hash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { databaseFile } from '../app.ts';
import { damageIn } from '../database/damage.ts';
import { appliedMigrations, unknownMigrations } from '../database/migrate.ts';
import { DatabaseError, openSqlite } from '../database/open.ts';
import { syncFile, syncFolder } from '../disk.ts';
import { listStateFiles } from './state.ts';

/*
 * A backup is one SQLite file: the database as it was at one instant, and two tables more.
 * `sqlar` holds the files beside the database in SQLite's own archive format (https://sqlite.org/sqlar.html);
 * `backup` says when it was made, and the digest of each table, by which a single altered bit is known.
 */

/** What a backup holds. */
export interface BackupReport {
	/** When it was made, ISO; undefined for a copy of the database made by other means. */
	madeAt: string | undefined;
	territory: string;
	bytes: number;
	/** How many entries, printed codes and files it holds. */
	entries: number;
	codes: number;
	files: number;
}

const archiveTable = `CREATE TABLE sqlar (
	name TEXT PRIMARY KEY,
	mode INT,
	mtime INT,
	sz INT,
	data BLOB
)`;
const backupTable = 'CREATE TABLE backup (made_at TEXT NOT NULL, tables TEXT NOT NULL) STRICT';

/** The name a backup has until it is whole and checked. */
export const unfinishedSuffix = '.en-cours';

/**
 * Writes the whole state of a data folder in one file, beside a running server, without keeping it from writing.
 * The file appears under its name once it is on the disk and has been read again.
 * @param at the present instant, in epoch milliseconds
 * @throws DatabaseError with a French sentence; nothing then stands, or what stood before still does
 */
export async function writeBackup(
	dataDir: string,
	file: string,
	{ at, replace = false }: { at: number; replace?: boolean }
): Promise<BackupReport> {
	if (!replace && existsSync(file))
		throw new DatabaseError(`${file} existe déjà : donnez un autre nom, ou ajoutez --remplacer.`);
	const unfinished = `${file}.${randomBytes(4).toString('hex')}${unfinishedSuffix}`;
	try {
		// It holds what only the server's account may read. VACUUM accepts a file that is empty.
		closeSync(openSync(unfinished, 'wx', 0o600));
		copyDatabase(dataDir, unfinished);
		addFiles(dataDir, unfinished, at);
		const report = await checkBackup(unfinished);
		syncFile(unfinished);
		renameSync(unfinished, file);
		syncFolder(path.dirname(path.resolve(file)));
		return report;
	} catch (error) {
		if (error instanceof DatabaseError) throw error;
		throw new DatabaseError(
			`La sauvegarde ${file} n’a pas pu être faite, rien n’en est gardé (${messageOf(error)}) : vérifiez le dossier et la place sur le disque.`,
			{ cause: error }
		);
	} finally {
		for (const end of ['', '-journal']) rmSync(`${unfinished}${end}`, { force: true });
	}
}

function copyDatabase(dataDir: string, file: string): void {
	const sqlite = openSqlite(databaseFile({ dataDir }), { readonly: true });
	try {
		sqlite.prepare('VACUUM INTO ?').run(file);
	} finally {
		sqlite.close();
	}
}

/** Files come after the database, so that those it speaks of are there. */
function addFiles(dataDir: string, file: string, at: number): void {
	const sqlite = new BetterSqlite(file);
	try {
		sqlite.transaction(() => {
			sqlite.exec(archiveTable);
			const insert = sqlite.prepare('INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, ?, ?, ?)');
			for (const name of listStateFiles(dataDir)) {
				const read = readIfThere(path.join(dataDir, name));
				if (read !== undefined) insert.run(name, read.mode, read.seconds, read.data.length, read.data);
			}
			sqlite.exec(backupTable);
			sqlite
				.prepare('INSERT INTO backup (made_at, tables) VALUES (?, ?)')
				.run(new Date(at).toISOString(), JSON.stringify(digestsOf(sqlite)));
		})();
	} finally {
		sqlite.close();
	}
}

/** A file may go between the moment it is listed and the moment it is read. */
function readIfThere(file: string): { data: Buffer; mode: number; seconds: number } | undefined {
	try {
		const { mode, mtimeMs } = statSync(file);
		return { data: readFileSync(file), mode, seconds: Math.floor(mtimeMs / 1000) };
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/**
 * Reads a backup whole and says what it holds. A copy of the database made by other means is one too, without files.
 * @throws DatabaseError with a French sentence when it is damaged, isn't a backup, or comes from a newer version
 */
export async function checkBackup(file: string): Promise<BackupReport> {
	const damage = damageIn(file);
	if (damage !== undefined)
		throw new DatabaseError(`${file} est abîmé (${damage}) : prenez une autre copie.`);
	const sqlite = new BetterSqlite(file, { readonly: true });
	try {
		if (!hasTable(sqlite, 'migration') || !hasTable(sqlite, 'territory'))
			throw new DatabaseError(`${file} n’est pas une sauvegarde de l’annuaire.`);
		const newer = await unknownMigrations(appliedMigrations(sqlite));
		if (newer.length > 0)
			throw new DatabaseError(
				`${file} vient d’une version plus récente (${newer.join(', ')}) : mettez le logiciel à jour, puis recommencez.`
			);
		const made = readMaking(sqlite);
		const altered = made ? alteredTables(sqlite, made.tables) : [];
		if (altered.length > 0)
			throw new DatabaseError(
				`${file} est abîmé (contenu changé dans ${altered.join(', ')}) : prenez une autre copie.`
			);
		return {
			madeAt: made?.madeAt,
			territory: sqlite.prepare<[], string>('SELECT slug FROM territory').pluck().get() ?? '',
			bytes: statSync(file).size,
			entries: count(sqlite, 'service'),
			codes: count(sqlite, 'code'),
			files: hasTable(sqlite, 'sqlar') ? count(sqlite, 'sqlar') : 0
		};
	} finally {
		sqlite.close();
	}
}

type Digests = Record<string, string>;

function readMaking(sqlite: BetterSqlite.Database): { madeAt: string; tables: Digests } | undefined {
	if (!hasTable(sqlite, 'backup')) return undefined;
	const row = sqlite
		.prepare<[], { made_at: string; tables: string }>('SELECT made_at, tables FROM backup')
		.get();
	if (row === undefined) return undefined;
	return { madeAt: row.made_at, tables: JSON.parse(row.tables) as Digests };
}

function alteredTables(sqlite: BetterSqlite.Database, written: Digests): string[] {
	const found = digestsOf(sqlite);
	return [...new Set([...Object.keys(written), ...Object.keys(found)])].filter(
		(table) => written[table] !== found[table]
	);
}

/** The digest of each table's rows and of the schema, as they stand in this very file. */
function digestsOf(sqlite: BetterSqlite.Database): Digests {
	const tables = sqlite
		.prepare(
			`SELECT name FROM sqlite_schema
			WHERE type = 'table' AND name <> 'backup' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'
			ORDER BY name`
		)
		.pluck()
		.all() as string[];
	return Object.fromEntries([
		[
			'sqlite_schema',
			digestOf(sqlite, `SELECT name, sql FROM sqlite_schema WHERE name <> 'backup' ORDER BY name`)
		],
		...tables.map((table) => [table, digestOf(sqlite, `SELECT * FROM "${table}" NOT INDEXED`)])
	]) as Digests;
}

function digestOf(sqlite: BetterSqlite.Database, query: string): string {
	const hash = createHash('sha256');
	for (const row of sqlite.prepare(query).raw().safeIntegers().iterate())
		for (const value of row as unknown[]) feed(hash, value);
	return hash.digest('hex');
}

/** Each value with its kind and length, so that no two rows read the same. */
function feed(hash: Hash, value: unknown): void {
	const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
	const kind = value === null ? 'null' : Buffer.isBuffer(value) ? 'blob' : typeof value;
	hash.update(`${kind} ${bytes.length} `).update(bytes);
}

/** Whether the database has a table of this name. */
export function hasTable(sqlite: BetterSqlite.Database, name: string): boolean {
	return (
		sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined
	);
}

function count(sqlite: BetterSqlite.Database, table: string): number {
	return Number(sqlite.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
