import { isIPv6 } from 'node:net';
import { now } from '../clock.ts';
import { hashOf } from './secrets.ts';

/** How many failures in how long (milliseconds) before one waits. */
interface Limit {
	failures: number;
	within: number;
}

/** One person at one place who forgot a password; one place trying many accounts; many places trying one account. */
const limits = {
	pair: { failures: 5, within: 15 * 60_000 },
	address: { failures: 50, within: 15 * 60_000 },
	account: { failures: 100, within: 60 * 60_000 }
} satisfies Record<string, Limit>;

/** Failed sign-ins, in memory: a restart forgives, and no address is written anywhere. */
export interface Attempts {
	/** Until when (epoch milliseconds) this account can't be tried from this address; undefined when it can. */
	heldUntil(courriel: string, address: string): number | undefined;
	/** Counts an attempt as a failure before it is looked at: however many come at once, each is counted. */
	failed(courriel: string, address: string): void;
	/** The last attempt counted was not a failure. */
	takeBack(courriel: string, address: string): void;
	/** Someone signed in: from here, strangers who try this account elsewhere no longer make them wait. */
	succeeded(courriel: string, address: string): void;
}

/** Most places and accounts remembered: beyond, the oldest are forgotten. */
const mostRemembered = 50_000;

/** Counts failed sign-ins so that nobody can guess a password, nor lock someone else out. */
export function countAttempts(clock: () => number = now): Attempts {
	const failures = new Map<string, number[]>();
	const known = new Set<string>();

	function recent(key: string, { within }: Limit): number[] {
		return (failures.get(key) ?? []).filter((at) => at > clock() - within);
	}

	function held(key: string, limit: Limit): number | undefined {
		const times = recent(key, limit);
		const first = times.at(-limit.failures);
		return first === undefined ? undefined : first + limit.within;
	}

	function keysOf(courriel: string, address: string): [string, Limit][] {
		const account = hashOf(courriel.toLowerCase());
		return [
			[pairOf(courriel, address), limits.pair],
			[placeOf(address), limits.address],
			[account, limits.account]
		];
	}

	return {
		heldUntil(courriel, address) {
			const [pair, ...others] = keysOf(courriel, address);
			const until = known.has(pair?.[0] ?? '') ? [pair] : [pair, ...others];
			return until
				.map((one) => one && held(...one))
				.reduce((last, at) => (at !== undefined && at > (last ?? 0) ? at : last), undefined);
		},
		failed(courriel, address) {
			for (const [key, limit] of keysOf(courriel, address)) {
				const times = [...recent(key, limit), clock()];
				failures.delete(key);
				failures.set(key, times);
			}
			for (const key of failures.keys()) {
				if (failures.size <= mostRemembered) break;
				failures.delete(key);
			}
		},
		takeBack(courriel, address) {
			for (const [key] of keysOf(courriel, address)) failures.get(key)?.pop();
		},
		succeeded(courriel, address) {
			const key = pairOf(courriel, address);
			failures.delete(key);
			known.add(key);
			for (const oldest of known) {
				if (known.size <= mostRemembered) break;
				known.delete(oldest);
			}
		}
	};
}

/** Hashed, since what is typed may be as long as a page. */
function pairOf(courriel: string, address: string): string {
	return hashOf(`${courriel.toLowerCase()} ${placeOf(address)}`);
}

/** One place: in IPv6 its first half, since whoever has one address there has all those of the second half. */
function placeOf(address: string): string {
	if (!isIPv6(address) || address.includes('.')) return address;
	const [before = '', after] = address.split('::');
	const groups = before === '' ? [] : before.split(':');
	if (after !== undefined) groups.push('0', '0', '0', '0');
	return groups.slice(0, 4).join(':');
}
