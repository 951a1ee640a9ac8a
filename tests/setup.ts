import { afterEach, beforeAll, expect, vi } from 'vitest';
import { restoreClock } from '#lib/server/clock.ts';

// The clock belongs to the process: each file of tests finds the true time.
beforeAll(() => {
	restoreClock();
});

// A message on console.error is a fault nobody looked at: it fails the test that let it out.
const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);

afterEach(() => {
	const calls = errors.mock.calls.map((call) => call.map(String).join(' '));
	errors.mockClear();
	expect(calls, 'console.error was called').toEqual([]);
});
