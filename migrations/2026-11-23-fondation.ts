import { type Kysely, sql } from 'kysely';

/*
 * What the directory is made of. Data fields carry the names of data·inclusion v1
 * (nom, telephone, frais, publics, horaires_accueil…). Lists of codes are JSON arrays.
 * A base entry has commune NULL and is read in every commune it serves; what one commune
 * says differently stands in service_variant, a row per field.
 */
const statements = [
	`CREATE TABLE meta (
		key TEXT PRIMARY KEY,
		value TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE territory (
		id INTEGER PRIMARY KEY CHECK (id = 1),
		slug TEXT NOT NULL,
		nom TEXT NOT NULL,
		nom_court TEXT NOT NULL,
		sigle TEXT,
		accroche TEXT NOT NULL,
		introduction TEXT NOT NULL,
		siren TEXT,
		site_web TEXT,
		code_departement TEXT NOT NULL,
		departement TEXT NOT NULL,
		region TEXT NOT NULL,
		zone_scolaire TEXT NOT NULL CHECK (zone_scolaire IN ('A', 'B', 'C')),
		adresse TEXT,
		directeur_publication TEXT,
		hebergeur TEXT,
		delegue_donnees TEXT,
		contact_id INTEGER REFERENCES service (id)
	) STRICT`,

	`CREATE TABLE commune (
		slug TEXT PRIMARY KEY CHECK (slug NOT GLOB '*[^a-z0-9-]*' AND slug <> ''),
		code_insee TEXT NOT NULL UNIQUE CHECK (length(code_insee) = 5),
		nom TEXT NOT NULL,
		lieu TEXT NOT NULL,
		code_postal TEXT NOT NULL CHECK (length(code_postal) = 5),
		siren TEXT,
		latitude REAL,
		longitude REAL,
		mairie_id INTEGER REFERENCES service (id),
		position INTEGER NOT NULL
	) STRICT`,

	`CREATE TABLE structure (
		id INTEGER PRIMARY KEY,
		slug TEXT NOT NULL UNIQUE CHECK (slug NOT GLOB '*[^a-z0-9-]*' AND slug <> ''),
		nom TEXT NOT NULL,
		siren TEXT,
		site_web TEXT,
		source TEXT
	) STRICT`,

	`CREATE TABLE service (
		id INTEGER PRIMARY KEY,
		slug TEXT NOT NULL UNIQUE CHECK (slug NOT GLOB '*[^a-z0-9-]*' AND slug <> ''),
		structure_id INTEGER NOT NULL REFERENCES structure (id),
		commune TEXT REFERENCES commune (slug),
		nature TEXT NOT NULL CHECK (nature IN ('service', 'numero', 'site', 'repere', 'projet')),
		nom TEXT NOT NULL CHECK (nom <> ''),
		nom_court TEXT,
		resume TEXT,
		description TEXT NOT NULL,
		publics TEXT NOT NULL DEFAULT '[]' CHECK (json_type(publics) = 'array'),
		publics_precisions TEXT,
		age_min_mois INTEGER CHECK (age_min_mois >= 0),
		age_max_mois INTEGER CHECK (age_max_mois >= age_min_mois),
		mode_garde TEXT,
		frais TEXT,
		frais_precisions TEXT,
		rendez_vous TEXT CHECK (rendez_vous IN ('sans', 'avec', 'avec-ou-sans')),
		modes_mobilisation TEXT NOT NULL DEFAULT '[]' CHECK (json_type(modes_mobilisation) = 'array'),
		mobilisation_precisions TEXT,
		lien_mobilisation TEXT,
		demarches TEXT NOT NULL DEFAULT '[]' CHECK (json_type(demarches) = 'array'),
		a_apporter TEXT NOT NULL DEFAULT '[]' CHECK (json_type(a_apporter) = 'array'),
		a_apporter_precisions TEXT,
		langues TEXT NOT NULL DEFAULT '[]' CHECK (json_type(langues) = 'array'),
		acces_fauteuil TEXT CHECK (acces_fauteuil IN ('oui', 'partiel', 'non')),
		telephone TEXT,
		sms TEXT,
		courriel TEXT,
		site_web TEXT,
		adresse TEXT,
		complement_adresse TEXT,
		code_postal TEXT,
		code_insee TEXT,
		ville TEXT,
		latitude REAL,
		longitude REAL,
		horaires_accueil TEXT,
		horaires_precisions TEXT,
		en_attendant_id INTEGER REFERENCES service (id),
		urgence INTEGER NOT NULL DEFAULT 0 CHECK (urgence IN (0, 1)),
		mots TEXT NOT NULL DEFAULT '[]' CHECK (json_type(mots) = 'array'),
		source TEXT,
		source_lien TEXT,
		releve_le TEXT CHECK (releve_le GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		date_maj TEXT NOT NULL CHECK (date_maj GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		CHECK (releve_le IS NULL OR source IS NOT NULL)
	) STRICT`,
	`CREATE INDEX service_commune_owner ON service (commune)`,

	`CREATE TABLE service_commune (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT NOT NULL REFERENCES commune (slug),
		PRIMARY KEY (service_id, commune)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX service_commune_served ON service_commune (commune)`,

	`CREATE TABLE professional_contact (
		service_id INTEGER PRIMARY KEY REFERENCES service (id) ON DELETE CASCADE,
		contact_nom_prenom TEXT,
		telephone TEXT,
		courriel TEXT,
		notes TEXT
	) STRICT`,

	`CREATE TABLE closure (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		debut TEXT NOT NULL CHECK (debut GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		fin TEXT NOT NULL CHECK (fin >= debut),
		motif TEXT
	) STRICT`,
	`CREATE INDEX closure_service ON closure (service_id)`,

	`CREATE TABLE publication (
		service_id INTEGER PRIMARY KEY REFERENCES service (id) ON DELETE CASCADE,
		published_at TEXT NOT NULL,
		published_by TEXT NOT NULL
	) STRICT`,

	`CREATE TABLE verification (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		verifie_le TEXT NOT NULL CHECK (verifie_le GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		verifie_par TEXT NOT NULL
	) STRICT`,
	`CREATE INDEX verification_service ON verification (service_id, verifie_le)`,

	`CREATE TABLE service_variant (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT NOT NULL REFERENCES commune (slug),
		field TEXT NOT NULL,
		mode TEXT NOT NULL CHECK (mode IN ('replace', 'add')),
		value TEXT NOT NULL CHECK (json_valid(value)),
		base_value TEXT NOT NULL CHECK (json_valid(base_value)),
		changed_at TEXT NOT NULL,
		changed_by TEXT NOT NULL,
		PRIMARY KEY (service_id, commune, field)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX service_variant_commune ON service_variant (commune)`,

	`CREATE TABLE theme (
		slug TEXT PRIMARY KEY CHECK (slug NOT GLOB '*[^a-z0-9-]*' AND slug <> ''),
		nom TEXT NOT NULL,
		question TEXT NOT NULL,
		accroche TEXT NOT NULL,
		introduction TEXT NOT NULL,
		titre_affiche TEXT NOT NULL,
		volet TEXT CHECK (volet IN ('petite-enfance', 'enfance', 'jeunesse')),
		contact_id INTEGER REFERENCES service (id),
		position INTEGER NOT NULL
	) STRICT`,

	`CREATE TABLE theme_section (
		theme TEXT NOT NULL REFERENCES theme (slug),
		slug TEXT NOT NULL,
		nom TEXT NOT NULL,
		position INTEGER NOT NULL,
		PRIMARY KEY (theme, slug)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE theme_variant (
		theme TEXT NOT NULL REFERENCES theme (slug),
		commune TEXT NOT NULL REFERENCES commune (slug),
		field TEXT NOT NULL,
		mode TEXT NOT NULL CHECK (mode IN ('replace', 'add')),
		value TEXT NOT NULL CHECK (json_valid(value)),
		base_value TEXT NOT NULL CHECK (json_valid(base_value)),
		changed_at TEXT NOT NULL,
		changed_by TEXT NOT NULL,
		PRIMARY KEY (theme, commune, field)
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE service_theme (
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		theme TEXT NOT NULL,
		section TEXT NOT NULL,
		position INTEGER NOT NULL,
		PRIMARY KEY (service_id, theme),
		FOREIGN KEY (theme, section) REFERENCES theme_section (theme, slug)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX service_theme_section ON service_theme (theme, section, position)`,

	`CREATE TABLE school_holiday (
		debut TEXT PRIMARY KEY CHECK (debut GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		fin TEXT NOT NULL CHECK (fin >= debut),
		nom TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,

	`CREATE TABLE synonym (
		expression TEXT NOT NULL,
		concept INTEGER NOT NULL,
		PRIMARY KEY (expression, concept)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX synonym_concept ON synonym (concept)`,

	`CREATE TABLE accessibility_audit (
		id INTEGER PRIMARY KEY,
		audited_on TEXT NOT NULL,
		auditor TEXT NOT NULL,
		taux REAL NOT NULL CHECK (taux BETWEEN 0 AND 100)
	) STRICT`,

	// Printed codes outlive everything: none is ever removed, renamed or given a second life.
	`CREATE TABLE code (
		code TEXT PRIMARY KEY
			CHECK (length(code) = 5 AND code NOT GLOB '*[^23456789ABCDEFGHJKMNPQRSTVWXYZ]*'),
		support TEXT NOT NULL,
		created_at TEXT NOT NULL
	) STRICT, WITHOUT ROWID`,
	`CREATE TRIGGER code_is_never_deleted BEFORE DELETE ON code
		BEGIN SELECT RAISE(ABORT, 'a printed code is never deleted'); END`,
	`CREATE TRIGGER code_is_never_changed BEFORE UPDATE OF code ON code
		BEGIN SELECT RAISE(ABORT, 'a printed code is never reused'); END`,
	// INSERT OR REPLACE would delete without firing the trigger above.
	`CREATE TRIGGER code_is_never_replaced BEFORE INSERT ON code
		WHEN EXISTS (SELECT 1 FROM code WHERE code = NEW.code)
		BEGIN SELECT RAISE(ABORT, 'a printed code is never reused'); END`,

	`CREATE TABLE code_target (
		id INTEGER PRIMARY KEY,
		code TEXT NOT NULL REFERENCES code (code),
		kind TEXT NOT NULL,
		commune TEXT NOT NULL,
		object TEXT NOT NULL,
		since TEXT NOT NULL,
		set_by TEXT NOT NULL
	) STRICT`,
	`CREATE INDEX code_target_code ON code_target (code, id)`,
	`CREATE TRIGGER code_target_is_history BEFORE DELETE ON code_target
		BEGIN SELECT RAISE(ABORT, 'past targets of a code are kept'); END`,
	`CREATE TRIGGER code_target_is_fixed BEFORE UPDATE ON code_target
		BEGIN SELECT RAISE(ABORT, 'past targets of a code are kept'); END`,

	`CREATE TABLE scan (
		code TEXT NOT NULL REFERENCES code (code),
		day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
		count INTEGER NOT NULL CHECK (count > 0),
		PRIMARY KEY (code, day)
	) STRICT, WITHOUT ROWID`,

	// One row a service, and one more for each commune that says something differently.
	`CREATE TABLE search_entry (
		id INTEGER PRIMARY KEY,
		service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
		commune TEXT REFERENCES commune (slug)
	) STRICT`,
	`CREATE UNIQUE INDEX search_entry_service ON search_entry (service_id, coalesce(commune, ''))`,
	`CREATE VIRTUAL TABLE search_text USING fts5 (
		nom, mots, texte, racines,
		tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
	)`,
	`CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry
		BEGIN DELETE FROM search_text WHERE rowid = OLD.id; END`,
	`CREATE VIRTUAL TABLE search_word USING fts5vocab ('search_text', 'row')`
];

/** Tables whose change makes every page already rendered stale. */
const content = [
	'territory',
	'commune',
	'structure',
	'service',
	'service_commune',
	'closure',
	'publication',
	'verification',
	'service_variant',
	'theme',
	'theme_section',
	'theme_variant',
	'service_theme',
	'school_holiday',
	'synonym',
	'accessibility_audit'
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
	await sql.raw(`INSERT INTO meta (key, value) VALUES ('version', '1')`).execute(db);
	for (const table of content)
		for (const event of ['INSERT', 'UPDATE', 'DELETE'])
			await sql
				.raw(
					`CREATE TRIGGER version_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
					BEGIN UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'; END`
				)
				.execute(db);
}
