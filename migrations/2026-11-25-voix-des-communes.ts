import { type Kysely, sql } from 'kysely';

/*
 * A commune's own voice beside the common base: the words of themes and their history, the order of a theme's entries
 * and those it doesn't show, messages with dates. Days are those of Paris, both included.
 */
const statements = [
	// `state` is the whole of what was said: the common words (commune NULL), or a commune's introduction.
	`CREATE TABLE theme_revision (
		id INTEGER PRIMARY KEY,
		theme TEXT NOT NULL REFERENCES theme (slug),
		commune TEXT REFERENCES commune (slug),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		state TEXT NOT NULL CHECK (json_type(state) = 'object')
	) STRICT`,
	`CREATE INDEX theme_revision_theme ON theme_revision (theme, commune, id)`,
	`CREATE TRIGGER theme_revision_is_never_changed BEFORE UPDATE ON theme_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER theme_revision_is_never_cut BEFORE DELETE ON theme_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`,

	// A commune's own order of a theme's entries. Those it doesn't name come after, in the common order.
	`CREATE TABLE commune_order (
		theme TEXT NOT NULL REFERENCES theme (slug),
		commune TEXT NOT NULL REFERENCES commune (slug),
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		position INTEGER NOT NULL,
		PRIMARY KEY (theme, commune, service_id)
	) STRICT, WITHOUT ROWID`,

	// A shared entry that a commune leaves out of its pages, lists and search. Its own address still answers.
	`CREATE TABLE hidden_service (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT NOT NULL REFERENCES commune (slug),
		hidden_at TEXT NOT NULL,
		hidden_by TEXT NOT NULL,
		PRIMARY KEY (service_id, commune)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX hidden_service_commune ON hidden_service (commune)`,

	// commune NULL: of the entry itself, read wherever it is; else what one commune says on a shared entry.
	`CREATE TABLE message (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT REFERENCES commune (slug),
		texte TEXT NOT NULL CHECK (length(texte) BETWEEN 1 AND 280),
		debut TEXT NOT NULL CHECK (debut GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		fin TEXT NOT NULL CHECK (fin >= debut)
	) STRICT`,
	`CREATE INDEX message_service ON message (service_id)`,

	// What was done to a closure or a message: before and after, null where there was none or is none left.
	`CREATE TABLE announcement_change (
		id INTEGER PRIMARY KEY,
		kind TEXT NOT NULL CHECK (kind IN ('fermeture', 'message')),
		announcement_id INTEGER NOT NULL,
		service_id INTEGER NOT NULL REFERENCES service (id),
		commune TEXT REFERENCES commune (slug),
		before TEXT CHECK (json_type(before) = 'object'),
		after TEXT CHECK (json_type(after) = 'object'),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL
	) STRICT`,
	`CREATE INDEX announcement_change_service ON announcement_change (service_id, commune, id)`,
	`CREATE TRIGGER announcement_change_is_never_changed BEFORE UPDATE ON announcement_change
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER announcement_change_is_never_cut BEFORE DELETE ON announcement_change
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`
];

/** Tables whose change makes every page already rendered stale. */
const content = ['commune_order', 'hidden_service', 'message'];

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
