/*
 * The rules of a mail: who it can be sent to, what its headers may hold, when it is tried again.
 */

/** RFC 5321, 4.5.3.1. */
const longestLocalPart = 64;
const longestAddress = 254;

const atom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Whether mail can be sent to this address: the dotted form everyone writes (RFC 5322, dot-atom), ASCII, at a domain
 * of two labels or more. Quoted names, comments, lists and anything that could end a header line are refused.
 */
export function isMailAddress(typed: string): boolean {
	const at = typed.lastIndexOf('@');
	if (at < 1 || at > longestLocalPart || typed.length > longestAddress) return false;
	const labels = typed.slice(at + 1).split('.');
	return (
		typed
			.slice(0, at)
			.split('.')
			.every((part) => atom.test(part)) &&
		labels.length > 1 &&
		labels.every((label) => domainLabel.test(label))
	);
}

/** Whether this can stand in a header: one line, no control sign of any kind, whole characters. */
export function isOneLine(text: string): boolean {
	return !/[\p{Cc}\u2028\u2029]/u.test(text) && text.isWellFormed();
}

const longestSubject = 200;

/** Whether this can be a mail's subject: one line that says something, of 200 signs at most. */
export function isMailSubject(text: string): boolean {
	return text.trim() !== '' && text.length <= longestSubject && isOneLine(text);
}

const minute = 60_000;
const hour = 60 * minute;

/** The wait after each failed attempt, in milliseconds. Together: 68 hours 36 minutes; one more would pass three days. */
const delays = [minute, 5 * minute, 30 * minute, 2 * hour, ...Array.from({ length: 11 }, () => 6 * hour)];

/** The longest a mail ever waits for its next attempt, in milliseconds. */
export const longestWait = Math.max(...delays);

/**
 * When a mail is tried again (epoch milliseconds) after its `attempts`-th failed attempt, made at `at`.
 * Undefined once three days of attempts are over: it is given up.
 */
export function nextAttempt(attempts: number, at: number): number | undefined {
	const delay = delays[attempts - 1];
	return delay === undefined ? undefined : at + delay;
}
