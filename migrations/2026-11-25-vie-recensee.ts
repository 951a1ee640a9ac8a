import { type Kysely, sql } from 'kysely';

/*
 * Imports and merges: what a file holds until it is confirmed, what its columns were said to be, what it changed, so
 * that it can be undone; two entries made into one, and how each was. Names stand as they were: they outlive accounts.
 */
const statements = [
	// `content` is the table of the file, as JSON: emptied once confirmed, thrown away or expired.
	`CREATE TABLE census (
		id INTEGER PRIMARY KEY,
		account_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
		who TEXT NOT NULL,
		file_name TEXT NOT NULL,
		created_at TEXT NOT NULL,
		content TEXT CHECK (json_type(content) = 'object'),
		targets TEXT NOT NULL DEFAULT '{}' CHECK (json_type(targets) = 'object'),
		choices TEXT NOT NULL DEFAULT '{}' CHECK (json_type(choices) = 'object'),
		confirmed_at TEXT,
		counts TEXT CHECK (json_type(counts) = 'object'),
		undone_at TEXT,
		undone_by TEXT
	) STRICT`,

	// What a header was said to mean, for the next file: empty when it is not to be imported.
	`CREATE TABLE census_header (
		header TEXT PRIMARY KEY,
		target TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,

	// The state of an entry before and after an import; no state before for one that it created.
	`CREATE TABLE census_change (
		census_id INTEGER NOT NULL REFERENCES census (id) ON DELETE CASCADE,
		service_id INTEGER NOT NULL REFERENCES service (id),
		before TEXT CHECK (json_type(before) = 'object'),
		after TEXT NOT NULL CHECK (json_type(after) = 'object'),
		PRIMARY KEY (census_id, service_id)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE merge (
		id INTEGER PRIMARY KEY,
		kept_id INTEGER NOT NULL REFERENCES service (id),
		gone_id INTEGER NOT NULL REFERENCES service (id) CHECK (gone_id <> kept_id),
		merged_at TEXT NOT NULL,
		merged_by TEXT NOT NULL,
		before TEXT NOT NULL CHECK (json_type(before) = 'object'),
		undone_at TEXT
	) STRICT`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
