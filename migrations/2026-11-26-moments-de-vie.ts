import { type Kysely, sql } from 'kysely';

/*
 * Situations that people name as theirs (« je viens d’emménager ») and the few steps that answer each, in order.
 * A step names one entry at most: its words, its hours and its number are read where they are kept true.
 */
const statements = [
	`CREATE TABLE moment (
		id INTEGER PRIMARY KEY,
		slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
		nom TEXT NOT NULL CHECK (nom <> ''),
		accroche TEXT NOT NULL,
		introduction TEXT NOT NULL,
		theme TEXT NOT NULL REFERENCES theme (slug),
		-- 1: the number comes before everything, and the page says how to leave it.
		urgence INTEGER NOT NULL DEFAULT 0 CHECK (urgence IN (0, 1)),
		contact_id INTEGER REFERENCES service (id),
		position INTEGER NOT NULL
	) STRICT`,
	`CREATE TABLE moment_step (
		id INTEGER PRIMARY KEY,
		moment_id INTEGER NOT NULL REFERENCES moment (id) ON DELETE CASCADE,
		titre TEXT NOT NULL CHECK (titre <> ''),
		texte TEXT NOT NULL,
		service_id INTEGER REFERENCES service (id),
		a_preparer TEXT NOT NULL DEFAULT '[]' CHECK (json_type(a_preparer) = 'array'),
		source TEXT,
		source_lien TEXT,
		position INTEGER NOT NULL
	) STRICT`,
	`CREATE INDEX moment_step_moment ON moment_step (moment_id)`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	for (const table of ['moment', 'moment_step'])
		for (const event of ['INSERT', 'UPDATE', 'DELETE'])
			await sql
				.raw(
					`CREATE TRIGGER version_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
					BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
				)
				.execute(db);
}
