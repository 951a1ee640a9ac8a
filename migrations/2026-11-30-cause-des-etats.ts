import { type Kysely, sql } from 'kysely';

/*
 * A state of the history may come from an import, or from the import being undone: nobody then typed it in a form, and the
 * history says so. NULL: someone published it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql
		.raw(`ALTER TABLE revision ADD COLUMN cause TEXT CHECK (cause IN ('import', 'import-annule'))`)
		.execute(db);
}
