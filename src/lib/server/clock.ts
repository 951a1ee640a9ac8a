/*
 * The server's two halves, what Node runs and what Vite bundled, each load this module:
 * how far the clock is moved belongs to the process.
 */
const shared = globalThis as { [key: symbol]: unknown };
const offsetKey = Symbol.for('annuaire.clock.offset');

/** Makes the clock run from `instant` (epoch milliseconds) as of this call: tests and `HORLOGE` only. */
export function startClockAt(instant: number): void {
	shared[offsetKey] = instant - Date.now();
}

/** Makes the clock the machine's again, to the millisecond: tests only. */
export function restoreClock(): void {
	shared[offsetKey] = undefined;
}

/** The present instant, in epoch milliseconds. Nothing else in the project reads the time. */
export function now(): number {
	const offset = shared[offsetKey];
	return Date.now() + (typeof offset === 'number' ? offset : 0);
}

/** An instant of ours (epoch milliseconds), for a library that compares it with the machine's clock. */
export function systemDate(instant: number): Date {
	return new Date(instant - now() + Date.now());
}

/** The instant (epoch milliseconds) that a library took from the machine's clock. */
export function toInstant(date: Date): number {
	return date.getTime() - Date.now() + now();
}
