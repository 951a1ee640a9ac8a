import { type Kysely, sql } from 'kysely';

/*
 * What becomes of an entry besides its words: what someone keeps unpublished, its former addresses, its end.
 * Nothing is ever removed: an archived entry keeps its row, its history and its addresses, and says who answers now.
 */
const statements = [
	// One a person and an entry: two people never write over each other's. `typed` is the form as it was typed.
	`CREATE TABLE draft (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT REFERENCES commune (slug),
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		version INTEGER NOT NULL CHECK (version >= 0),
		typed TEXT NOT NULL CHECK (json_type(typed) = 'object'),
		saved_at TEXT NOT NULL
	) STRICT`,
	`CREATE UNIQUE INDEX draft_of_a_person ON draft (service_id, coalesce(commune, ''), account_id)`,

	`CREATE TABLE former_slug (
		slug TEXT PRIMARY KEY CHECK (slug NOT GLOB '*[^a-z0-9-]*' AND slug <> ''),
		service_id INTEGER NOT NULL REFERENCES service (id)
	) STRICT, WITHOUT ROWID`,
	`CREATE TRIGGER former_slug_is_kept BEFORE DELETE ON former_slug
		BEGIN SELECT RAISE(ABORT, 'a published address is kept for ever'); END`,

	// An archived entry has no publication. `successor_id` is the one that says the same from now on.
	`CREATE TABLE archive (
		service_id INTEGER PRIMARY KEY REFERENCES service (id),
		archived_at TEXT NOT NULL,
		archived_by TEXT NOT NULL,
		was_published INTEGER NOT NULL CHECK (was_published IN (0, 1)),
		successor_id INTEGER REFERENCES service (id) CHECK (successor_id <> service_id)
	) STRICT`
];

/** Tables whose change makes every page already rendered stale. */
const content = ['former_slug', 'archive'];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	for (const table of content)
		for (const event of ['INSERT', 'UPDATE', 'DELETE'])
			await sql
				.raw(
					`CREATE TRIGGER version_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
					BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
				)
				.execute(db);
}
