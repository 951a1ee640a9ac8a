import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openKeeper } from '../../../../tests/freshness.ts';
import { openWorld, type World } from '../../../../tests/world.ts';
import { findWaiting, type Importer, keepCensus } from '../census/census.ts';
import { restoreClock } from '../clock.ts';
import { readSettings } from '../settings.ts';
import { isWritingTime, startDailyReminders } from './daily.ts';

let world: World & { close(): Promise<void> };
let said: string[];
beforeEach(async () => {
	at('2026-11-24T10:00+01:00');
	said = [];
	for (const level of ['log', 'warn'] as const)
		vi.spyOn(console, level).mockImplementation((text: string) => said.push(text));
	world = await openWorld();
	await openKeeper(world.db, 'accueil@haut.example');
});
afterEach(async () => {
	vi.restoreAllMocks();
	vi.useRealTimers();
	await world.close();
	restoreClock();
});

function at(instant: string): void {
	vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(instant) });
	restoreClock();
}

function start() {
	return startDailyReminders({ db: world.db, settings: readSettings({ DATA_DIR: world.dataDir }) });
}

const mails = () => world.db.selectFrom('mail').selectAll().execute();

describe('people are written to', () => {
	test.each([
		['on a Friday morning', '2027-04-02T09:30+02:00', true],
		['not a minute earlier', '2027-04-02T09:29+02:00', false],
		['until five', '2027-04-02T16:59+02:00', true],
		['not in the evening', '2027-04-02T17:00+02:00', false],
		['nor at night', '2027-04-02T03:30+02:00', false],
		['nor on a Saturday', '2027-04-03T10:00+02:00', false],
		['nor on a Sunday', '2027-04-04T10:00+02:00', false],
		['nor on Easter Monday', '2027-03-29T10:00+02:00', false],
		['nor on 11 November', '2026-11-11T10:00+01:00', false],
		['by the clock of Paris, in winter', '2027-01-05T08:30Z', true],
		['and in summer', '2027-07-05T07:30Z', true]
	])('%s', (_when, instant, expected) => {
		expect(isWritingTime(Date.parse(instant), 'Haute-Savoie')).toBe(expected);
	});
});

test('what is due is asked for on the working day, once, though the server is started again', async () => {
	const reminders = start();
	at('2027-04-02T09:00+02:00');
	await reminders.check();
	expect(await mails()).toEqual([]);
	at('2027-04-02T09:31+02:00');
	await Promise.all([reminders.check(), reminders.check()]);
	await reminders.check();
	await reminders.stop();
	const again = start();
	at('2027-04-02T11:00+02:00');
	await again.check();
	at('2027-04-05T11:00+02:00');
	await again.check();
	await again.stop();
	expect(await mails()).toHaveLength(1);
	expect(said).toEqual(['Fiches à vérifier : 1 courriel(s) pour le 2027-04-02.']);
});

test('what is due on a Saturday is asked for on Monday', async () => {
	const reminders = start();
	for (const day of ['2027-04-03', '2027-04-04', '2027-04-05']) {
		at(`${day}T10:00+02:00`);
		await reminders.check();
	}
	await reminders.stop();
	expect((await mails()).map(({ created_at }) => created_at)).toEqual(['2027-04-05T08:00:00.000Z']);
});

test('a file that waited three days to be imported is forgotten, one that waits is kept', async () => {
	const by: Importer = { id: null, nom: 'Mairie', role: 'mairie', communes: [] };
	const keep = () => keepCensus(world.db, by, 'a.csv', Buffer.from('Nom\nClub'));
	at('2027-04-02T10:00+02:00');
	const old = await keep();
	at('2027-04-05T09:59+02:00');
	expect(await findWaiting(world.db, by, old)).toBeDefined();
	at('2027-04-05T10:01+02:00');
	expect(await findWaiting(world.db, by, old)).toBeUndefined();
	const reminders = start();
	await reminders.check();
	await reminders.stop();
	expect(await world.db.selectFrom('census').select('id').execute()).toEqual([]);
	const fresh = await keep();
	expect(await findWaiting(world.db, by, fresh)).toBeDefined();
});

test('a clock that jumps an hour, or a day back, writes to nobody twice', async () => {
	const reminders = start();
	for (const instant of [
		'2027-04-05T10:00+02:00',
		'2027-04-05T09:00+02:00',
		'2027-04-05T10:00+02:00',
		'2027-04-02T10:00+02:00',
		'2027-04-06T10:00+02:00',
		'2027-04-05T10:00+02:00'
	]) {
		at(instant);
		await reminders.check();
	}
	await reminders.stop();
	expect(await mails()).toHaveLength(1);
});

test('a day that fails is said once, tried again after an hour, and the site goes on', async () => {
	world.sqlite.exec(
		`CREATE TRIGGER full BEFORE INSERT ON mail BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`
	);
	const reminders = start();
	at('2027-04-05T10:00+02:00');
	await reminders.check();
	await reminders.check();
	at('2027-04-05T11:00+02:00');
	await reminders.check();
	expect(said).toHaveLength(1);
	expect(said[0]).toMatch(/n’ont pas pu être faites, le site continue.*disk is full/);
	world.sqlite.exec('DROP TRIGGER full');
	at('2027-04-05T11:30+02:00');
	await reminders.check();
	expect(await mails()).toEqual([]);
	at('2027-04-05T12:00+02:00');
	await reminders.check();
	await reminders.stop();
	expect(await mails()).toHaveLength(1);
});
