import { expect } from 'vitest';
import type { NewAccount } from '#lib/domain/accounts.ts';
import { test } from '../../../../tests/world.ts';
import { startClockAt, now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import {
	changeRole,
	createAccount,
	disableAccount,
	enableAccount,
	findAccountByMail,
	findSignedIn,
	listAccounts,
	setPasswordHash
} from './accounts.ts';
import { findLink, giveLink, useLink } from './links.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { closeSession, closeSessionOf, listSessions, openSession } from './sessions.ts';

const day = 86_400_000;
const secretary: NewAccount = {
	courriel: 'accueil@bourg-valclair.example',
	nom: 'Accueil du Bourg',
	role: 'mairie',
	communes: ['bourg-valclair']
};

async function aSecretary(db: Db): Promise<number> {
	return createAccount(db, secretary, 'amorce');
}

test('a mairie’s account keeps its communes, whatever the case its address is typed in', async ({ db }) => {
	await createAccount(db, { ...secretary, communes: ['haut-valclair', 'bourg-valclair'] }, 'amorce');
	const account = await findAccountByMail(db, 'Accueil@Bourg-Valclair.EXAMPLE');
	expect(account).toMatchObject({ role: 'mairie', hasSecondFactor: false });
	expect(account?.communes.toSorted()).toEqual(['bourg-valclair', 'haut-valclair']);
});

test('an address has one account, and a commune must be of the territory', async ({ db }) => {
	await aSecretary(db);
	await expect(createAccount(db, secretary, 'amorce')).rejects.toThrow(/déjà un compte/);
	const elsewhere = { ...secretary, courriel: 'autre@exemple.fr', communes: ['paris'] };
	await expect(createAccount(db, elsewhere, 'amorce')).rejects.toThrow(/pas du territoire/);
	expect(await findAccountByMail(db, 'autre@exemple.fr')).toBeUndefined();
});

test('a session is found by its identifier, of which the database knows only the hash', async ({ db }) => {
	const id = await aSecretary(db);
	const session = await openSession(db, id, 'Firefox sous Windows');
	expect(await findSignedIn(db, session)).toMatchObject({ id, nom: 'Accueil du Bourg' });
	const stored = JSON.stringify(await db.selectFrom('session').selectAll().execute());
	expect(stored).not.toContain(session);
	expect(await findSignedIn(db, 'a'.repeat(40))).toBeUndefined();
	await closeSession(db, session);
	expect(await findSignedIn(db, session)).toBeUndefined();
});

test('eight hours without a visit end a session; visits keep it for thirty days, no longer', async ({
	db
}) => {
	const id = await aSecretary(db);
	const start = now();
	const idle = await openSession(db, id, 'Un navigateur');
	startClockAt(start + 8 * 3_600_000 + 1000);
	expect(await findSignedIn(db, idle)).toBeUndefined();
	const used = await openSession(db, id, 'Un navigateur');
	const opened = now();
	for (let at = opened; at < opened + 30 * day; at += 7 * 3_600_000) {
		startClockAt(at);
		expect(await findSignedIn(db, used)).toBeDefined();
	}
	startClockAt(opened + 30 * day);
	expect(await findSignedIn(db, used)).toBeUndefined();
	startClockAt(start);
});

test('an administrator signs in again after seven days', async ({ db }) => {
	const id = await createAccount(db, { ...secretary, role: 'administration', communes: [] }, 'amorce');
	const session = await openSession(db, id, 'Un navigateur');
	const start = now();
	for (let at = start; at < start + 7 * day; at += 6 * 3_600_000) {
		startClockAt(at);
		expect(await findSignedIn(db, session)).toBeDefined();
	}
	startClockAt(start + 7 * day);
	expect(await findSignedIn(db, session)).toBeUndefined();
	startClockAt(start);
});

test('closing an account, changing its role or its password ends its sessions at once', async ({ db }) => {
	const id = await aSecretary(db);
	const open = () => openSession(db, id, 'Un navigateur');
	let session = await open();
	await disableAccount(db, id);
	expect(await findSignedIn(db, session)).toBeUndefined();
	expect(await findAccountByMail(db, secretary.courriel)).toBeUndefined();
	await enableAccount(db, id);
	expect(await findSignedIn(db, session)).toBeUndefined();
	session = await open();
	await changeRole(db, id, { role: 'lecture', communes: [] });
	expect(await findSignedIn(db, session)).toBeUndefined();
	session = await open();
	const here = await open();
	await setPasswordHash(db, id, await hashPassword('trois mots sans rapport'), here);
	expect(await findSignedIn(db, session)).toBeUndefined();
	expect(await findSignedIn(db, here)).toBeDefined();
});

test('someone sees their sessions and ends one, never a colleague’s', async ({ db }) => {
	const id = await aSecretary(db);
	const other = await createAccount(db, { ...secretary, courriel: 'maire@exemple.fr' }, 'amorce');
	const here = await openSession(db, id, 'Firefox sous Windows');
	const phone = await openSession(db, id, 'Safari sous iOS');
	const colleague = await openSession(db, other, 'Chrome sous Android');
	const mine = await listSessions(db, id, here);
	expect(mine.map(({ device, isThisOne }) => [device, isThisOne]).toSorted()).toEqual([
		['Firefox sous Windows', true],
		['Safari sous iOS', false]
	]);
	const [theirs] = await listSessions(db, other);
	await closeSessionOf(db, id, theirs?.idHash ?? '');
	expect(await findSignedIn(db, colleague)).toBeDefined();
	await closeSessionOf(db, id, mine.find(({ isThisOne }) => !isThisOne)?.idHash ?? '');
	expect(await findSignedIn(db, phone)).toBeUndefined();
	expect(await findSignedIn(db, here)).toBeDefined();
});

test('a link serves once, for its own purpose, until it expires or another is given', async ({ db }) => {
	const id = await aSecretary(db);
	const first = await giveLink(db, id, 'invitation');
	expect(await findLink(db, first, 'invitation')).toBe(id);
	expect(await findLink(db, first, 'mot-de-passe')).toBeUndefined();
	const second = await giveLink(db, id, 'invitation');
	expect(await findLink(db, first, 'invitation')).toBeUndefined();
	expect(await Promise.all([1, 2].map(() => useLink(db, second, 'invitation')))).toEqual([true, false]);
	expect(await findLink(db, second, 'invitation')).toBeUndefined();
	const late = await giveLink(db, id, 'mot-de-passe');
	const start = now();
	startClockAt(start + 3_600_001);
	expect(await findLink(db, late, 'mot-de-passe')).toBeUndefined();
	expect(await useLink(db, late, 'mot-de-passe')).toBe(false);
	startClockAt(start);
});

test('a password is kept as Argon2id, and no password opens an account that has none', async () => {
	const hash = await hashPassword('trois mots sans rapport');
	expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await isPassword(hash, 'trois mots sans rapport')).toBe(true);
	expect(await isPassword(hash, 'Trois mots sans rapport')).toBe(false);
	expect(await isPassword(null, 'un mot de passe que personne ne peut avoir')).toBe(false);
});

test('the list of accounts puts the closed ones last', async ({ db }) => {
	const id = await aSecretary(db);
	await createAccount(
		db,
		{ ...secretary, courriel: 'z@exemple.fr', nom: 'Zoé', role: 'agent', communes: [] },
		'amorce'
	);
	await disableAccount(db, id);
	expect(
		(await listAccounts(db)).map(({ nom, disabledAt, hasPassword }) => [
			nom,
			disabledAt === null,
			hasPassword
		])
	).toEqual([
		['Zoé', true, false],
		['Accueil du Bourg', false, false]
	]);
});
