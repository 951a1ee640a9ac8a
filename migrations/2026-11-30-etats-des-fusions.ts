import { type Kysely, sql } from 'kysely';

/*
 * The history of an entry tells that another one was merged into it, and separated again: each merge knows the states it
 * led to. Those of earlier merges are found by their instant: they were kept in the same transaction.
 */
const nearest = (at: string, who = '') =>
	`(SELECT id FROM revision WHERE service_id = kept_id AND commune IS NULL ${who}
		AND abs(julianday(at) - julianday(${at})) * 86400 < 5 ORDER BY id DESC LIMIT 1)`;

const statements = [
	`ALTER TABLE merge ADD COLUMN revision_id INTEGER REFERENCES revision (id)`,
	`ALTER TABLE merge ADD COLUMN undone_revision_id INTEGER REFERENCES revision (id)`,
	`UPDATE merge SET revision_id = ${nearest('merged_at', 'AND who = merged_by')}`,
	`UPDATE merge SET undone_revision_id = ${nearest('undone_at')} WHERE undone_at IS NOT NULL`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
