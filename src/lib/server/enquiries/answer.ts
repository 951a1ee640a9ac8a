import type { Account } from '#lib/domain/accounts.ts';
import type { Outcome } from '#lib/domain/enquiries/enquiry.ts';
import type { Action } from '#lib/domain/journal.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import type { Enquiry } from './enquiries.ts';
import { writeToAnswerers, writeToResident } from './letters.ts';

/** Someone answered before: nothing was done. */
export class AnsweredError extends Error {}

const journal: Record<Outcome, Action> = {
	repondu: 'question-repondue',
	rappele: 'question-repondue',
	corrige: 'signalement-clos',
	inchange: 'signalement-clos',
	'sans-suite': 'question-close',
	indesirable: 'question-ecartee'
};
/** What whoever wrote is told by mail, when they left an address. */
const told: readonly Outcome[] = ['repondu', 'corrige', 'inchange'];

/**
 * Ends an enquiry, and writes to whoever left an address where there is something to say. Callers have checked that
 * the account answers it. All of it, or nothing.
 * @throws AnsweredError when someone ended it before
 */
export async function endEnquiry(
	db: Db,
	{ id }: Pick<Enquiry, 'id'>,
	by: Account,
	{ outcome, answer }: { outcome: Outcome; answer: string | null }
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await db
			.updateTable('enquiry')
			.set({ outcome, answer, ended_at: new Date(now()).toISOString(), ended_by: by.nom })
			.where('id', '=', id)
			.where('outcome', 'is', null)
			.executeTakeFirst();
		if (numUpdatedRows !== 1n) throw new AnsweredError(`Enquiry ${id} was ended before`);
		await record(db, by, journal[outcome], String(id));
		if (told.includes(outcome)) await writeToResident(db, id);
	});
}

/** It waits again for an answer, whatever came of it before. Nobody is written to. */
export async function reopenEnquiry(db: Db, { id }: Pick<Enquiry, 'id'>, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.updateTable('enquiry')
			.set({ outcome: null, answer: null, ended_at: null, ended_by: null, doubt: null })
			.where('id', '=', id)
			.execute();
		await record(db, by, 'question-reprise', String(id));
	});
}

/** A person wrote it after all: it waits for an answer, and those who answer are told. */
export async function keepEnquiry(db: Db, { id }: Pick<Enquiry, 'id'>): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await db
			.updateTable('enquiry')
			.set({ doubt: null })
			.where('id', '=', id)
			.where('outcome', 'is', null)
			.where('doubt', 'is not', null)
			.executeTakeFirst();
		if (numUpdatedRows === 1n) await writeToAnswerers(db, id);
	});
}

/**
 * Others answer it from now on, and are told: the mairie of a commune, or the communauté de communes (null).
 * @throws AnsweredError when someone ended it before
 */
export async function handOver(
	db: Db,
	{ id }: Pick<Enquiry, 'id'>,
	by: Account,
	answers: string | null
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await db
			.updateTable('enquiry')
			.set({ answers, doubt: null })
			.where('id', '=', id)
			.where('outcome', 'is', null)
			.executeTakeFirst();
		if (numUpdatedRows !== 1n) throw new AnsweredError(`Enquiry ${id} was ended before`);
		await record(db, by, 'question-transmise', answers ?? undefined);
		await writeToAnswerers(db, id);
	});
}
