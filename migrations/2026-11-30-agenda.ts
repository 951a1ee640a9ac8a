import { type Kysely, sql } from 'kysely';

/*
 * The agenda: events, whom they are for, the dates that don't follow their repetition, what was said of each and by
 * whom, and how many people came. Times are what a clock in Paris shows, days and times sort as text.
 */
const statements = [
	`CREATE TABLE event (
		id INTEGER PRIMARY KEY,
		slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
		-- What a calendar knows it by, for ever.
		uid TEXT NOT NULL UNIQUE CHECK (uid <> ''),
		etat TEXT NOT NULL CHECK (etat IN ('brouillon', 'publie', 'archive')),
		titre TEXT NOT NULL CHECK (titre <> ''),
		description TEXT NOT NULL,
		theme TEXT REFERENCES theme (slug),
		pour_qui TEXT,
		organisateur TEXT,
		frais TEXT CHECK (frais IN ('gratuit', 'payant')),
		frais_precisions TEXT,
		service_id INTEGER REFERENCES service (id),
		lieu TEXT,
		adresse TEXT,
		inscription TEXT,
		telephone TEXT,
		courriel TEXT,
		lien TEXT,
		-- NULL: a project that has no date yet.
		debut TEXT CHECK (debut GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'),
		fin TEXT CHECK (fin >= debut AND length(fin) = length(debut)),
		rrule TEXT,
		hors_vacances INTEGER NOT NULL CHECK (hors_vacances IN (0, 1)),
		-- Why all of it is cancelled; NULL when it isn't.
		annulation TEXT,
		source TEXT
	) STRICT`,

	// Nobody in particular: the whole territory.
	`CREATE TABLE event_commune (
		event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
		commune TEXT NOT NULL REFERENCES commune (slug),
		PRIMARY KEY (event_id, commune)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE event_date (
		event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
		debut TEXT NOT NULL,
		nature TEXT NOT NULL CHECK (nature IN ('ajout', 'retrait', 'annulation')),
		mot TEXT NOT NULL,
		PRIMARY KEY (event_id, debut, nature)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE event_revision (
		id INTEGER PRIMARY KEY,
		event_id INTEGER NOT NULL REFERENCES event (id),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		state TEXT NOT NULL CHECK (json_type(state) = 'object')
	) STRICT`,
	`CREATE INDEX event_revision_event ON event_revision (event_id, id)`,
	`CREATE TRIGGER event_revision_is_never_changed BEFORE UPDATE ON event_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER event_revision_is_never_cut BEFORE DELETE ON event_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`,

	// How many people came on one date: one number, and nothing of anyone.
	`CREATE TABLE event_attendance (
		event_id INTEGER NOT NULL REFERENCES event (id),
		debut TEXT NOT NULL,
		participants INTEGER NOT NULL CHECK (participants BETWEEN 0 AND 100000),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		PRIMARY KEY (event_id, debut)
	) STRICT, WITHOUT ROWID`
];

/** Tables whose change makes every page already rendered stale. */
const content = ['event', 'event_commune', 'event_date', 'event_revision'];

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
