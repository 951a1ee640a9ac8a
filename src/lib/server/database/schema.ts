import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type { EventState } from '#lib/domain/agenda/event.ts';
import type {
	AccountCommuneTable,
	AccountLinkTable,
	AccountTable,
	AnnouncementChangeTable,
	CensusChangeTable,
	CensusHeaderTable,
	CensusTable,
	DepartureTable,
	DraftTable,
	EnquiryTable,
	EventAttendanceTable,
	EventRevisionTable,
	JournalTable,
	MailTable,
	MaintainerTable,
	MergeTable,
	MomentDraftTable,
	MomentRevisionTable,
	PageOpinionTable,
	ProposalTable,
	PublishedAnswerTable,
	RecoveryCodeTable,
	ReviewLinkEntryTable,
	ReviewLinkTable,
	ReviewRequestTable,
	ReviewRhythmTable,
	RevisionTable,
	SessionTable,
	ThemeRevisionTable,
	TranslationTable,
	PrintingTable
} from './desk-schema.ts';

/*
 * The tables as Kysely sees them: one interface a table, the columns exactly as in migrations/.
 * A JSON array column is text here; `services.ts` reads it.
 */

export interface MetaTable {
	key: string;
	value: string;
}

export interface TerritoryTable {
	id: Generated<number>;
	slug: string;
	nom: string;
	nom_court: string;
	/** « la Communauté de communes du Valclair » : as a sentence says it. */
	nom_avec_article: string;
	sigle: string | null;
	accroche: string;
	introduction: string;
	siren: string | null;
	site_web: string | null;
	code_departement: string;
	departement: string;
	region: string;
	zone_scolaire: string;
	/** What the law asks the site to say of its publisher. */
	adresse: string | null;
	directeur_publication: string | null;
	hebergeur: string | null;
	delegue_donnees: string | null;
	/** The day the accessibility statement was established. */
	accessibilite_etablie_le: string | null;
	contact_id: number | null;
}

export interface CommuneTable {
	slug: string;
	code_insee: string;
	nom: string;
	/** « à Haut-Valclair », « au Pont-Valclair » : the commune with its preposition. */
	lieu: string;
	code_postal: string;
	siren: string | null;
	latitude: number | null;
	longitude: number | null;
	mairie_id: number | null;
	position: number;
}

export interface StructureTable {
	id: Generated<number>;
	slug: string;
	nom: string;
	siren: string | null;
	site_web: string | null;
	source: string | null;
}

type JsonText = ColumnType<string, string | undefined, string>;

export interface ServiceTable {
	id: Generated<number>;
	slug: string;
	structure_id: number;
	commune: string | null;
	nature: string;
	nom: string;
	nom_court: string | null;
	resume: string | null;
	description: string;
	publics: JsonText;
	publics_precisions: string | null;
	age_min_mois: number | null;
	age_max_mois: number | null;
	mode_garde: string | null;
	frais: string | null;
	frais_precisions: string | null;
	rendez_vous: string | null;
	modes_mobilisation: JsonText;
	mobilisation_precisions: string | null;
	lien_mobilisation: string | null;
	demarches: JsonText;
	a_apporter: JsonText;
	a_apporter_precisions: string | null;
	langues: JsonText;
	acces_fauteuil: string | null;
	telephone: string | null;
	sms: string | null;
	courriel: string | null;
	site_web: string | null;
	adresse: string | null;
	complement_adresse: string | null;
	code_postal: string | null;
	code_insee: string | null;
	ville: string | null;
	latitude: number | null;
	longitude: number | null;
	horaires_accueil: string | null;
	horaires_precisions: string | null;
	en_attendant_id: number | null;
	urgence: Generated<number>;
	mots: JsonText;
	source: string | null;
	source_lien: string | null;
	releve_le: string | null;
	date_maj: string;
}

export interface ServiceCommuneTable {
	service_id: number;
	commune: string;
}

export interface ProfessionalContactTable {
	service_id: number;
	contact_nom_prenom: string | null;
	telephone: string | null;
	courriel: string | null;
	notes: string | null;
}

