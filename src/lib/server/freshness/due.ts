import type { Account } from '#lib/domain/accounts.ts';
import type { PlainDate } from '#lib/domain/dates.ts';
import type { Db } from '../database/schema.ts';
import { today } from '../reading.ts';
import { everyone } from './people.ts';
import { listReviews, type Review } from './reviews.ts';

/** An entry that someone is waited for to verify. */
export interface DueEntry {
	/** The page of the desk where it is verified. */
	path: string;
	nom: string;
	/** Since when it is due. */
	since: PlainDate;
	/** How many mails stayed without an answer. */
	silences: number;
	/** Whether those who are asked, others than this account, stayed silent, or there is nobody to ask. */
	isLeft: boolean;
}

/** Whether an account may say how an entry is kept: its own commune's for a mairie, all for the administration. */
export function keeps({ role, communes }: Account, { commune }: Pick<Review, 'commune'>): boolean {
	return role === 'administration' || (role === 'mairie' && commune !== null && communes.includes(commune));
}

/**
 * What is due and waits for this account, the oldest first: what it is asked about, and for the administration what
 * nobody else answers for.
 */
export async function listDue(db: Db, account: Account): Promise<DueEntry[]> {
	return (await listReviews(db, today()))
		.filter((review) => keeps(account, review) && review.isDue && waitsFor(account, review))
		.map(({ slug, nom, next = today(), progress, people }) => ({
			path: `/mairie/fiches/${slug}/suivi`,
			nom,
			since: next,
			silences: progress.silences,
			isLeft: isLeft(progress) && !isAsked(account, people)
		}))
		.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

function waitsFor(account: Account, { people, progress }: Review): boolean {
	return isAsked(account, people) || (account.role === 'administration' && isLeft(progress));
}

/** Whether an account is among those who are asked about an entry. */
export function isAsked({ courriel }: Pick<Account, 'courriel'>, people: Review['people']): boolean {
	return everyone(people).some((person) => person.courriel === courriel);
}

function isLeft({ kind }: Review['progress']): boolean {
	return kind === 'silent' || kind === 'nobody';
}
