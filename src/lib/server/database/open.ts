import BetterSqlite from 'better-sqlite3';
import {
	CompiledQuery,
	type DatabaseConnection,
	type Driver,
	Kysely,
	SqliteDialect,
	type SqliteDatabase,
	type SqliteDialectConfig,
	SqliteDriver
} from 'kysely';
import { openShelf } from './kept.ts';
import type { Db, Tables } from './schema.ts';

/** An open database: `db` for queries, `sqlite` for what SQL builders don't say (pragmas, backup). */
export interface OpenDatabase {
	db: Kysely<Tables>;
	sqlite: BetterSqlite.Database;
}

/** Older releases can corrupt a write-ahead log when it is reset (https://sqlite.org/wal.html). */
const oldestSqlite = [3, 51, 3] as const;

export class DatabaseError extends Error {}

/**
 * Opens the SQLite file, creating it when missing, with the pragmas every connection needs.
 * @throws DatabaseError with a French sentence when the file can't be used.
 */
export function openDatabase(file: string, options: { readonly?: boolean } = {}): OpenDatabase {
	const sqlite = openSqlite(file, options);
	const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: keepingStatements(sqlite) }) });
	openShelf(db, sqlite);
	return { sqlite, db };
}

/** How many prepared statements are kept. Lists of ids make many: the oldest leave. */
const statementsKept = 300;

/** The database as Kysely sees it, its statements kept ready: preparing one costs more than running it. */
function keepingStatements(sqlite: BetterSqlite.Database): SqliteDatabase {
	const statements = new Map<string, BetterSqlite.Statement>();
	return {
		close() {
			sqlite.close();
		},
		prepare(sql) {
			const kept = statements.get(sql);
			if (kept !== undefined) return kept;
			const [oldest] = statements.size < statementsKept ? [] : statements.keys();
			if (oldest !== undefined) statements.delete(oldest);
			const statement = sqlite.prepare(sql);
			statements.set(sql, statement);
			return statement;
		}
	};
}

/** Opens the file without a query builder: migrations and checks. */
export function openSqlite(file: string, options: { readonly?: boolean } = {}): BetterSqlite.Database {
	let sqlite: BetterSqlite.Database;
	try {
		sqlite = new BetterSqlite(file, { readonly: options.readonly ?? false });
		sqlite.pragma('busy_timeout = 5000');
		sqlite.pragma('journal_mode = WAL');
		sqlite.pragma('synchronous = FULL');
		sqlite.pragma('foreign_keys = ON');
		sqlite.pragma('trusted_schema = OFF');
	} catch (error) {
		throw new DatabaseError(
			`La base ${file} ne peut pas être ouverte (${messageOf(error)}). Vérifiez les droits du dossier, ou restaurez une sauvegarde.`
		);
	}
	const version = String(sqlite.prepare('SELECT sqlite_version()').pluck().get());
	if (isOlder(version, oldestSqlite)) {
		sqlite.close();
		throw new DatabaseError(
			`SQLite ${version} est trop ancien : il faut au moins ${oldestSqlite.join('.')}.`
		);
	}
	return sqlite;
}

/** Does `work` in one transaction, joining the one under way when there is one: all of it, or nothing. */
export async function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
	return db.isTransaction ? work(db) : db.transaction().execute(work);
}

function isOlder(version: string, oldest: readonly number[]): boolean {
	const parts = version.split('.').map(Number);
	for (const [i, wanted] of oldest.entries()) {
		const part = parts[i] ?? 0;
		if (part !== wanted) return part < wanted;
	}
	return false;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** A deferred transaction that turns into a write fails at once under another writer; an immediate one waits. */
class ImmediateDialect extends SqliteDialect {
	readonly #config: SqliteDialectConfig;
	constructor(config: SqliteDialectConfig) {
		super(config);
		this.#config = config;
	}
	override createDriver(): Driver {
		return new ImmediateDriver(this.#config);
	}
}

class ImmediateDriver extends SqliteDriver {
	override async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}
}
