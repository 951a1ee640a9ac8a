import { createHmac, randomBytes } from 'node:crypto';
import { dateOf } from '#lib/domain/dates.ts';
import { now } from '../clock.ts';

/** How many forms came from one place lately, in memory: a key of the day hides every address, and dies with it. */
export interface Crowd {
	/** Counts one more form from this address, and gives how many came from there in the hour before. */
	arrived(address: string): number;
}

const hour = 60 * 60_000;
/** Most places remembered: beyond, the oldest are forgotten. */
const mostRemembered = 20_000;
/** Beyond, an address sends no more than "many": the count needn't grow. */
const mostCounted = 200;

export function countCrowd(): Crowd {
	let key = randomBytes(32);
	let day = '';
	let arrivals = new Map<string, number[]>();

	return {
		arrived(address) {
			const present = now();
			if (dateOf(present) !== day) {
				day = dateOf(present);
				key = randomBytes(32);
				arrivals = new Map();
			}
			const place = createHmac('sha256', key).update(address).digest('base64');
			const before = (arrivals.get(place) ?? []).filter((at) => at > present - hour);
			arrivals.delete(place);
			arrivals.set(place, [...before, present].slice(-mostCounted));
			const [oldest] = arrivals.keys();
			if (arrivals.size > mostRemembered && oldest !== undefined) arrivals.delete(oldest);
			return before.length;
		}
	};
}
