import { addMonths, dateOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { listLate } from './enquiries.ts';
import { writeThatItIsLate } from './letters.ts';

/** Writes, once each, to those who answer what waits past its day. */
export async function remindOfLate(db: Db): Promise<void> {
	for (const enquiry of await listLate(db)) await writeThatItIsLate(db, enquiry);
}

/**
 * Forgets what residents wrote more than `months` months ago, answered or not: the words, the address, the number.
 * Gives how many.
 */
export async function purgeEnquiries(db: Db, months: number): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('enquiry')
		.where('received_at', '<', addMonths(dateOf(now()), -months))
		.executeTakeFirst();
	return Number(numDeletedRows);
}
