import { type Kysely, sql } from 'kysely';

/* The language of the page that a resident wrote from: whoever answers may write in it, or call with someone who speaks it. */
const statements = [`ALTER TABLE enquiry ADD COLUMN langue TEXT NOT NULL DEFAULT 'fr' CHECK (langue <> '')`];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
