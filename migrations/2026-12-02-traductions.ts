import { type Kysely, sql } from 'kysely';

/*
 * What the desk's French texts are in other languages. The last row of a key in a language is what people read; an empty
 * text is a translation that was taken away. Those before it are its history.
 */
const statements = [
	`CREATE TABLE translation (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		langue TEXT NOT NULL CHECK (langue <> '' AND langue <> 'fr'),
		-- What it translates: 'theme/petite-enfance/question', 'moment/3/etape/2/titre'…
		cle TEXT NOT NULL CHECK (cle <> ''),
		-- The French that it tells.
		source TEXT NOT NULL,
		texte TEXT NOT NULL,
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL
	) STRICT`,
	`CREATE INDEX translation_key ON translation (langue, cle, id)`,
	`CREATE TRIGGER translation_is_never_changed BEFORE UPDATE ON translation
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER translation_is_never_cut BEFORE DELETE ON translation
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`,
	`CREATE TRIGGER version_translation_insert AFTER INSERT ON translation
		BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}
