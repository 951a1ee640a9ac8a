import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database/open.ts';
import { queueMail } from '#lib/server/mail/outbox.ts';
import { prepareApp } from '#lib/server/prepare.ts';
import { readSettings } from '#lib/server/settings.ts';
import { type ReceivedMail, Refusal, startMailServer } from '../mail-server.ts';
import { type Site, startSite } from '../site.ts';

const mails = Number(process.env.MAILS ?? 50);

let dataDir: string;
beforeEach(async () => {
	dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const { close } = await prepareApp(readSettings({ DATA_DIR: dataDir, TERRITOIRE: 'valclair' }));
	await close();
});
afterEach(() => {
	rmSync(dataDir, { recursive: true });
});

/** Queues mails beside the server, or without one, as a command does: to 1@, 2@… */
async function queue(count: number): Promise<void> {
	const { db } = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
	for (let i = 1; i <= count; i++)
		await queueMail(db, { to: `${i}@valclair.exemple`, subject: `Lettre ${i}`, text: 'Bonjour' });
	await db.destroy();
}

/** The clock of the machine: the mails were queued by it. */
function serve(port: number): Promise<Site> {
	return startSite({
		DATA_DIR: dataDir,
		HORLOGE: '',
		SMTP_URL: `smtp://127.0.0.1:${port}`,
		MAIL_FROM: 'annuaire@valclair.exemple'
	});
}

test(`killed again and again while it sends ${mails} mails, the site loses none, and repeats none but the one under way`, async () => {
	await queue(mails);
	let running: Site | undefined;
	let kills = 0;
	let next = 3;
	let goEnded: () => void = () => undefined;
	const underWay = new Set<string>();

	/** Kills the site once enough mails have come, in turn after and before the mail at hand is accepted. */
	function strike(moment: 'before' | 'after', mail: ReceivedMail): boolean {
		if (!running || server.accepted.length < next || (kills % 2 === 0) !== (moment === 'after')) return false;
		running.process.kill('SIGKILL');
		running = undefined;
		kills += 1;
		next = server.accepted.length + 5 + ((kills * 7) % 19);
		if (moment === 'after') underWay.add(idOf(mail));
		return true;
	}

	const server = await startMailServer({
		// Killed before: the server, left alone, never accepts it.
		onMail: (mail) => (strike('before', mail) ? new Promise(() => undefined) : Promise.resolve(undefined)),
		onAccepted(mail) {
			strike('after', mail);
			if (new Set(server.accepted.map(idOf)).size === mails) goEnded();
		}
	});
	for (let left = mails; left > 0;) {
		const allCame = new Promise<void>((resolve) => (goEnded = resolve));
		const site = await serve(server.port);
		running = site;
		await Promise.race([once(site.process, 'exit'), allCame]);
		running = undefined;
		if (site.process.signalCode === null) await site.stop({ keep: true });
		left = site.query('SELECT 1 FROM mail WHERE accepted_at IS NULL').length;
	}
	await server.close();

	expect(kills).toBeGreaterThan(2);
	const ids = server.accepted.map(idOf);
	expect(new Set(ids).size).toBe(mails);
	expect(new Set(server.accepted.map(({ to: [to] }) => to)).size).toBe(mails);
	const repeated = ids.filter((id, i) => ids.indexOf(id) !== i);
	expect(repeated.filter((id) => !underWay.has(id))).toEqual([]);
	expect(repeated.length).toBeLessThanOrEqual(underWay.size);
});

function idOf({ headers }: ReceivedMail): string {
	return headers.get('message-id') ?? '';
}

test('what a command queues beside the running site goes; what can’t go is listed with its reason', async () => {
	let arrive: (mail: ReceivedMail) => void = () => undefined;
	const arrived = new Promise<ReceivedMail>((resolve) => (arrive = resolve));
	const server = await startMailServer({
		onRecipient: (address) =>
			address.startsWith('1@') ? new Refusal(550, '5.1.1 Adresse inconnue') : undefined,
		onAccepted: (mail) => {
			arrive(mail);
		}
	});
	const site = await serve(server.port);
	await queue(2);
	expect((await arrived).to).toEqual(['2@valclair.exemple']);
	expect(await site.stop({ keep: true })).toBe(0);
	expect(site.output()).toMatch(/refusé, abandonné/);
	await server.close();

	const command = (...options: string[]) => {
		const { stdout, status, stderr } = spawnSync(
			process.execPath,
			['src/cli/annuaire.ts', 'courrier', ...options],
			{
				env: { ...process.env, DATA_DIR: dataDir },
				encoding: 'utf8'
			}
		);
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		return stdout;
	};
	expect(JSON.parse(command('--json'))).toMatchObject({
		en_attente: [],
		abandonnes: [
			{
				destinataire: '1@valclair.exemple',
				essais: 1,
				derniere_erreur: expect.stringContaining('5.1.1') as string
			}
		]
	});
	// Without a server, the command sends.
	await queue(1);
	expect(JSON.parse(command('--json')) as unknown).toMatchObject({ en_attente: [{ essais: 0 }] });
	expect(command('--envoyer')).toMatch(/^En attente\u202f: 0\nAbandonnés\u202f: 1\n {2}1 .*5\.1\.1/);
});
