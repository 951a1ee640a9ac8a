import { type Kysely, sql } from 'kysely';

/*
 * Who may edit. What opens a door (session, link, recovery code) is kept as its SHA-256 only: whoever reads a
 * backup can't use it. Instants are ISO 8601 in UTC.
 */
const statements = [
	`CREATE TABLE account (
		id INTEGER PRIMARY KEY,
		courriel TEXT NOT NULL UNIQUE COLLATE NOCASE,
		nom TEXT NOT NULL CHECK (nom <> ''),
		role TEXT NOT NULL CHECK (role IN ('administration', 'mairie', 'agent', 'lecture')),
		password_hash TEXT,
		totp_secret TEXT,
		totp_step INTEGER,
		created_at TEXT NOT NULL,
		created_by TEXT NOT NULL,
		disabled_at TEXT
	) STRICT`,

	`CREATE TABLE account_commune (
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		commune TEXT NOT NULL REFERENCES commune (slug),
		PRIMARY KEY (account_id, commune)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE session (
		id_hash TEXT PRIMARY KEY,
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		created_at TEXT NOT NULL,
		seen_at TEXT NOT NULL,
		expires_at TEXT NOT NULL,
		device TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX session_account ON session (account_id)`,

	`CREATE TABLE account_link (
		token_hash TEXT PRIMARY KEY,
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'mot-de-passe', 'second-facteur')),
		created_at TEXT NOT NULL,
		expires_at TEXT NOT NULL,
		used_at TEXT
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX account_link_account ON account_link (account_id)`,

	`CREATE TABLE recovery_code (
		code_hash TEXT PRIMARY KEY,
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		used_at TEXT
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX recovery_code_account ON recovery_code (account_id)`,

	// Names stand in it as they were: it outlives the accounts.
	`CREATE TABLE journal (
		id INTEGER PRIMARY KEY,
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		action TEXT NOT NULL,
		object TEXT
	) STRICT`,
	`CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
		BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END`,
	`CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
		BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
