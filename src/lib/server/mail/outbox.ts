import { randomUUID } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import type { Selectable } from 'kysely';
import { isMailAddress, isMailSubject, longestWait, nextAttempt } from '#lib/domain/mail.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { MailTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';
import { findOrigin } from '../territory.ts';

/** A mail to send to one person. */
export interface OutgoingMail {
	/** One address, as `isMailAddress` takes it. */
	to: string;
	/** One line, as `isMailSubject` takes it. */
	subject: string;
	text: string;
	/** The same words for those who read HTML: a whole document. */
	html?: string;
	/** What this mail is, among all mails ever queued: queued again under the same key, nothing happens. */
	key?: string;
}

/** A mail of the outbox, whatever became of it. */
export type Mail = Selectable<MailTable>;

/** A mail that must still go. */
export type WaitingMail = Mail & { text: string };

/** What came of one attempt. `reason` is one line. */
export type Outcome =
	| { kind: 'accepted' }
	/** Refused for good. */
	| { kind: 'refused'; reason: string }
	/** To try again: this mail alone, or, when the server itself is at fault, everything that waits. */
	| { kind: 'later'; reason: string; concerns: 'mail' | 'everything' };

// Node keeps one channel a name: it is heard whichever copy of this module rings, the server's or the built site's.
const bell = 'annuaire:mail-queued';

/** Calls `listener` each time this process queues a mail; in a transaction, before it ends. Returns what stops it. */
export function onMailQueued(listener: () => void): () => void {
	const hear = () => {
		listener();
	};
	diagnostics.subscribe(bell, hear);
	return () => {
		diagnostics.unsubscribe(bell, hear);
	};
}

/**
 * Puts a mail in the outbox, with what else the caller's transaction does, and returns without sending it. The server
 * sends it at once, or within a second when another process queued it.
 * @returns false when a mail of this `key` had been queued before
 * @throws TypeError for an address or a subject that can't be one: callers check what people type
 */
export async function queueMail(db: Db, { to, subject, text, html, key }: OutgoingMail): Promise<boolean> {
	if (!isMailAddress(to)) throw new TypeError(`Not a mail address: ${JSON.stringify(to)}`);
	if (!isMailSubject(subject)) throw new TypeError(`Not a mail subject: ${JSON.stringify(subject)}`);
	const queuedAt = written(now());
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('mail')
		.values({
			message_id: `<${randomUUID()}@${hostOf(await findOrigin(db))}>`,
			key: key ?? null,
			recipient: to,
			subject,
			text,
			html: html ?? null,
			created_at: queuedAt,
			next_attempt_at: queuedAt
		})
		.onConflict((conflict) => conflict.column('key').doNothing())
		.executeTakeFirst();
	const isNew = numInsertedOrUpdatedRows === 1n;
	if (isNew) diagnostics.channel(bell).publish(undefined);
	return isNew;
}

/** What stands after the @ of a Message-ID: the site's own name. */
function hostOf(origin: string | undefined): string {
	return origin === undefined ? 'annuaire.invalid' : new URL(origin).hostname;
}

/** The next mail to try at `instant`, among those whose time has come: the least often tried, then the oldest. */
export async function findDueMail(db: Db, instant: number): Promise<WaitingMail | undefined> {
	const mail = await due(db, instant).selectAll().orderBy('attempts').orderBy('id').executeTakeFirst();
	return mail as WaitingMail | undefined;
}

function due(db: Db, instant: number) {
	return db
		.selectFrom('mail')
		.where('accepted_at', 'is', null)
		.where('given_up_at', 'is', null)
		.where((mail) =>
			mail.or([
				mail('next_attempt_at', '<=', written(instant)),
				// A clock that was wrong, then put right, must not make anyone wait for years.
				mail('next_attempt_at', '>', written(instant + longestWait))
			])
		);
}

/** Writes what came of an attempt that ended at `instant`. The words of an accepted mail are erased. */
export async function recordOutcome(db: Db, mail: Mail, outcome: Outcome, instant: number): Promise<void> {
	const attempts = mail.attempts + 1;
	const update = (db: Db, values: Partial<Mail>) =>
		db
			.updateTable('mail')
			.set({ ...values, attempts })
			.where('id', '=', mail.id)
			.execute();
	if (outcome.kind === 'accepted') {
		await update(db, { accepted_at: written(instant), last_error: null, text: null, html: null });
		return;
	}
	const { reason } = outcome;
	const next = outcome.kind === 'later' ? nextAttempt(attempts, instant) : undefined;
	await inTransaction(db, async (db) => {
		await update(db, {
			last_error: reason,
			...(next === undefined ? { given_up_at: written(instant) } : { next_attempt_at: written(next) })
		});
		if (outcome.kind === 'later' && outcome.concerns === 'everything') await putOff(db, reason, instant);
	});
}

/** The server is at fault: what is due waits as after a first failure, without having been tried. */
async function putOff(db: Db, reason: string, instant: number): Promise<void> {
	await db
		.updateTable('mail')
		.set({ last_error: reason, next_attempt_at: written(nextAttempt(1, instant) ?? instant) })
		.where('id', 'in', due(db, instant).select('id'))
		.execute();
}

/** What hasn't gone, the oldest first: waiting, and given up. */
export async function listUnsentMail(db: Db): Promise<{ waiting: Mail[]; givenUp: Mail[] }> {
	const unsent = await db
		.selectFrom('mail')
		.selectAll()
		.where('accepted_at', 'is', null)
		.orderBy('id')
		.execute();
	return {
		waiting: unsent.filter((mail) => mail.given_up_at === null),
		givenUp: unsent.filter((mail) => mail.given_up_at !== null)
	};
}

/** Forgets the mails accepted or given up before `instant`: addresses aren't kept for ever. */
export async function forgetMail(db: Db, instant: number): Promise<void> {
	await db
		.deleteFrom('mail')
		.where((mail) => mail(mail.fn.coalesce('accepted_at', 'given_up_at'), '<', written(instant)))
		.execute();
}

/** An instant as the table holds it: its order is that of time. */
function written(instant: number): string {
	return new Date(instant).toISOString();
}
