import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { hashOf } from '../accounts/secrets.ts';
import { dateOf, type PlainDate, startOfDay } from '#lib/domain/dates.ts';
import { everyone, type Person } from './people.ts';
import { listReviews, type Review } from './reviews.ts';

const day = 86_400_000;

/** How long a link opens its door, in milliseconds: people come back to a mail after their holidays. */
const lifetime = 60 * day;

/** How long an ended link is known, in milliseconds, so that its person can ask for another. */
const keptFor = 365 * day;

/** What a link opens. */
export type OpenedLink =
	/** These entries, and no other, to this person. */
	| { kind: 'open'; courriel: string; sentOn: PlainDate; entries: OpenedEntry[] }
	/** It was sent once, and serves no more: it is too old, or its person answers for none of these entries now. */
	| { kind: 'ended'; courriel: string; entryIds: number[] }
	| { kind: 'unknown' };

/** An entry that a link opens, and in which name its person speaks for it. */
export interface OpenedEntry {
	review: Review;
	person: Person;
}

/**
 * Keeps a link, of which only the digest is known afterwards: for sixty days it lets whoever holds it speak for this
 * address on these entries, as often as they like (mail programs open links before people do).
 * `from`: the day of the mail, when it isn't today.
 */
export async function keepReviewLink(
	db: Db,
	secret: string,
	courriel: string,
	serviceIds: readonly number[],
	from = dateOf(now())
): Promise<void> {
	const token_hash = hashOf(secret);
	const begins = Math.max(now(), startOfDay(from));
	await db
		.insertInto('review_link')
		.values({
			token_hash,
			courriel,
			created_at: new Date(now()).toISOString(),
			expires_at: new Date(begins + lifetime).toISOString()
		})
		.execute();
	await db
		.insertInto('review_link_entry')
		.values(serviceIds.map((service_id) => ({ token_hash, service_id })))
		.execute();
}

/** What a link opens now: those of its entries that are published, and for which its person still answers. */
export async function openReviewLink(db: Db, secret: string): Promise<OpenedLink> {
	const token_hash = hashOf(secret);
	const link = await db
		.selectFrom('review_link')
		.selectAll()
		.where('token_hash', '=', token_hash)
		.executeTakeFirst();
	if (!link) return { kind: 'unknown' };
	const { courriel } = link;
	const entryIds = (
		await db
			.selectFrom('review_link_entry')
			.select('service_id')
			.where('token_hash', '=', token_hash)
			.execute()
	).map(({ service_id }) => service_id);
	const isOver = Date.parse(link.expires_at) <= now();
	const entries = isOver ? [] : await entriesOf(db, courriel, entryIds);
	if (entries.length === 0) return { kind: 'ended', courriel, entryIds };
	return { kind: 'open', courriel, sentOn: dateOf(Date.parse(link.created_at)), entries };
}

/** Those of these entries for which this address answers now, in alphabetical order. */
export async function entriesOf(
	db: Db,
	courriel: string,
	entryIds: readonly number[]
): Promise<OpenedEntry[]> {
	return (await listReviews(db, dateOf(now()), entryIds)).flatMap((review) => {
		const person = everyone(review.people).find((one) => one.courriel === courriel);
		return person === undefined ? [] : { review, person };
	});
}

/** Forgets the links that ended a year ago. */
export async function forgetReviewLinks(db: Db): Promise<void> {
	await db
		.deleteFrom('review_link')
		.where('expires_at', '<', new Date(now() - keptFor).toISOString())
		.execute();
}
