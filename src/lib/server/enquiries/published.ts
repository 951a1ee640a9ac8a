import type { Selectable } from 'kysely';
import type { Account } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import { keptUntilEdit } from '../database/kept.ts';
import { inTransaction } from '../database/open.ts';
import type { PublishedAnswerTable } from '../database/desk-schema.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';

/** A question and its answer that everyone may read. */
export type PublishedAnswer = Selectable<PublishedAnswerTable>;

/** What whoever publishes wrote, checked. `commune` null: in every commune. */
export type AnswerWords = Pick<PublishedAnswer, 'theme' | 'commune' | 'question' | 'answer'>;

/** The questions and answers of a theme as read in a commune: its own first, then the newest. */
export async function listPublishedAnswers(
	db: Db,
	theme: string,
	commune: string | undefined
): Promise<Pick<PublishedAnswer, 'question' | 'answer'>[]> {
	return keptUntilEdit(db, `answers ${theme} ${commune ?? ''}`, () =>
		db
			.selectFrom('published_answer')
			.select(['question', 'answer'])
			.where('theme', '=', theme)
			.where('retired_at', 'is', null)
			.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', '=', commune ?? '')]))
			.orderBy((eb) => eb('commune', 'is', null))
			.orderBy('id', 'desc')
			.execute()
	);
}

/** Those that this account keeps true: a mairie, its own; the administration, all. The newest first. */
export async function listOwnAnswers(db: Db, { role, communes }: Account): Promise<PublishedAnswer[]> {
	if (role !== 'administration' && role !== 'mairie') return [];
	return db
		.selectFrom('published_answer')
		.selectAll()
		.$if(role === 'mairie', (query) => query.where('commune', 'in', communes))
		.orderBy('id', 'desc')
		.execute();
}

/** The one of this number, when this account keeps it true. */
export async function findOwnAnswer(
	db: Db,
	account: Account,
	id: number
): Promise<PublishedAnswer | undefined> {
	return (await listOwnAnswers(db, account)).find((answer) => answer.id === id);
}

/** The number of what was published from a question, for an account that keeps it true; null when there is none. */
export async function findPublishedFrom(db: Db, account: Account, enquiry: number): Promise<number | null> {
	return (await listOwnAnswers(db, account)).find(({ enquiry_id }) => enquiry_id === enquiry)?.id ?? null;
}

/** Shows a question and its answer on the page of a theme, at once. Gives its number. */
export async function publishAnswer(
	db: Db,
	words: AnswerWords & { enquiry_id?: number },
	by: Account
): Promise<number> {
	return inTransaction(db, async (db) => {
		const { id } = await db
			.insertInto('published_answer')
			.values({ ...words, published_at: new Date(now()).toISOString(), published_by: by.nom })
			.returning('id')
			.executeTakeFirstOrThrow();
		await record(db, by, 'reponse-publiee', words.theme);
		return id;
	});
}

/** Corrects the words of one. Callers have checked that the account keeps it true. */
export async function correctAnswer(db: Db, id: number, words: AnswerWords, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.updateTable('published_answer')
			.set({ ...words, published_at: new Date(now()).toISOString(), published_by: by.nom })
			.where('id', '=', id)
			.execute();
		await record(db, by, 'reponse-corrigee', words.theme);
	});
}

/** Residents no longer read it, or read it again. */
export async function retireAnswer(
	db: Db,
	{ id, theme }: PublishedAnswer,
	by: Account,
	isRetired: boolean
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.updateTable('published_answer')
			.set({ retired_at: isRetired ? new Date(now()).toISOString() : null })
			.where('id', '=', id)
			.execute();
		await record(db, by, isRetired ? 'reponse-retiree' : 'reponse-publiee', theme);
	});
}
