import type { Generated } from 'kysely';
import type { Role } from '#lib/domain/accounts.ts';

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
