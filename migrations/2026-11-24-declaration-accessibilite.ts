import { type Kysely, sql } from 'kysely';

/*
 * The day the accessibility statement was established, which the law asks the page to say. Before this column every
 * installation's page said 23 November 2026.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE territory ADD COLUMN accessibilite_etablie_le TEXT
		CHECK (accessibilite_etablie_le GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')`.execute(db);
	await sql`UPDATE territory SET accessibilite_etablie_le = '2026-11-23'`.execute(db);
}
