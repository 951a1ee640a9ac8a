import BetterSqlite from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { restoreClock } from '../clock.ts';
import { lockMail } from '../database/lock.ts';
import { inTransaction } from '../database/open.ts';
import { readSettings } from '../settings.ts';
import { type MailServer, readMail, Refusal, startMailServer } from '../../../../tests/mail-server.ts';
import { openWorld, type World } from '../../../../tests/world.ts';
import { forgetMail, listUnsentMail, queueMail } from './outbox.ts';
import { type Postman, sendUnattended, startPostman } from './postman.ts';

const start = Date.parse('2026-11-24T10:15:00+01:00');
const minute = 60_000;
const hour = 60 * minute;

let world: World & { close(): Promise<void> };
let warnings: string[];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
	world = await openWorld();
	warnings = [];
	vi.spyOn(console, 'warn').mockImplementation((text: string) => warnings.push(text));
	later(0);
});
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
	await world.close();
	vi.restoreAllMocks();
	vi.useRealTimers();
	restoreClock();
});

/** The clock stands still, this long after the beginning of the test. */
function later(milliseconds: number): void {
	vi.useFakeTimers({ toFake: ['Date'], now: start + milliseconds });
}

async function openServer(manners?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
	const server = await startMailServer(manners);
	closing.push(() => server.close());
	return server;
}

function office(port?: number) {
	const env = port === undefined ? {} : { SMTP_URL: `smtp://127.0.0.1:${port}` };
	const settings = readSettings({
		DATA_DIR: world.dataDir,
		MAIL_FROM: 'Annuaire du Valclair <annuaire@valclair.exemple>',
		...env
	});
	return { db: world.db, settings };
}

function openPostman(port?: number): Postman {
	const postman = startPostman(office(port));
	closing.push(() => postman.stop());
	return postman;
}

function letter(to: string, subject = 'Vérifiez vos fiches') {
	return { to, subject, text: `Bonjour ${to}` };
}

function rowOf(to: string) {
	return world.db.selectFrom('mail').selectAll().where('recipient', '=', to).executeTakeFirstOrThrow();
}

