import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { type Kysely, Kysely as KyselyClass, SqliteDialect } from 'kysely';
import { now } from '../clock.ts';
import { projectRoot } from '../root.ts';
import { DatabaseError } from './open.ts';

interface Migration {
	name: string;
	up(db: Kysely<unknown>): Promise<void>;
}

const folder = path.join(projectRoot, 'migrations');

/** The migrations of the project, oldest first. */
export async function listMigrations(): Promise<Migration[]> {
	const files = readdirSync(folder).filter((file) => /^\d{4}-\d\d-\d\d-[a-z0-9-]+\.ts$/.test(file));
	return Promise.all(
		files.sort().map(async (file) => {
			const module = (await import(/* @vite-ignore */ path.join(folder, file))) as Omit<Migration, 'name'>;
			return { name: file.slice(0, -'.ts'.length), up: module.up };
		})
	);
}

/**
 * Brings the database to the last migration: all or nothing, after a copy beside the file when it held data.
 * Returns the names applied, and the copy when one was made.
 * @throws DatabaseError when a migration fails (nothing is then changed) or when the database comes from a newer version.
 */
export async function migrate(
	sqlite: BetterSqlite.Database,
	migrations?: Migration[]
): Promise<{ applied: string[]; copy: string | undefined }> {
	const all = migrations ?? (await listMigrations());
	const before = appliedMigrations(sqlite);
	const unknown = await unknownMigrations(before, all);
	if (unknown.length > 0)
		throw new DatabaseError(
			`Cette base vient d’une version plus récente (${unknown.join(', ')}) : mettez le logiciel à jour, ou restaurez une sauvegarde.`
		);
	if (all.every((migration) => before.includes(migration.name))) return { applied: [], copy: undefined };

	const copy = before.length > 0 ? copyBeside(sqlite) : undefined;
	sqlite.exec('BEGIN IMMEDIATE');
	try {
		sqlite.exec(
			'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT, WITHOUT ROWID'
		);
		// Read again under the lock: another process may have migrated meanwhile.
		const done = appliedMigrations(sqlite);
		const pending = all.filter((migration) => !done.includes(migration.name));
		const db = new KyselyClass<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
		for (const migration of pending) {
			await migration.up(db);
			sqlite
				.prepare('INSERT INTO migration (name, applied_at) VALUES (?, ?)')
				.run(migration.name, new Date(now()).toISOString());
		}
		const broken = sqlite.pragma('foreign_key_check') as unknown[];
		if (broken.length > 0) throw new Error(`${broken.length} référence(s) brisée(s)`);
		sqlite.exec('COMMIT');
		return { applied: pending.map((migration) => migration.name), copy };
	} catch (error) {
		if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
		throw new DatabaseError(
			`La mise à jour de la base a échoué, rien n’a été changé : ${error instanceof Error ? error.message : String(error)}`,
			{ cause: error }
		);
	}
}

/** Whether every migration of the project has been applied to this database. */
export async function isMigrated(sqlite: BetterSqlite.Database): Promise<boolean> {
	const done = appliedMigrations(sqlite);
	return (await listMigrations()).every((migration) => done.includes(migration.name));
}

/** Those of these migrations that this version doesn't know: a newer one applied them. */
export async function unknownMigrations(applied: string[], migrations?: Migration[]): Promise<string[]> {
	const all = migrations ?? (await listMigrations());
	return applied.filter((name) => !all.some((migration) => migration.name === name));
}

/** The names of the migrations applied to this database, the oldest first. */
export function appliedMigrations(sqlite: BetterSqlite.Database): string[] {
	const exists = sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get();
	if (!exists) return [];
	return sqlite.prepare('SELECT name FROM migration ORDER BY name').pluck().all() as string[];
}

/** One copy beside the file, of before the last update: `annuaire.sqlite.avant-mise-a-jour`. */
function copyBeside(sqlite: BetterSqlite.Database): string {
	const copy = `${sqlite.name}.avant-mise-a-jour`;
	if (existsSync(copy)) rmSync(copy);
	sqlite.prepare('VACUUM INTO ?').run(copy);
	return copy;
}
