import { describe, expect } from 'vitest';
import type { Account, NewAccount, Role } from '#lib/domain/accounts.ts';
import { test } from '../../../../tests/world.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { listJournal, record } from '../journal.ts';
import { rememberOrigin } from '../territory.ts';
import {
	AccountError,
	createAccount,
	findAccount,
	findAccountByMail,
	findSignedIn,
	listAccounts,
	setPasswordHash
} from './accounts.ts';
import { countAttempts } from './attempts.ts';
import { changeAccount, closeAccount, lastVisitOf } from './change-account.ts';
import { choosePassword, replacePassword } from './choose-password.ts';
import { findLink, giveLink } from './links.ts';
import { turnOffSecondFactor, turnOnSecondFactor } from './second-factor.ts';
import { closeSessions, openSession } from './sessions.ts';
import { codeOf, newTotpSecret } from './totp.ts';

const password = 'trois mots sans rapport';
const hash = 'un condensat';

/** Someone who has chosen a password. */
async function open(db: Db, nom: string, role: Role, communes: string[] = []): Promise<Account> {
	const courriel = `${nom.toLowerCase()}@valclair.example`;
	const id = await createAccount(db, { courriel, nom, role, communes }, 'essai');
	await setPasswordHash(db, id, hash);
	return get(db, id);
}

async function get(db: Db, id: number): Promise<Account> {
	const account = await findAccount(db, id);
	if (!account) throw new Error(`no account ${id}`);
	return account;
}

const asIs = ({ courriel, nom, role, communes }: Account): NewAccount => ({ courriel, nom, role, communes });

const mails = (db: Db) =>
	db.selectFrom('mail').select(['recipient', 'subject', 'text']).orderBy('id').execute();

describe('changing an account', () => {
	test('gives another role or other communes: sessions end, a line is written, its person is told', async ({
		db
	}) => {
		const direction = await open(db, 'Direction', 'administration');
		const secretary = await open(db, 'Accueil', 'mairie', ['bourg-valclair']);
		const session = await openSession(db, secretary.id, 'Firefox sous Windows');
		await changeAccount(db, secretary.id, { ...asIs(secretary), communes: ['haut-valclair'] }, direction);
		expect(await get(db, secretary.id)).toMatchObject({ role: 'mairie', communes: ['haut-valclair'] });
		expect(await findSignedIn(db, session)).toBeUndefined();
		expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
			who: 'Direction',
			action: 'compte-change',
			object: 'accueil@valclair.example · rôle\u202f: Mairie · Haut-Valclair'
		});
		const [mail] = await mails(db);
		expect(mail?.recipient).toBe(secretary.courriel);
		expect(mail?.text).toContain('Direction a changé');
		expect(mail?.text).toContain('Mairie · Haut-Valclair');
	});

	test('of name only leaves its sessions open and writes to nobody; the same again does nothing', async ({
		db
	}) => {
		const direction = await open(db, 'Direction', 'administration');
		const secretary = await open(db, 'Accueil', 'mairie', ['bourg-valclair']);
		const session = await openSession(db, secretary.id, 'Firefox sous Windows');
		await changeAccount(db, secretary.id, { ...asIs(secretary), nom: 'Accueil du Bourg' }, direction);
		expect(await findSignedIn(db, session)).toMatchObject({ nom: 'Accueil du Bourg' });
		const lines = await listJournal(db, { limit: 10 });
		await changeAccount(db, secretary.id, asIs(await get(db, secretary.id)), direction);
		expect(await listJournal(db, { limit: 10 })).toEqual(lines);
		expect(await mails(db)).toEqual([]);
	});

	test('gives another address: both are told, what was sent before opens nothing, and it is nobody else’s', async ({
		db
	}) => {
		const direction = await open(db, 'Direction', 'administration');
		const secretary = await open(db, 'Accueil', 'mairie', ['bourg-valclair']);
		const session = await openSession(db, secretary.id, 'Firefox sous Windows');
		const link = await giveLink(db, secretary.id, 'mot-de-passe');
		const taken = { ...asIs(secretary), courriel: direction.courriel };
		await expect(changeAccount(db, secretary.id, taken, direction)).rejects.toThrow(/déjà un compte/);
		await changeAccount(
			db,
			secretary.id,
			{ ...asIs(secretary), courriel: 'mairie@bourg.example' },
			direction
		);
		expect((await findAccountByMail(db, 'mairie@bourg.example'))?.id).toBe(secretary.id);
		expect(await findSignedIn(db, session)).toBeUndefined();
		expect(await findLink(db, link, 'mot-de-passe')).toBeUndefined();
		expect((await mails(db)).map(({ recipient }) => recipient)).toEqual([
			'accueil@valclair.example',
			'mairie@bourg.example'
		]);
	});

	test('is not for oneself, but for one’s name', async ({ db }) => {
		await open(db, 'Présidence', 'administration');
		const direction = await open(db, 'Direction', 'administration');
		for (const change of [{ role: 'agent' as const }, { courriel: 'autre@valclair.example' }])
			await expect(
				changeAccount(db, direction.id, { ...asIs(direction), ...change }, direction)
			).rejects.toThrow(AccountError);
		await changeAccount(db, direction.id, { ...asIs(direction), nom: 'Direction générale' }, direction);
		expect(await get(db, direction.id)).toMatchObject({
			nom: 'Direction générale',
			role: 'administration',
			courriel: 'direction@valclair.example'
		});
		await expect(closeAccount(db, direction.id, direction)).rejects.toThrow(AccountError);
	});

	test('never leaves the site without an administrator, even when two change each other at once', async ({
		db
	}) => {
		const [one, other] = [
			await open(db, 'Direction', 'administration'),
			await open(db, 'Présidence', 'administration')
		];
		const demoted = (account: Account) => ({ ...asIs(account), role: 'lecture' as const });
		const outcomes = await Promise.allSettled([
			changeAccount(db, one.id, demoted(one), other),
			changeAccount(db, other.id, demoted(other), one),
			closeAccount(db, one.id, other),
			closeAccount(db, other.id, one)
		]);
		expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
		const left = (await listAccounts(db)).filter(
			({ role, disabledAt }) => role === 'administration' && disabledAt === null
		);
		expect(left).toHaveLength(1);
	});

	test('of someone who has not accepted their invitation warns nobody', async ({ db }) => {
		const direction = await open(db, 'Direction', 'administration');
		const guest = {
			courriel: 'invitee@valclair.example',
			nom: 'Invitée',
			role: 'agent' as const,
			communes: []
		};
		const id = await createAccount(db, guest, 'essai');
		await changeAccount(db, id, { ...guest, role: 'lecture' }, direction);
		expect(await mails(db)).toEqual([]);
	});
});

