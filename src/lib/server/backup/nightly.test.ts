import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, vi } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { now, restoreClock, startClockAt } from '../clock.ts';
import { checkBackup } from './backup.ts';
import { copiesFolder, copiesToRemove, isCopyDue, listCopies, startNightlyCopies } from './nightly.ts';

/** Each copy starts a thread that reads the server's sources: long on a busy machine. */
const startsThreads = { timeout: 60_000 };

const paris = (local: string) => Date.parse(`${local}:00+01:00`);
const copyAt = (local: string) => ({ file: local, at: paris(local) });

afterEach(() => {
	vi.restoreAllMocks();
	restoreClock();
});

describe('a copy is due', () => {
	test.for([
		['when none was ever made', [], '2026-11-24T10:00', true],
		['at half past three, the last being of the day before', ['2026-11-23T03:30'], '2026-11-24T03:30', true],
		['not a minute earlier', ['2026-11-23T03:30'], '2026-11-24T03:29', false],
		['not twice the same night', ['2026-11-24T03:30'], '2026-11-24T23:59', false],
		[
			'later in the morning, the site having been off at night',
			['2026-11-23T03:30'],
			'2026-11-24T09:00',
			true
		],
		['after a fortnight of absence', ['2026-11-10T03:30'], '2026-11-24T02:00', true],
		['though a clock that was wrong dated one ahead', ['2027-01-01T03:30'], '2026-11-24T10:00', true]
	] as const)('%s', ([_when, copies, present, expected]) => {
		expect(isCopyDue(copies.map(copyAt), paris(present))).toBe(expected);
	});
});

test('copies are kept fourteen days, the newest for ever', () => {
	const copies = ['2026-11-24T03:30', '2026-11-10T03:30', '2026-11-09T03:30'].map(copyAt);
	const removed = (present: string) => copiesToRemove(copies, paris(present)).map(({ file }) => file);
	expect(removed('2026-11-24T03:30')).toEqual(['2026-11-09T03:30']);
	expect(removed('2027-11-24T03:30')).toEqual(['2026-11-10T03:30', '2026-11-09T03:30']);
});

test('the copy that is due is made, whole, once, and old ones go', startsThreads, async ({ world }) => {
	const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
	const folder = copiesFolder(world.dataDir);
	mkdirSync(folder);
	for (const name of ['annuaire-2026-10-01-03h30.sqlite', 'annuaire-2026-11-23-03h30.sqlite', 'notes.txt'])
		writeFileSync(path.join(folder, name), '');
	writeFileSync(path.join(folder, 'annuaire-2026-11-22-03h30.sqlite.0a0b0c0d.en-cours'), 'un bout');
	startClockAt(paris('2026-11-24T03:30'));
	const copies = startNightlyCopies(world.dataDir);
	await Promise.all([copies.check(), copies.check()]);
	await copies.check();
	await copies.stop();
	expect(readdirSync(folder).sort()).toEqual([
		'annuaire-2026-11-23-03h30.sqlite',
		'annuaire-2026-11-24-03h30.sqlite',
		'notes.txt'
	]);
	const [newest] = listCopies(world.dataDir);
	expect(await checkBackup(newest?.file ?? '')).toMatchObject({ territory: 'valclair', codes: 20 });
	expect(said.mock.calls).toHaveLength(1);
});

test(
	'a copy that can’t be made is said once, tried again after an hour, and the site goes on',
	startsThreads,
	async ({ world }) => {
		vi.spyOn(console, 'log').mockImplementation(() => undefined);
		const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		// A file where the folder should be.
		writeFileSync(copiesFolder(world.dataDir), '');
		startClockAt(paris('2026-11-24T03:30'));
		const copies = startNightlyCopies(world.dataDir);
		await copies.check();
		await copies.check();
		startClockAt(now() + 3_600_000);
		await copies.check();
		expect(warned.mock.calls.flat().join()).toMatch(
			/^La copie de la nuit n’a pas pu être faite[^,]*, le site continue/
		);
		expect(warned.mock.calls).toHaveLength(1);

		rmSync(copiesFolder(world.dataDir));
		await copies.check();
		expect(listCopies(world.dataDir)).toEqual([]);
		startClockAt(now() + 3_600_000);
		await copies.check();
		expect(listCopies(world.dataDir)).toHaveLength(1);
		await copies.stop();
	}
);
