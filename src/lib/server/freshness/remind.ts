import type { PlainDate } from '#lib/domain/dates.ts';
import type { Rank } from '#lib/domain/freshness/review.ts';
import type { Account } from '#lib/domain/accounts.ts';
import { newSecret } from '../accounts/secrets.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { queueMail } from '../mail/outbox.ts';
import { today } from '../reading.ts';
import { getTerritory } from '../territory.ts';
import { type LetterEntry, renewalLetter, requestLetter } from './letter.ts';
import { entriesOf, keepReviewLink, openReviewLink } from './links.ts';
import { communeNames } from './names.ts';
import { listReviews, type Review } from './reviews.ts';

/** One mail: a person, and all that is due for them. */
export interface Reminder {
	courriel: string;
	nom: string;
	entries: RemindedEntry[];
}

export interface RemindedEntry {
	review: Review;
	rank: Rank;
}

/** Who is to be written to on `day`, each person once, in alphabetical order of addresses. Writes nothing. */
export async function planReminders(db: Db, day: PlainDate): Promise<Reminder[]> {
	const due = (await listReviews(db, day)).filter(({ isDue, progress }) => isDue && progress.kind === 'ask');
	return byPerson(
		due.map((review) => ({ review, rank: review.progress.rank })),
		({ progress }, courriel) => progress.ask.includes(courriel)
	);
}

/** One mail for each person of these entries, at the rank at which they are asked. */
function byPerson(
	entries: readonly RemindedEntry[],
	isAsked: (review: Review, courriel: string) => boolean = () => true
): Reminder[] {
	const reminders = new Map<string, Reminder>();
	for (const entry of entries)
		for (const { courriel, nom } of entry.review.people[entry.rank === 1 ? 'first' : 'second']) {
			if (!isAsked(entry.review, courriel)) continue;
			const reminder = reminders.get(courriel) ?? { courriel, nom, entries: [] };
			reminder.entries.push(entry);
			reminders.set(courriel, reminder);
		}
	return [...reminders.values()].sort((a, b) => (a.courriel < b.courriel ? -1 : 1));
}

/**
 * Writes to whoever must be on `day`, one mail a person, each with the links it carries: all of it, or nothing. Run
 * again the same day, even after it was cut in the middle, it writes to those not yet written to, and to nobody twice.
 * @returns the mails put in the outbox by this run
 */
export async function sendReminders(db: Db, origin: string, day: PlainDate): Promise<Reminder[]> {
	const sent: Reminder[] = [];
	for (const reminder of await planReminders(db, day))
		if (await send(db, origin, day, reminder, `relecture ${day} ${reminder.courriel}`)) sent.push(reminder);
	return sent;
}

/**
 * Asks about entries now, whether or not they are due, one mail a person: their first person, or the second where there
 * is none. An entry already asked about today is left out, and one with nobody to ask.
 * @returns the mails put in the outbox
 */
export async function askNow(
	db: Db,
	origin: string,
	entries: readonly { id: number; slug: string }[],
	by: Account
): Promise<Reminder[]> {
	return inTransaction(db, async (db) => {
		const day = today();
		const reviews = await listReviews(
			db,
			day,
			entries.map(({ id }) => id)
		);
		const asked = reviews
			.filter(({ progress }) => progress.lastAsked !== day)
			.map((review) => ({ review, rank: review.people.first.length > 0 ? (1 as const) : (2 as const) }));
		const sent: Reminder[] = [];
		for (const reminder of byPerson(asked)) {
			const slugs = reminder.entries.map(({ review }) => review.slug).join(' ');
			const key = `relecture ${day} ${reminder.courriel} ${slugs}`;
			if (await send(db, origin, day, reminder, key)) sent.push(reminder);
		}
		for (const { review } of asked.filter(({ review }) =>
			sent.some((reminder) => reminder.entries.some((entry) => entry.review === review))
		))
			await record(db, by, 'relecture-demandee', review.slug);
		return sent;
	});
}

/**
 * Sends another link to the address that this one was sent to, and to no other, for the entries it still answers for;
 * to nobody when there are none, nor twice a day.
 */
export async function renewLink(db: Db, origin: string, secret: string): Promise<void> {
	await inTransaction(db, async (db) => {
		const link = await openReviewLink(db, secret);
		if (link.kind !== 'ended') return;
		const { courriel } = link;
		const entries = await entriesOf(db, courriel, link.entryIds);
		if (entries.length === 0) return;
		const fresh = newSecret();
		const frame = { origin, secret: fresh, territory: (await getTerritory(db)).nom_court, day: today() };
		const letter = renewalLetter(
			await letterEntries(
				db,
				courriel,
				entries.map(({ review }) => ({ review, rank: 1 }))
			),
			frame
		);
		if (!(await queueMail(db, { to: courriel, ...letter, key: `nouveau lien ${today()} ${courriel}` })))
			return;
		const ids = entries.map(({ review }) => review.id);
		await keepReviewLink(db, fresh, courriel, ids);
	});
}

/** One mail with its link, and the memory of having asked. False when this mail had been queued before. */
async function send(
	db: Db,
	origin: string,
	day: PlainDate,
	{ courriel, entries }: Reminder,
	key: string
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const secret = newSecret();
		const { nom_court: territory } = await getTerritory(db);
		const letter = requestLetter(await letterEntries(db, courriel, entries), {
			origin,
			secret,
			territory,
			day
		});
		if (!(await queueMail(db, { to: courriel, ...letter, key }))) return false;
		const ids = entries.map(({ review }) => review.id);
		await keepReviewLink(db, secret, courriel, ids, day);
		await db
			.insertInto('review_request')
			.values(
				entries.map(({ review, rank }) => ({
					service_id: review.id,
					courriel,
					rank,
					asked_on: day,
					after_verification: review.lastVerification
				}))
			)
			.onConflict((conflict) => conflict.columns(['service_id', 'courriel', 'asked_on']).doNothing())
			.execute();
		return true;
	});
}

/** What the mail to this address says of each entry. */
async function letterEntries(
	db: Db,
	courriel: string,
	entries: readonly RemindedEntry[]
): Promise<LetterEntry[]> {
	const nameOf = await communeNames(db);
	return entries.map(({ review, rank }) => ({
		slug: review.slug,
		nom: review.nom,
		commune: review.commune === null ? null : nameOf(review.commune),
		verifiedOn: review.verification?.on ?? null,
		isSecond: rank === 2,
		isReminder: review.asks.some((ask) => ask.courriel === courriel)
	}));
}
