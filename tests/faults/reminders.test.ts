import BetterSqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startClockAt } from '#lib/server/clock.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { openKeeper } from '../freshness.ts';
import { type ReceivedMail, startMailServer } from '../mail-server.ts';
import { tuesdayMorning } from '../site.ts';

const people = 30;

let dataDir: string;
beforeEach(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	startClockAt(Date.parse(tuesdayMorning));
	const { app, close } = await prepareApp(readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'valclair' }));
	for (let i = 1; i <= people; i++) await openKeeper(app.db, `${i}@haut.example`);
	await close();
});
afterEach(() => {
	rmSync(dataDir, { recursive: true });
});

/** `annuaire relancer`, as on the day the mairie's entry is due; killed as soon as this many mails are in the outbox. */
async function remind(port: number, killedAt: number, hour: number): Promise<NodeJS.Signals | null> {
	const command = spawn(process.execPath, ['src/cli/annuaire.ts', 'relancer', '--date', '2027-04-02'], {
		env: {
			...process.env,
			DATA_DIR: dataDir,
			TERRITOIRE: 'valclair',
			// Each run comes after the one before, however slow that was.
			HORLOGE: new Date(Date.parse(tuesdayMorning) + hour * 3_600_000).toISOString(),
			SMTP_URL: `smtp://127.0.0.1:${port}`,
			MAIL_FROM: 'annuaire@valclair.example'
		},
		stdio: 'ignore'
	});
	const gone = once(command, 'exit');
	const db = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'), { readonly: true });
	const queued = db.prepare('SELECT count(*) FROM mail').pluck();
	while (command.exitCode === null && command.signalCode === null) {
		if (Number(queued.get()) >= killedAt) command.kill('SIGKILL');
		await setImmediate();
	}
	db.close();
	await gone;
	return command.signalCode;
}

test(`killed between two people again and again, the reminders reach all ${people}, once`, async () => {
	const server = await startMailServer();
	let kills = 0;
	for (const [hour, killedAt] of [3, 9, 16, 24].entries())
		if ((await remind(server.port, killedAt, hour)) === 'SIGKILL') kills += 1;
	expect(kills).toBeGreaterThan(1);
	expect(await remind(server.port, Infinity, 4)).toBeNull();
	await server.close();
	const ids = (mails: ReceivedMail[]) => mails.map(({ headers }) => headers.get('message-id'));
	// Nothing had been sent before a kill: none may come twice, not even under the same Message-ID.
	expect(new Set(ids(server.accepted)).size).toBe(server.accepted.length);
	expect(server.accepted.map(({ to: [to] }) => to).toSorted()).toEqual(
		Array.from({ length: people }, (_, i) => `${i + 1}@haut.example`).toSorted()
	);
});
