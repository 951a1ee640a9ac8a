import { type Kysely, sql } from 'kysely';

/*
 * What someone proposes to change in an entry that isn't theirs, and what came of it. Never deleted: what was asked
 * and answered can be read again. Instants are ISO 8601 in UTC.
 */
const statements = [
	// `before` and `proposed` hold the fields that would change, and only those. An account, or a partner by its mail.
	`CREATE TABLE proposal (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id),
		commune TEXT REFERENCES commune (slug),
		account_id INTEGER,
		courriel TEXT,
		who TEXT NOT NULL CHECK (who <> ''),
		proposed_at TEXT NOT NULL,
		version INTEGER NOT NULL CHECK (version >= 0),
		before TEXT NOT NULL CHECK (json_type(before) = 'object'),
		proposed TEXT NOT NULL CHECK (json_type(proposed) = 'object' AND proposed <> '{}'),
		word TEXT CHECK (word <> '' AND length(word) <= 500),
		outcome TEXT CHECK (outcome IN ('acceptee', 'refusee', 'retiree')),
		ended_at TEXT,
		ended_by TEXT,
		answer TEXT CHECK (answer <> '' AND length(answer) <= 500),
		published TEXT CHECK (json_type(published) = 'object'),
		CHECK ((account_id IS NULL) <> (courriel IS NULL)),
		CHECK ((outcome IS NULL) = (ended_at IS NULL)),
		CHECK ((outcome IS NULL) = (ended_by IS NULL)),
		CHECK (outcome IS NOT 'refusee' OR answer IS NOT NULL),
		CHECK ((outcome IS 'acceptee') = (published IS NOT NULL))
	) STRICT`,
	`CREATE INDEX proposal_service ON proposal (service_id)`,
	// One person has one proposal waiting on one entry.
	`CREATE UNIQUE INDEX proposal_waiting
		ON proposal (service_id, coalesce(commune, ''), coalesce(account_id, ''), coalesce(courriel, ''))
		WHERE outcome IS NULL`,
	`CREATE TRIGGER proposal_is_answered_once BEFORE UPDATE ON proposal WHEN OLD.outcome IS NOT NULL
		BEGIN SELECT RAISE(ABORT, 'a proposal is answered once'); END`,
	`CREATE TRIGGER proposal_is_kept BEFORE DELETE ON proposal
		BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
