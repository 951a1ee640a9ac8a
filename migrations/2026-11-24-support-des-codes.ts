import { type Kysely, sql } from 'kysely';

/* What a code is printed on, and when it was issued, are facts of paper: they never change. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(
			`CREATE TRIGGER code_support_is_fixed BEFORE UPDATE OF support, created_at ON code
			BEGIN SELECT RAISE(ABORT, 'what a code was printed on is never changed'); END`
		)
		.execute(db);
}