describe('a mail', () => {
	test('reaches its reader as it was written, with its accents, in text and in HTML', async () => {
		const server = await openServer();
		const postman = openPostman(server.port);
		const subject =
			'Épagny : l’été approche, vérifiez « Garderie périscolaire » et les œuvres de la médiathèque avant jeudi';
		const text = 'Bonjour,\n\n.Une ligne qui commence par un point.\nDeux œufs à 3 €\u202f!\n';
		const html = '<!DOCTYPE html><html lang="fr"><title>é</title><p>Deux œufs à 3 €</p></html>';
		await queueMail(world.db, { to: 'mairie@sillingy.exemple', subject, text, html });
		await postman.wake();

		const [mail] = server.accepted;
		expect(server.accepted).toHaveLength(1);
		expect(mail).toMatchObject({ from: 'annuaire@valclair.exemple', to: ['mairie@sillingy.exemple'] });
		const { message_id, accepted_at } = await rowOf('mairie@sillingy.exemple');
		expect(Object.fromEntries(mail?.headers ?? [])).toMatchObject({
			from: 'Annuaire du Valclair <annuaire@valclair.exemple>',
			to: 'mairie@sillingy.exemple',
			subject,
			date: 'Tue, 24 Nov 2026 09:15:00 +0000',
			'message-id': message_id,
			'auto-submitted': 'auto-generated'
		});
		expect(mail?.parts.get('text/plain')?.trim()).toBe(text.trim());
		expect(mail?.parts.get('text/html')?.trim()).toBe(html);
		expect(accepted_at).toBe('2026-11-24T09:15:00.000Z');
	});

	test('is kept no longer than needed: its words go once it is accepted, its trace a year later', async () => {
		const server = await openServer();
		await queueMail(world.db, letter('mairie@sillingy.exemple'));
		await openPostman(server.port).wake();
		expect(await rowOf('mairie@sillingy.exemple')).toMatchObject({ text: null, html: null, attempts: 1 });
		await queueMail(world.db, letter('attend@sillingy.exemple'));
		await forgetMail(world.db, start + 1);
		const kept = await world.db.selectFrom('mail').select('recipient').execute();
		expect(kept).toEqual([{ recipient: 'attend@sillingy.exemple' }]);
	});

	test('asked for twice under one key goes once', async () => {
		const server = await openServer();
		const reminder = { ...letter('mairie@sillingy.exemple'), key: 'relance 2026-11' };
		expect(await queueMail(world.db, reminder)).toBe(true);
		expect(await queueMail(world.db, reminder)).toBe(false);
		const postman = openPostman(server.port);
		await postman.wake();
		expect(await queueMail(world.db, reminder)).toBe(false);
		await postman.wake();
		expect(server.accepted).toHaveLength(1);
	});

	test('belongs to what it tells of: it goes when that is saved, and not when that fails', async () => {
		const server = await openServer();
		const postman = openPostman(server.port);
		await expect(
			inTransaction(world.db, async (db) => {
				await queueMail(db, letter('jamais@sillingy.exemple'));
				throw new Error('changement refusé');
			})
		).rejects.toThrow('changement refusé');
		await inTransaction(world.db, (db) => queueMail(db, letter('mairie@sillingy.exemple')));
		await postman.wake();
		expect(server.accepted.map(({ to }) => to)).toEqual([['mairie@sillingy.exemple']]);
	});

	test.each([
		['to', { to: 'mairie@sillingy.exemple\r\nBcc: autre@exemple.fr' }],
		['to', { to: 'mairie@sillingy.exemple, autre@exemple.fr' }],
		['subject', { subject: 'Bonjour\r\nBcc: autre@exemple.fr' }]
	])('can’t be sent elsewhere by what someone typed (%s)', async (_field, typed) => {
		await expect(queueMail(world.db, { ...letter('mairie@sillingy.exemple'), ...typed })).rejects.toThrow(
			TypeError
		);
		expect(await listUnsentMail(world.db)).toEqual({ waiting: [], givenUp: [] });
	});
});

test('whoever causes a mail doesn’t wait for a slow mail server', async () => {
	let answer: (refusal: undefined) => void = () => undefined;
	const slowness = new Promise<undefined>((resolve) => (answer = resolve));
	let arrive: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	const server = await openServer({
		onMail() {
			arrive();
			return slowness;
		}
	});
	const postman = openPostman(server.port);
	await queueMail(world.db, letter('un@sillingy.exemple'));
	await arrived;
	// The first is still under way: the database answers, and others are queued.
	await queueMail(world.db, letter('deux@sillingy.exemple'));
	expect((await listUnsentMail(world.db)).waiting).toHaveLength(2);
	answer(undefined);
	await postman.wake();
	expect(server.accepted.map(({ to: [to] }) => to)).toEqual(['un@sillingy.exemple', 'deux@sillingy.exemple']);
});

