import { type Kysely, sql } from 'kysely';

/*
 * The territory's name as a sentence says it: « publié par la Communauté de communes … ». French articles can't be
 * guessed: in a database already filled it is the name itself, until the publisher writes it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`ALTER TABLE territory ADD COLUMN nom_avec_article TEXT NOT NULL DEFAULT ''`.execute(db);
	await sql`UPDATE territory SET nom_avec_article = nom`.execute(db);
}
