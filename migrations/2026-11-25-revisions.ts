import { type Kysely, sql } from 'kysely';

/*
 * Every state of an entry that people could read, who made it and when: the base's (commune NULL), or what one
 * commune says of a base entry. `state` is the whole of it, as JSON. The first edit also keeps what was there before.
 */
const statements = [
	`CREATE TABLE revision (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id),
		commune TEXT REFERENCES commune (slug),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		state TEXT NOT NULL CHECK (json_type(state) = 'object')
	) STRICT`,
	`CREATE INDEX revision_service ON revision (service_id, commune, id)`,
	`CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER revision_is_never_cut BEFORE DELETE ON revision
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