test('the last visit is known after the sessions are over', async ({ db }) => {
	const { id } = await open(db, 'Accueil', 'agent');
	const find = async () => {
		const listed = (await listAccounts(db)).find((one) => one.id === id);
		return listed && lastVisitOf(db, listed);
	};
	expect(await find()).toBeNull();
	await record(db, { id, nom: 'Accueil' }, 'connexion');
	await openSession(db, id, 'Firefox sous Windows');
	await closeSessions(db, id);
	expect(Date.parse((await find()) ?? '')).toBeLessThanOrEqual(now());
});

describe('a mail warns', () => {
	/** The mails of what `act` does to someone's account. */
	async function warned(db: Db, act: (account: Account) => Promise<unknown>) {
		await rememberOrigin(db, 'https://annuaire.example');
		await act(await open(db, 'Accueil', 'agent'));
		return mails(db);
	}

	test('when one’s password changed, with what to do and no secret', async ({ db }) => {
		const sent = await warned(db, (account) => replacePassword(db, account, password, undefined));
		expect(sent.map(({ recipient }) => recipient)).toEqual(['accueil@valclair.example']);
		expect(sent[0]?.text).toContain('Ce n’est pas vous\u202f?');
		expect(sent[0]?.text).toContain('https://annuaire.example/connexion/oubli\n');
		expect(sent[0]?.text).not.toContain(password);
		expect(await replacePassword(db, await get(db, 1), 'court', undefined)).toMatch(/trop court/);
		expect(await mails(db)).toHaveLength(1);
	});

	test('when it was chosen again by mail, and not when an invitation is accepted', async ({ db }) => {
		const sent = await warned(db, async ({ id }) => {
			for (const purpose of ['invitation', 'mot-de-passe'] as const) {
				const secret = await giveLink(db, id, purpose);
				const chosen = { secret, purpose, password, address: '192.0.2.1' };
				expect(await choosePassword({ db, attempts: countAttempts() }, chosen)).toBeUndefined();
			}
		});
		expect(sent.map(({ subject }) => subject)).toEqual(['Votre mot de passe a changé']);
	});

	test('when double verification is turned on, or off by someone else', async ({ db }) => {
		const sent = await warned(db, async (account) => {
			const direction = await open(db, 'Direction', 'administration');
			const secret = newTotpSecret();
			const code = codeOf(secret, Math.floor(now() / 30_000));
			expect(await turnOnSecondFactor(db, account, secret, code, '')).toHaveLength(10);
			await turnOffSecondFactor(db, account, direction);
		});
		expect(sent.map(({ recipient, subject }) => [recipient, subject])).toEqual([
			['accueil@valclair.example', 'La double vérification est active'],
			['accueil@valclair.example', 'La double vérification est retirée']
		]);
		expect(sent[1]?.text).toContain('Direction a retiré');
	});
});