describe('when the mail server', () => {
	test('is down, mails wait, are tried again, and go once it is up', async () => {
		const before = await startMailServer();
		await before.close();
		const postman = openPostman(before.port);
		for (const to of ['un@sillingy.exemple', 'deux@sillingy.exemple', 'trois@sillingy.exemple'])
			await queueMail(world.db, letter(to));
		await postman.wake();
		const { waiting } = await listUnsentMail(world.db);
		expect(waiting.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
		for (const { last_error, next_attempt_at } of waiting) {
			expect(last_error).toMatch(/ECONNREFUSED/);
			expect(next_attempt_at).toBe(new Date(start + minute).toISOString());
		}

		const server = await openServer({ port: before.port });
		later(minute - 1);
		await postman.wake();
		expect(server.accepted).toEqual([]);
		later(minute);
		await postman.wake();
		expect(server.accepted).toHaveLength(3);
		expect(new Set(server.accepted.map(({ headers }) => headers.get('message-id')))).toEqual(
			new Set(waiting.map(({ message_id }) => message_id))
		);
	});

	test('asks to come back later (greylisting), that mail waits and the others go', async () => {
		let refusals = 2;
		const server = await openServer({
			onRecipient: (address) =>
				address.startsWith('gris') && refusals-- > 0 ? new Refusal(451, '4.7.1 Réessayez') : undefined
		});
		const postman = openPostman(server.port);
		await queueMail(world.db, letter('gris@sillingy.exemple'));
		await queueMail(world.db, letter('mairie@sillingy.exemple'));
		await postman.wake();
		expect(server.accepted.map(({ to: [to] }) => to)).toEqual(['mairie@sillingy.exemple']);
		expect(await rowOf('gris@sillingy.exemple')).toMatchObject({
			attempts: 1,
			next_attempt_at: new Date(start + minute).toISOString()
		});
		later(minute);
		await postman.wake();
		expect(await rowOf('gris@sillingy.exemple')).toMatchObject({
			attempts: 2,
			next_attempt_at: new Date(start + 6 * minute).toISOString()
		});
		later(6 * minute);
		await postman.wake();
		expect(await rowOf('gris@sillingy.exemple')).toMatchObject({ attempts: 3, last_error: null });
		expect(server.accepted.map(({ to: [to] }) => to)).toEqual([
			'mairie@sillingy.exemple',
			'gris@sillingy.exemple'
		]);
	});

	test('is cut off before it answers, the mail is tried again a minute later, the same one', async () => {
		const seen: (string | undefined)[] = [];
		const server: MailServer = await openServer({
			onMail({ headers }) {
				seen.push(headers.get('message-id'));
				if (seen.length === 1) server.cut();
				return Promise.resolve(undefined);
			}
		});
		const postman = openPostman(server.port);
		await queueMail(world.db, letter('mairie@sillingy.exemple'));
		await postman.wake();
		await postman.wake();
		expect(seen).toHaveLength(1);
		later(minute);
		await postman.wake();
		const { message_id, accepted_at } = await rowOf('mairie@sillingy.exemple');
		expect(seen).toEqual([message_id, message_id]);
		expect(accepted_at).not.toBeNull();
	});

	test.each([
		['recipient', { onRecipient: () => new Refusal(550, '5.1.1 Adresse inconnue') }],
		['content', { onMail: () => Promise.resolve(new Refusal(554, '5.7.1 Refusé')) }]
	])('refuses a mail for its %s, it is given up, and the reason is kept', async (_what, manners) => {
		const server = await openServer(manners);
		const postman = openPostman(server.port);
		await queueMail(world.db, letter('parti@sillingy.exemple'));
		await postman.wake();
		const { waiting, givenUp } = await listUnsentMail(world.db);
		expect(waiting).toEqual([]);
		expect(givenUp).toMatchObject([
			{ recipient: 'parti@sillingy.exemple', given_up_at: new Date(start).toISOString() }
		]);
		expect(givenUp[0]?.last_error).toMatch(/^55[04] .*5\.[17]\.1/);
		expect(warnings.join()).toMatch(/refusé, abandonné/);
		later(48 * hour);
		await postman.wake();
		expect(server.asked()).toBe(1);
	});

	test('wants a password that the settings don’t give, nothing is given up: everything waits', async () => {
		const server = await openServer({ onRecipient: () => new Refusal(530, '5.7.0 Authentication required') });
		const postman = openPostman(server.port);
		await queueMail(world.db, letter('un@sillingy.exemple'));
		await queueMail(world.db, letter('deux@sillingy.exemple'));
		await postman.wake();
		expect((await listUnsentMail(world.db)).waiting).toHaveLength(2);
		expect(server.asked()).toBe(1);
	});

	test('never takes a mail, it is given up after three days, not before, and said', async () => {
		const server = await openServer({ onRecipient: () => new Refusal(451, '4.7.1 Réessayez') });
		const postman = openPostman(server.port);
		await queueMail(world.db, letter('gris@sillingy.exemple'));
		for (let time = 0; time <= 72 * hour; time += hour) {
			later(time);
			await postman.wake();
			if (time < 68 * hour) expect((await listUnsentMail(world.db)).givenUp).toEqual([]);
		}
		expect(await rowOf('gris@sillingy.exemple')).toMatchObject({
			given_up_at: expect.any(String) as string,
			last_error: '451 4.7.1 Réessayez'
		});
	});
});

test('a mail accepted while the database can’t be written is not sent again', async () => {
	world.sqlite.pragma('busy_timeout = 0');
	const other = new BetterSqlite(path.join(world.dataDir, 'annuaire.sqlite'));
	const server = await openServer({
		onAccepted() {
			if (!other.inTransaction) other.exec('BEGIN IMMEDIATE');
		}
	});
	await queueMail(world.db, letter('mairie@sillingy.exemple'));
	const postman = openPostman(server.port);
	await postman.wake();
	await postman.wake();
	expect(warnings.join()).toMatch(/Courrier en attente.*locked/);
	expect((await rowOf('mairie@sillingy.exemple')).accepted_at).toBeNull();

	other.exec('ROLLBACK');
	other.close();
	await postman.wake();
	expect((await rowOf('mairie@sillingy.exemple')).accepted_at).not.toBeNull();
	expect(server.accepted).toHaveLength(1);
});

test('a clock that was a year ahead, then put right, leaves no mail waiting for a year', async () => {
	const server = await openServer();
	later(365 * 24 * hour);
	await queueMail(world.db, letter('mairie@sillingy.exemple'));
	later(0);
	await openPostman(server.port).wake();
	expect(server.accepted).toHaveLength(1);
});

test('asked to stop, the postman ends the mail under way and takes no other', async () => {
	let answer: (refusal: undefined) => void = () => undefined;
	const slowness = new Promise<undefined>((resolve) => (answer = resolve));
	let arrive: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	const server = await openServer({
		onMail() {
			arrive();
			return slowness;
		}
	});
	await queueMail(world.db, letter('un@sillingy.exemple'));
	await queueMail(world.db, letter('deux@sillingy.exemple'));
	const postman = startPostman(office(server.port));
	await arrived;
	const stopped = postman.stop();
	answer(undefined);
	await stopped;
	expect(server.accepted).toHaveLength(1);
	expect((await rowOf('un@sillingy.exemple')).accepted_at).not.toBeNull();
	expect((await rowOf('deux@sillingy.exemple')).attempts).toBe(0);
	const unlock = lockMail(world.dataDir);
	expect(unlock).toBeDefined();
	unlock?.();
});

describe('without a mail server', () => {
	const folder = () => path.join(world.dataDir, 'courriels');

	test('each mail is a file that a mail program opens', async () => {
		await queueMail(world.db, letter('mairie@sillingy.exemple', 'Été'));
		await openPostman().wake();
		const files = readdirSync(folder());
		expect(files).toEqual([expect.stringMatching(/^2026-11-24T09-15-00-000Z-[0-9a-f-]{36}\.eml$/)]);
		const { headers, parts } = readMail(readFileSync(path.join(folder(), files[0] ?? ''), 'latin1'));
		expect(headers.get('to')).toBe('mairie@sillingy.exemple');
		expect(headers.get('subject')).toBe('Été');
		expect(parts.get('text/plain')?.trim()).toBe('Bonjour mairie@sillingy.exemple');
	});
});

test('a command sends what waits when no server runs, and leaves it to the server when one does', async () => {
	const server = await openServer();
	const postman = startPostman(office(server.port));
	await postman.wake();
	await queueMail(world.db, letter('un@sillingy.exemple'));
	expect(await sendUnattended(office(server.port))).toBe(false);
	await postman.wake();
	expect(server.accepted).toHaveLength(1);

	await postman.stop();
	await queueMail(world.db, letter('deux@sillingy.exemple'));
	expect(await sendUnattended(office(server.port))).toBe(true);
	expect(server.accepted).toHaveLength(2);
});

test('while a command sends, the server that starts waits for its turn', async () => {
	const server = await openServer();
	const unlock = lockMail(world.dataDir);
	const postman = openPostman(server.port);
	await queueMail(world.db, letter('mairie@sillingy.exemple'));
	await postman.wake();
	expect(server.accepted).toEqual([]);
	unlock?.();
	await postman.wake();
	expect(server.accepted).toHaveLength(1);
});
