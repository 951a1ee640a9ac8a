import { type Kysely, sql } from 'kysely';

/*
 * Situations edited at the desk. What each says is a whole state in its history, the common one (commune NULL) and what a
 * commune says in its own way: the last is the one that people read. Those known until then become the first state.
 */
const statements = [
	`CREATE TABLE situation (
		id INTEGER PRIMARY KEY,
		slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
		position INTEGER NOT NULL,
		-- NULL: nobody has read it yet.
		published_at TEXT,
		archived_at TEXT,
		archived_by TEXT,
		-- The one that says the same from then on.
		successor_id INTEGER REFERENCES situation (id),
		CHECK ((archived_at IS NULL) = (archived_by IS NULL))
	) STRICT`,
	`CREATE TABLE moment_revision (
		id INTEGER PRIMARY KEY,
		moment_id INTEGER NOT NULL REFERENCES situation (id),
		commune TEXT REFERENCES commune (slug),
		at TEXT NOT NULL,
		account_id INTEGER,
		who TEXT NOT NULL,
		state TEXT NOT NULL CHECK (json_type(state) = 'object')
	) STRICT`,
	`CREATE INDEX moment_revision_moment ON moment_revision (moment_id, commune, id)`,
	`CREATE TRIGGER moment_revision_is_never_changed BEFORE UPDATE ON moment_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never changed'); END`,
	`CREATE TRIGGER moment_revision_is_never_cut BEFORE DELETE ON moment_revision
		BEGIN SELECT RAISE(ABORT, 'the history is never cut'); END`,

	// A slug that a situation had: it leads to the present one for ever.
	`CREATE TABLE former_moment_slug (
		slug TEXT PRIMARY KEY,
		moment_id INTEGER NOT NULL REFERENCES situation (id)
	) STRICT, WITHOUT ROWID`,
	`CREATE TRIGGER former_moment_slug_is_kept BEFORE DELETE ON former_moment_slug
		BEGIN SELECT RAISE(ABORT, 'a published address is kept for ever'); END`,

	// A commune's own order. Those it doesn't name come after, in the common order.
	`CREATE TABLE moment_order (
		commune TEXT NOT NULL REFERENCES commune (slug),
		moment_id INTEGER NOT NULL REFERENCES situation (id),
		position INTEGER NOT NULL,
		PRIMARY KEY (commune, moment_id)
	) STRICT, WITHOUT ROWID`,

	// A situation that a commune leaves out of its pages. Its own address still answers.
	`CREATE TABLE hidden_moment (
		moment_id INTEGER NOT NULL REFERENCES situation (id),
		commune TEXT NOT NULL REFERENCES commune (slug),
		hidden_at TEXT NOT NULL,
		hidden_by TEXT NOT NULL,
		PRIMARY KEY (moment_id, commune)
	) STRICT, WITHOUT ROWID`,

	// What one person keeps of a situation's form, as typed.
	`CREATE TABLE moment_draft (
		id INTEGER PRIMARY KEY,
		moment_id INTEGER NOT NULL REFERENCES situation (id),
		commune TEXT REFERENCES commune (slug),
		account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
		version INTEGER NOT NULL CHECK (version >= 0),
		typed TEXT NOT NULL CHECK (json_type(typed) = 'object'),
		saved_at TEXT NOT NULL
	) STRICT`,
	`CREATE UNIQUE INDEX moment_draft_one ON moment_draft (moment_id, coalesce(commune, ''), account_id)`
];

interface Moment {
	id: number;
	slug: string;
	nom: string;
	accroche: string;
	introduction: string;
	theme: string;
	urgence: number;
	contact_id: number | null;
	position: number;
}

interface Step {
	id: number;
	titre: string;
	texte: string;
	service_id: number | null;
	a_preparer: string;
	source: string | null;
	source_lien: string | null;
}

/** Tables whose change makes every page already rendered stale. */
const content = ['moment', 'moment_revision', 'moment_order', 'hidden_moment'];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	const moments = (await sql<Moment>`SELECT * FROM moment ORDER BY id`.execute(db)).rows;
	const first = await sql<{
		at: string;
	}>`SELECT ifnull(min(published_at), strftime('%Y-%m-%dT%H:%M:%fZ')) AS at FROM publication`.execute(db);
	const at = first.rows[0]?.at;
	for (const { id, slug, position, contact_id, urgence, ...words } of moments) {
		await sql`INSERT INTO situation (id, slug, position, published_at) VALUES (${id}, ${slug}, ${position}, ${at})`.execute(
			db
		);
		const steps =
			await sql<Step>`SELECT * FROM moment_step WHERE moment_id = ${id} ORDER BY position`.execute(db);
		const state = {
			...words,
			urgence: urgence === 1,
			appeler: contact_id,
			mots: [],
			etapes: steps.rows.map((step) => ({
				cle: String(step.id),
				titre: step.titre,
				texte: step.texte,
				fiche: step.service_id,
				a_preparer: JSON.parse(step.a_preparer) as string[],
				source: step.source,
				source_lien: step.source_lien
			}))
		};
		await sql`INSERT INTO moment_revision (moment_id, at, who, state)
			VALUES (${id}, ${at}, 'amorce', ${JSON.stringify(state)})`.execute(db);
	}
	for (const statement of [
		'DROP TABLE moment_step',
		'DROP TABLE moment',
		'ALTER TABLE situation RENAME TO moment'
	])
		await sql.raw(statement).execute(db);
	for (const table of content)
		for (const event of ['INSERT', 'UPDATE', 'DELETE'])
			await sql
				.raw(
					`CREATE TRIGGER version_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
					BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
				)
				.execute(db);
}
