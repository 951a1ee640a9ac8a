import { type Kysely, sql } from 'kysely';

/*
 * The outbox: one row a mail to one person. It waits until the mail server has accepted it (its words are
 * then erased) or it is given up. No page shows it: nothing here raises meta.version.
 */
const statements = [
	`CREATE TABLE mail (
		id INTEGER PRIMARY KEY,
		message_id TEXT NOT NULL UNIQUE CHECK (message_id GLOB '<?*@?*>' AND message_id NOT GLOB '*[^!-~]*'),
		key TEXT UNIQUE,
		recipient TEXT NOT NULL CHECK (recipient GLOB '?*@?*' AND recipient NOT GLOB '*[^!-~]*'),
		subject TEXT NOT NULL
			CHECK (subject <> '' AND instr(subject, char(10)) = 0 AND instr(subject, char(13)) = 0),
		text TEXT,
		html TEXT,
		created_at TEXT NOT NULL,
		next_attempt_at TEXT NOT NULL,
		attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
		last_error TEXT,
		accepted_at TEXT,
		given_up_at TEXT,
		CHECK (text IS NOT NULL OR accepted_at IS NOT NULL),
		CHECK (accepted_at IS NULL OR given_up_at IS NULL),
		CHECK (given_up_at IS NULL OR last_error IS NOT NULL)
	) STRICT`,
	`CREATE INDEX mail_waiting ON mail (next_attempt_at) WHERE accepted_at IS NULL AND given_up_at IS NULL`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
