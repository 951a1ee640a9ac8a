import { type Kysely, sql } from 'kysely';

/*
 * What was printed with a code, and where it is: one row a printing. Never deleted: paper goes on circulating. One that
 * no longer does, or was noted by mistake, says since when.
 */
const statements = [
	`CREATE TABLE printing (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		code TEXT NOT NULL REFERENCES code (code),
		lieu TEXT NOT NULL CHECK (lieu <> ''),
		-- NULL when nobody said how many.
		exemplaires INTEGER CHECK (exemplaires > 0),
		imprime_le TEXT NOT NULL CHECK (imprime_le GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		noted_at TEXT NOT NULL,
		noted_by TEXT NOT NULL,
		retire_le TEXT CHECK (retire_le GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
	) STRICT`,
	`CREATE INDEX printing_code ON printing (code)`,
	`CREATE TRIGGER printing_is_never_deleted BEFORE DELETE ON printing
		BEGIN SELECT RAISE(ABORT, 'a printing is never forgotten'); END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
