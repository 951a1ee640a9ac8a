import type { Generated } from 'kysely';
import type { Role } from '#lib/domain/accounts.ts';
import type { EnquiryKind, Outcome } from '#lib/domain/enquiries/enquiry.ts';
import type { Rank } from '#lib/domain/freshness/review.ts';
import type { Rhythm } from '#lib/domain/freshness/rhythm.ts';

/* The tables that only editors and the server's own work touch: no page of a resident reads them. */

export interface AccountTable {
	id: Generated<number>;
	courriel: string;
	nom: string;
	role: Role;
	/** Argon2id, null until the invitation is accepted. */
	password_hash: string | null;
	/** Shared with the person's application, in base 32; null while the second factor is off. */
	totp_secret: string | null;
	/** The last thirty-second step whose code was accepted: each serves once. */
	totp_step: number | null;
	created_at: string;
	created_by: string;
	disabled_at: string | null;
}

export interface AccountCommuneTable {
	account_id: number;
	commune: string;
}

export interface SessionTable {
	id_hash: string;
	account_id: number;
	created_at: string;
	seen_at: string;
	expires_at: string;
	/** The browser and system, in words. */
	device: string;
}

export interface AccountLinkTable {
	token_hash: string;
	account_id: number;
	purpose: 'invitation' | 'mot-de-passe' | 'second-facteur';
	created_at: string;
	expires_at: string;
	used_at: string | null;
}

export interface RecoveryCodeTable {
	code_hash: string;
	account_id: number;
	used_at: string | null;
}

export interface JournalTable {
	id: Generated<number>;
	at: string;
	account_id: number | null;
	who: string;
	action: string;
	object: string | null;
}

/** A mail to one person. Waiting while neither `accepted_at` nor `given_up_at` is known; its words go once accepted. */
export interface MailTable {
	id: Generated<number>;
	message_id: string;
	/** What makes it unique among all mails, for whoever queues it: queued again, nothing happens. */
	key: string | null;
	recipient: string;
	subject: string;
	text: string | null;
	html: string | null;
	created_at: string;
	next_attempt_at: string;
	attempts: Generated<number>;
	last_error: string | null;
	accepted_at: string | null;
	given_up_at: string | null;
}

/** A state of an entry that people could read. */
export interface RevisionTable {
	id: Generated<number>;
	service_id: number;
	/** The commune whose words these are; null for the entry itself. */
	commune: string | null;
	at: string;
	account_id: number | null;
	who: string;
	state: string;
	/** Set when nobody typed it in a form: an import, or an import undone. */
	cause: 'import' | 'import-annule' | null;
}

/** What one person keeps of an entry's form without publishing it. */
export interface DraftTable {
	id: Generated<number>;
	service_id: number;
	/** The commune whose words these are; null for the entry itself. */
	commune: string | null;
	account_id: number;
	/** The state the person began from. */
	version: number;
	/** The form as it was typed, as JSON. */
	typed: string;
	saved_at: string;
}

/** What someone proposes to change in an entry that isn't theirs. Waiting while `outcome` is null. */
export interface ProposalTable {
	id: Generated<number>;
	service_id: number;
	/** The commune whose words would change; null for the entry itself. */
	commune: string | null;
	/** Who proposes: an account, or a partner by its mail. Either one is null. */
	account_id: number | null;
	courriel: string | null;
	who: string;
	proposed_at: string;
	/** The state the person began from. */
	version: number;
	/** The fields that would change, as the person read them; JSON. */
	before: string;
	/** The same fields as the person would have them; JSON. */
	proposed: string;
	word: string | null;
	outcome: 'acceptee' | 'refusee' | 'retiree' | null;
	ended_at: string | null;
	ended_by: string | null;
	/** What whoever answered wrote to the person. */
	answer: string | null;
	/** The same fields as they were published, when accepted; JSON. */
	published: string | null;
}

/** How often an entry is looked at again, when it isn't by default. */
export interface ReviewRhythmTable {
	service_id: number;
	rhythm: Rhythm;
}

/** Who is asked whether an entry is still true, when it isn't the mairie or the administration. */
export interface MaintainerTable {
	service_id: number;
	/** 1 is asked first, 2 when the first stays silent. */
	rank: Rank;
	/** In lower case. */
	courriel: string;
	/** As residents read it: « Vérifié le … par … ». */
	nom: string;
	/** Whether what they correct is published at once. */
	publishes: 0 | 1;
	set_at: string;
	set_by: string;
}

/** Someone said that an entry is no longer their business. */
export interface DepartureTable {
	service_id: number;
	courriel: string;
	nom: string;
	said_at: string;
	successor_nom: string | null;
	successor_courriel: string | null;
	note: string | null;
}

/** A link of a mail that asks whether entries are still true. */
export interface ReviewLinkTable {
	token_hash: string;
	courriel: string;
	created_at: string;
	expires_at: string;
}

export interface ReviewLinkEntryTable {
	token_hash: string;
	service_id: number;
}

/** A mail asked this person about this entry, that day. */
export interface ReviewRequestTable {
	id: Generated<number>;
	service_id: number;
	courriel: string;
	rank: Rank;
	asked_on: string;
	/** The last verification there was then; 0 for none. */
	after_verification: number;
}

