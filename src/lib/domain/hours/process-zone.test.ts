import { afterEach, expect, test, vi } from 'vitest';
import { aCalendar } from './fixtures/calendars.ts';

/*
 * opening_hours reads the clock of the process. A server in UTC, a laptop in Paris and a machine left in New York
 * must give the same answers.
 */

const HOURS = [
	'Mo-Fr 08:30-12:00,13:30-17:00; Sa[1,3] 09:00-12:00',
	'Fr-Su 20:00-04:00',
	'week 1-53/2 Sa 00:00-12:00',
	'Mo-Fr 08:30-12:00; SH off',
	'24/7; Su 03:00-05:00 off'
];
// Where a process's own zone skips an hour, what begins or ends in that hour is beyond it: not asked that night.
const SMALL_HOURS = 'Su 01:00-02:30';
const NIGHTS = [
	'2026-10-24T12:00Z',
	'2026-11-01T00:00Z',
	'2026-12-24T12:00Z',
	'2027-01-01T20:00Z',
	'2027-03-13T20:00Z',
	'2027-03-27T12:00Z'
];

/** The answers of all these hours, half-hour by half-hour over a day and a half, as computed by a process of `zone`. */
async function answersIn(zone: string): Promise<string[]> {
	vi.stubEnv('TZ', zone);
	vi.resetModules();
	expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
	const { openingAt } = await import('./opening.ts');
	const { slotsOfDay } = await import('./days.ts');
	const answers = NIGHTS.flatMap((night) => {
		const asked = night.includes('-03-13') ? HOURS : [...HOURS, SMALL_HOURS];
		const halfHours = Array.from({ length: 72 }, (_, half) => Date.parse(night) + half * 1_800_000);
		return halfHours.flatMap((at) =>
			asked.map((hours) => JSON.stringify([hours, at, openingAt(hours, at, aCalendar())]))
		);
	});
	return [...answers, ...HOURS.map((hours) => JSON.stringify(slotsOfDay(hours, '2026-10-25', aCalendar())))];
}

afterEach(() => {
	vi.unstubAllEnvs();
	vi.resetModules();
});

test.each(['Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'Pacific/Honolulu'])(
	'a process in %s answers as one in UTC does',
	async (zone) => {
		expect(await answersIn(zone)).toEqual(await answersIn('UTC'));
	}
);
