import { type Kysely, sql } from 'kysely';

/*
 * What residents write: questions, errors they report on an entry, difficulties with the site. Purged after a delay
 * (docs/operations.md), so nothing refers to an enquiry for ever. Instants are ISO 8601 in UTC, days those of Paris.
 */
const statements = [
	// `commune` is where the person was reading; `answers` the one whose mairie answers, null for the communauté de communes.
	// `doubt` says why it waits to be sorted; an answer ends both.
	`CREATE TABLE enquiry (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		kind TEXT NOT NULL CHECK (kind IN ('question', 'accessibilite', 'signalement')),
		commune TEXT REFERENCES commune (slug),
		theme TEXT REFERENCES theme (slug),
		service_id INTEGER REFERENCES service (id),
		reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_type(reasons) = 'array'),
		text TEXT NOT NULL,
		courriel TEXT,
		telephone TEXT,
		received_at TEXT NOT NULL,
		due_on TEXT NOT NULL,
		answers TEXT REFERENCES commune (slug),
		doubt TEXT CHECK (doubt <> ''),
		outcome TEXT CHECK (outcome IN ('repondu', 'rappele', 'corrige', 'inchange', 'sans-suite', 'indesirable')),
		ended_at TEXT,
		ended_by TEXT,
		answer TEXT CHECK (answer <> ''),
		CHECK (kind <> 'signalement' OR service_id IS NOT NULL),
		CHECK (text <> '' OR reasons <> '[]'),
		CHECK ((outcome IS NULL) = (ended_at IS NULL)),
		CHECK ((outcome IS NULL) = (ended_by IS NULL)),
		CHECK (outcome IS NOT 'repondu' OR (answer IS NOT NULL AND courriel IS NOT NULL))
	) STRICT`,
	`CREATE INDEX enquiry_waiting ON enquiry (due_on) WHERE outcome IS NULL`,
	`CREATE INDEX enquiry_received ON enquiry (received_at)`,
	`CREATE INDEX enquiry_service ON enquiry (service_id)`,
	// A question and its answer that everyone may read, on the page of a theme. `commune` null: in every commune.
	`CREATE TABLE published_answer (
		id INTEGER PRIMARY KEY,
		theme TEXT NOT NULL REFERENCES theme (slug),
		commune TEXT REFERENCES commune (slug),
		question TEXT NOT NULL CHECK (question <> ''),
		answer TEXT NOT NULL CHECK (answer <> ''),
		published_at TEXT NOT NULL,
		published_by TEXT NOT NULL,
		retired_at TEXT,
		-- The question that it came from, which is forgotten first: not a reference.
		enquiry_id INTEGER
	) STRICT`,
	`CREATE INDEX published_answer_theme ON published_answer (theme)`,
	// « Cette page vous a aidé ? » : two numbers by page and day, and nothing else.
	`CREATE TABLE page_opinion (
		path TEXT NOT NULL,
		day TEXT NOT NULL,
		helped INTEGER NOT NULL DEFAULT 0,
		did_not INTEGER NOT NULL DEFAULT 0,
		PRIMARY KEY (path, day)
	) STRICT, WITHOUT ROWID`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	for (const event of ['INSERT', 'UPDATE', 'DELETE'])
		await sql
			.raw(
				`CREATE TRIGGER version_published_answer_${event.toLowerCase()} AFTER ${event} ON published_answer
				BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
			)
			.execute(db);
}
