import { type Kysely, sql } from 'kysely';

/*
 * How an entry stays true: when it is looked at again, who is asked, by which links, and what was asked until now.
 * People are known by their address: whoever answers needs no account, and several may share a mairie's mailbox.
 * No page of a resident reads these tables: what it shows is a row of `verification`.
 */
const date = (column: string) =>
	`${column} TEXT NOT NULL CHECK (${column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')`;

const statements = [
	// No row: the rhythm that goes with what the entry is.
	`CREATE TABLE review_rhythm (
		service_id INTEGER PRIMARY KEY REFERENCES service (id) ON DELETE CASCADE,
		rhythm TEXT NOT NULL CHECK (rhythm IN ('6-mois', '12-mois', '1er-septembre', 'jamais'))
	) STRICT`,

	// Whom to ask when it isn't simply the mairie, or the administration. Rank 2 is asked when rank 1 stays silent.
	`CREATE TABLE maintainer (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		rank INTEGER NOT NULL CHECK (rank IN (1, 2)),
		courriel TEXT NOT NULL CHECK (courriel = lower(courriel)),
		nom TEXT NOT NULL CHECK (nom <> ''),
		publishes INTEGER NOT NULL CHECK (publishes IN (0, 1)),
		set_at TEXT NOT NULL,
		set_by TEXT NOT NULL,
		PRIMARY KEY (service_id, rank)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX maintainer_courriel ON maintainer (courriel)`,

	// Someone said that an entry is no longer their business, and perhaps whose it is: they are not asked meanwhile.
	`CREATE TABLE departure (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		courriel TEXT NOT NULL,
		nom TEXT NOT NULL,
		said_at TEXT NOT NULL,
		successor_nom TEXT,
		successor_courriel TEXT,
		note TEXT,
		PRIMARY KEY (service_id, courriel)
	) STRICT, WITHOUT ROWID`,

	// One a mail. What it opens is looked at again on each visit: someone replaced enters no more.
	`CREATE TABLE review_link (
		token_hash TEXT PRIMARY KEY,
		courriel TEXT NOT NULL,
		created_at TEXT NOT NULL,
		expires_at TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX review_link_courriel ON review_link (courriel)`,
	`CREATE TABLE review_link_entry (
		token_hash TEXT NOT NULL REFERENCES review_link (token_hash) ON DELETE CASCADE,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		PRIMARY KEY (token_hash, service_id)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX review_link_entry_service ON review_link_entry (service_id)`,

	// An entry was asked about to that person, that day. `after_verification` is the last row of `verification` then, 0
	// when there was none: once there is a newer one, the question was answered.
	`CREATE TABLE review_request (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		courriel TEXT NOT NULL,
		rank INTEGER NOT NULL CHECK (rank IN (1, 2)),
		${date('asked_on')},
		after_verification INTEGER NOT NULL CHECK (after_verification >= 0),
		UNIQUE (service_id, courriel, asked_on)
	) STRICT`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