/** A file to import: waiting to be confirmed, then what was done with it. */
export interface CensusTable {
	id: Generated<number>;
	account_id: number | null;
	who: string;
	file_name: string;
	created_at: string;
	/** The table of the file, as JSON; null once confirmed, thrown away or expired. */
	content: string | null;
	/** What each column was said to be, by its header, as JSON. */
	targets: Generated<string>;
	/** What was chosen for the likely duplicates, by the number of the row, as JSON. */
	choices: Generated<string>;
	confirmed_at: string | null;
	/** What it did, as JSON. */
	counts: string | null;
	undone_at: string | null;
	undone_by: string | null;
}

/** What a header of a file was said to mean; empty when it is not to be imported. */
export interface CensusHeaderTable {
	header: string;
	target: string;
}

/** What an import changed in an entry. */
export interface CensusChangeTable {
	census_id: number;
	service_id: number;
	/** The state of the entry before, as JSON; null for one that it created. */
	before: string | null;
	after: string;
}

/** Two entries made into one. */
export interface MergeTable {
	id: Generated<number>;
	kept_id: number;
	gone_id: number;
	merged_at: string;
	merged_by: string;
	/** How both were, and what led to the one that went, as JSON. */
	before: string;
	undone_at: string | null;
	/** The states of the one that stayed that merging, then separating, led to. */
	revision_id: number | null;
	undone_revision_id: number | null;
}

/** What a theme said: the common words, or a commune's introduction. */
export interface ThemeRevisionTable {
	id: Generated<number>;
	theme: string;
	/** The commune whose words these are; null for the common ones. */
	commune: string | null;
	at: string;
	account_id: number | null;
	who: string;
	state: string;
}

/** A state of a situation: the common one, or what one commune says in its own way. */
export interface MomentRevisionTable {
	id: Generated<number>;
	moment_id: number;
	/** The commune whose words these are; null for the common ones. */
	commune: string | null;
	at: string;
	account_id: number | null;
	who: string;
	state: string;
}

/** What one person keeps of a situation's form without publishing it. */
export interface MomentDraftTable {
	id: Generated<number>;
	moment_id: number;
	/** The commune whose words these are; null for the common ones. */
	commune: string | null;
	account_id: number;
	/** The state the person began from. */
	version: number;
	/** The form as it was typed, as JSON. */
	typed: string;
	saved_at: string;
}

/** What was done to a closure or to a message. */
export interface AnnouncementChangeTable {
	id: Generated<number>;
	kind: 'fermeture' | 'message';
	announcement_id: number;
	service_id: number;
	commune: string | null;
	/** As JSON; null when it was added. */
	before: string | null;
	/** As JSON; null when it was removed. */
	after: string | null;
	at: string;
	account_id: number | null;
	who: string;
}

/** What a resident wrote. Waiting while `outcome` is null: to be sorted when `doubt` says why, else to be answered. */
export interface EnquiryTable {
	id: Generated<number>;
	kind: EnquiryKind;
	/** Where the person was reading; null in the common base. */
	commune: string | null;
	theme: string | null;
	service_id: number | null;
	/** The language of the page that it was written from. */
	langue: Generated<string>;
	/** What is wrong in the entry, as JSON. */
	reasons: Generated<string>;
	text: string;
	courriel: string | null;
	telephone: string | null;
	received_at: string;
	/** The last day to answer. */
	due_on: string;
	/** The commune whose mairie answers; null for the communauté de communes. */
	answers: string | null;
	doubt: string | null;
	outcome: Outcome | null;
	ended_at: string | null;
	ended_by: string | null;
	answer: string | null;
}

/** A question and its answer, on the page of a theme. */
export interface PublishedAnswerTable {
	id: Generated<number>;
	theme: string;
	/** Null for every commune. */
	commune: string | null;
	question: string;
	answer: string;
	published_at: string;
	published_by: string;
	retired_at: string | null;
	/** The question that it came from, even once that is forgotten. */
	enquiry_id: number | null;
}

/** Copies made of a code. */
export interface PrintingTable {
	id: Generated<number>;
	code: string;
	lieu: string;
	/** Null when nobody said how many. */
	exemplaires: number | null;
	imprime_le: string;
	noted_at: string;
	noted_by: string;
	/** The day from which they no longer circulate. */
	retire_le: string | null;
}

/** Whether a page helped, by day. */
export interface PageOpinionTable {
	path: string;
	day: string;
	helped: Generated<number>;
	did_not: Generated<number>;
}

/** A state of an event as someone left it: what is said of it, and whether people read it. */
export interface EventRevisionTable {
	id: Generated<number>;
	event_id: number;
	at: string;
	account_id: number | null;
	who: string;
	/** As JSON. */
	state: string;
}

/** How many people came on one date of an event. */
export interface EventAttendanceTable {
	event_id: number;
	/** When that date began. */
	debut: string;
	participants: number;
	at: string;
	account_id: number | null;
	who: string;
}

/** What a French text is in another language: the last row of a key is what people read, those before it its history. */
export interface TranslationTable {
	id: Generated<number>;
	langue: string;
	cle: string;
	/** The French that it tells. */
	source: string;
	/** '' once taken away. */
	texte: string;
	at: string;
	account_id: number | null;
	who: string;
}