export interface ClosureTable {
	id: Generated<number>;
	service_id: number;
	debut: string;
	fin: string;
	motif: string | null;
}

export interface PublicationTable {
	service_id: number;
	published_at: string;
	published_by: string;
}

export interface VerificationTable {
	id: Generated<number>;
	service_id: number;
	verifie_le: string;
	verifie_par: string;
}

interface VariantColumns {
	commune: string;
	field: string;
	mode: 'replace' | 'add';
	value: string;
	base_value: string;
	changed_at: string;
	changed_by: string;
}

export interface ServiceVariantTable extends VariantColumns {
	service_id: number;
}

export interface ThemeVariantTable extends VariantColumns {
	theme: string;
}

export interface ThemeTable {
	slug: string;
	nom: string;
	question: string;
	accroche: string;
	introduction: string;
	titre_affiche: string;
	volet: string | null;
	contact_id: number | null;
	position: number;
}

/** A situation that people name as theirs. What it says is the last of its states (`moment_revision`). */
export interface MomentTable {
	id: Generated<number>;
	slug: string;
	position: number;
	/** Null: nobody has read it yet. */
	published_at: string | null;
	archived_at: string | null;
	archived_by: string | null;
	successor_id: number | null;
}

/** A commune's own place for a situation. */
export interface MomentOrderTable {
	commune: string;
	moment_id: number;
	position: number;
}

/** A situation that a commune leaves out of its pages. */
export interface HiddenMomentTable {
	moment_id: number;
	commune: string;
	hidden_at: string;
	hidden_by: string;
}

/** A slug that a situation had. */
export interface FormerMomentSlugTable {
	slug: string;
	moment_id: number;
}

export interface EventTable {
	id: Generated<number>;
	slug: string;
	/** What a calendar knows it by. */
	uid: string;
	etat: EventState;
	titre: string;
	description: string;
	theme: string | null;
	pour_qui: string | null;
	organisateur: string | null;
	frais: 'gratuit' | 'payant' | null;
	frais_precisions: string | null;
	service_id: number | null;
	lieu: string | null;
	adresse: string | null;
	inscription: string | null;
	telephone: string | null;
	courriel: string | null;
	lien: string | null;
	/** A day or a local time; null for a project without a date. */
	debut: string | null;
	fin: string | null;
	rrule: string | null;
	hors_vacances: 0 | 1;
	annulation: string | null;
	source: string | null;
}

/** Whom an event is for; nobody in particular means the whole territory. */
export interface EventCommuneTable {
	event_id: number;
	commune: string;
}

/** A date that doesn't follow the repetition. */
export interface EventDateTable {
	event_id: number;
	debut: string;
	nature: 'ajout' | 'retrait' | 'annulation';
	mot: string;
}

export interface ThemeSectionTable {
	theme: string;
	slug: string;
	nom: string;
	position: number;
}

export interface ServiceThemeTable {
	service_id: number;
	theme: string;
	section: string;
	position: number;
}

export interface SchoolHolidayTable {
	debut: string;
	fin: string;
	nom: string;
}

export interface SynonymTable {
	expression: string;
	concept: number;
}

export interface AccessibilityAuditTable {
	id: Generated<number>;
	audited_on: string;
	auditor: string;
	taux: number;
}

/** Where and when a shared service receives people in one commune; ended, it is kept. */
export interface PermanenceTable {
	id: Generated<number>;
	service_id: number;
	commune: string;
	lieu: string;
	adresse: string | null;
	horaires_accueil: string;
	precisions: string | null;
	added_at: string;
	added_by: string;
	ended_at: ColumnType<string | null, undefined, string | null>;
	ended_by: ColumnType<string | null, undefined, string | null>;
}

/** An address that an entry had: it leads to it for ever. */
export interface FormerSlugTable {
	slug: string;
	service_id: number;
}

/** An entry that people no longer read. */
export interface ArchiveTable {
	service_id: number;
	archived_at: string;
	archived_by: string;
	was_published: number;
	/** The entry that says the same from now on. */
	successor_id: number | null;
}

