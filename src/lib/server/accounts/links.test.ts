import { expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { now, startClockAt } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { readSettings } from '../settings.ts';
import {
	createAccount,
	disableAccount,
	enableAccount,
	findAccount,
	findSignedIn,
	setPasswordHash
} from './accounts.ts';
import { countAttempts } from './attempts.ts';
import { choosePassword } from './choose-password.ts';
import { giveFirstAccount, isFirstAccountSecret, openFirstAccount } from './first-account.ts';
import { sendPasswordLink } from './letters.ts';
import { findLink, giveLink } from './links.ts';
import { hashPassword } from './passwords.ts';
import { listSessions, openSession } from './sessions.ts';
import { checkPassword } from './sign-in.ts';

const courriel = 'accueil@bourg-valclair.example';
const password = 'trois mots sans rapport';
const address = '192.0.2.1';
const hash = await hashPassword(password);

async function aSecretary(db: Db): Promise<number> {
	return createAccount(
		db,
		{ courriel, nom: 'Accueil du Bourg', role: 'mairie', communes: ['bourg-valclair'] },
		'amorce'
	);
}

const mailsOf = (db: Db) => db.selectFrom('mail').select('recipient').execute();

test('once someone has a password, the invitation they were sent opens nothing any more', async ({ db }) => {
	const id = await aSecretary(db);
	const invitation = await giveLink(db, id, 'invitation');
	const forgotten = await giveLink(db, id, 'mot-de-passe');
	const chosen = { secret: forgotten, purpose: 'mot-de-passe' as const, password, address };
	expect(await choosePassword({ db, attempts: countAttempts() }, chosen)).toBeUndefined();
	expect(await findLink(db, invitation, 'invitation')).toBeUndefined();
	expect(await choosePassword({ db, attempts: countAttempts() }, chosen)).toMatch(/déjà servi/);
});

test('a password that will not do leaves the link as it was', async ({ db }) => {
	const secret = await giveLink(db, await aSecretary(db), 'invitation');
	const chosen = { secret, purpose: 'invitation' as const, address };
	const app = { db, attempts: countAttempts() };
	expect(await choosePassword(app, { ...chosen, password: 'court' })).toMatch(/trop court/);
	expect(await choosePassword(app, { ...chosen, password })).toBeUndefined();
});

test('closing an account ends the links it was sent, even once it is opened again', async ({ db }) => {
	const id = await aSecretary(db);
	const secret = await giveLink(db, id, 'mot-de-passe');
	await disableAccount(db, id);
	await enableAccount(db, id);
	expect(await findLink(db, secret, 'mot-de-passe')).toBeUndefined();
});

test('after too many attempts, a new password chosen by mail ends the wait', async ({ db }) => {
	const id = await aSecretary(db);
	await setPasswordHash(db, id, hash);
	const app = { db, attempts: countAttempts() };
	for (let i = 0; i < 5; i++) await checkPassword(db, app.attempts, { courriel, password: 'faux', address });
	expect((await checkPassword(db, app.attempts, { courriel, password, address })).kind).toBe('held');
	const secret = await giveLink(db, id, 'mot-de-passe');
	await choosePassword(app, { secret, purpose: 'mot-de-passe', password: 'quatre mots tout neufs', address });
	const again = { courriel, password: 'quatre mots tout neufs', address };
	expect((await checkPassword(db, app.attempts, again)).kind).toBe('signed-in');
});

test('nobody fills a mairie’s mailbox by asking for a new password again and again', async ({
	db,
	world
}) => {
	const id = await aSecretary(db);
	const settings = readSettings({ DATA_DIR: world.dataDir, TERRITOIRE: 'valclair' });
	const app = { db, settings };
	await sendPasswordLink(app, courriel);
	await sendPasswordLink(app, courriel);
	await sendPasswordLink(app, 'inconnu@exemple.fr');
	expect(await mailsOf(db)).toEqual([{ recipient: courriel }]);
	const start = now();
	startClockAt(start + 3 * 60_000);
	await sendPasswordLink(app, courriel);
	expect(await mailsOf(db)).toHaveLength(2);
	startClockAt(start);
	expect(await findAccount(db, id)).toBeDefined();
});

test('the link printed at start opens one account, and none once an administrator came another way', async ({
	db
}) => {
	const first = (await giveFirstAccount(db)) ?? '';
	const secret = (await giveFirstAccount(db)) ?? '';
	expect(await isFirstAccountSecret(db, first)).toBe(false);
	const wanted = { courriel: 'direction@valclair.example', nom: 'Direction' };
	expect(await openFirstAccount(db, first, wanted, 'court')).toMatch(/déjà servi/);
	expect(await openFirstAccount(db, secret, wanted, 'court')).toMatch(/trop court/);

	const id = await createAccount(db, { ...wanted, role: 'administration', communes: [] }, 'commande');
	await setPasswordHash(db, id, hash);
	expect(await isFirstAccountSecret(db, secret)).toBe(false);
	expect(await openFirstAccount(db, secret, { ...wanted, courriel }, password)).toMatch(/déjà servi/);
	expect(await giveFirstAccount(db)).toBeUndefined();
});

test('what is known of a session goes once it has ended, when someone signs in', async ({ db }) => {
	const id = await aSecretary(db);
	const old = await openSession(db, id, 'Firefox sous Windows');
	const start = now();
	startClockAt(start + 9 * 3_600_000);
	const recent = await openSession(db, id, 'Safari sous iOS');
	expect(await db.selectFrom('session').select('device').execute()).toEqual([{ device: 'Safari sous iOS' }]);
	expect(await findSignedIn(db, old)).toBeUndefined();
	expect(await listSessions(db, id, recent)).toHaveLength(1);
	startClockAt(start);
});