/** A commune's own place for an entry of a theme. */
export interface CommuneOrderTable {
	theme: string;
	commune: string;
	service_id: number;
	position: number;
}

/** A shared entry that a commune leaves out of its pages. */
export interface HiddenServiceTable {
	service_id: number;
	commune: string;
	hidden_at: string;
	hidden_by: string;
}

/** What is said on an entry between two days, both included. */
export interface MessageTable {
	id: Generated<number>;
	service_id: number;
	/** The commune where it is read; null wherever the entry is. */
	commune: string | null;
	texte: string;
	debut: string;
	fin: string;
}

export interface CodeTable {
	code: string;
	support: string;
	created_at: string;
}

export interface CodeTargetTable {
	id: Generated<number>;
	code: string;
	kind: string;
	commune: string;
	object: string;
	since: string;
	set_by: string;
}

export interface ScanTable {
	code: string;
	day: string;
	count: number;
}

export interface SearchEntryTable {
	id: Generated<number>;
	service_id: number;
	commune: string | null;
}

export interface SearchTextTable {
	rowid: number;
	nom: string;
	mots: string;
	texte: string;
	racines: string;
}

export interface SearchWordTable {
	term: string;
	doc: number;
	cnt: number;
}

export interface Tables {
	revision: RevisionTable;
	draft: DraftTable;
	proposal: ProposalTable;
	census: CensusTable;
	census_header: CensusHeaderTable;
	census_change: CensusChangeTable;
	merge: MergeTable;
	former_slug: FormerSlugTable;
	archive: ArchiveTable;
	permanence: PermanenceTable;
	review_rhythm: ReviewRhythmTable;
	maintainer: MaintainerTable;
	departure: DepartureTable;
	review_link: ReviewLinkTable;
	review_link_entry: ReviewLinkEntryTable;
	review_request: ReviewRequestTable;
	theme_revision: ThemeRevisionTable;
	commune_order: CommuneOrderTable;
	hidden_service: HiddenServiceTable;
	message: MessageTable;
	announcement_change: AnnouncementChangeTable;
	account: AccountTable;
	account_commune: AccountCommuneTable;
	session: SessionTable;
	account_link: AccountLinkTable;
	recovery_code: RecoveryCodeTable;
	journal: JournalTable;
	meta: MetaTable;
	territory: TerritoryTable;
	commune: CommuneTable;
	structure: StructureTable;
	service: ServiceTable;
	service_commune: ServiceCommuneTable;
	professional_contact: ProfessionalContactTable;
	closure: ClosureTable;
	publication: PublicationTable;
	verification: VerificationTable;
	service_variant: ServiceVariantTable;
	theme: ThemeTable;
	moment: MomentTable;
	moment_revision: MomentRevisionTable;
	moment_order: MomentOrderTable;
	hidden_moment: HiddenMomentTable;
	former_moment_slug: FormerMomentSlugTable;
	moment_draft: MomentDraftTable;
	event: EventTable;
	event_commune: EventCommuneTable;
	event_date: EventDateTable;
	event_revision: EventRevisionTable;
	event_attendance: EventAttendanceTable;
	theme_section: ThemeSectionTable;
	theme_variant: ThemeVariantTable;
	service_theme: ServiceThemeTable;
	school_holiday: SchoolHolidayTable;
	synonym: SynonymTable;
	accessibility_audit: AccessibilityAuditTable;
	code: CodeTable;
	code_target: CodeTargetTable;
	scan: ScanTable;
	printing: PrintingTable;
	search_entry: SearchEntryTable;
	search_text: SearchTextTable;
	search_word: SearchWordTable;
	mail: MailTable;
	enquiry: EnquiryTable;
	published_answer: PublishedAnswerTable;
	page_opinion: PageOpinionTable;
	translation: TranslationTable;
}

/** The database, or a transaction on it: every query takes it first. */
export type Db = Kysely<Tables> | Transaction<Tables>;
