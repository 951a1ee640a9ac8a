import { describe, expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { now, startClockAt } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { createAccount, disableAccount, findAccount, setPasswordHash } from './accounts.ts';
import { countAttempts } from './attempts.ts';
import { hashPassword } from './passwords.ts';
import { countRecoveryCodes } from './recovery.ts';
import { turnOffSecondFactor, turnOnSecondFactor } from './second-factor.ts';
import { openSession } from './sessions.ts';
import { checkPassword, checkSecondFactor, confirmPassword } from './sign-in.ts';
import { acceptedStep, codeOf, newTotpSecret, totpAddress } from './totp.ts';

const courriel = 'accueil@bourg-valclair.example';
const password = 'trois mots sans rapport';
const address = '192.0.2.1';
const hash = await hashPassword(password);

async function aSecretary(db: Db): Promise<number> {
	const account = { courriel, nom: 'Accueil', role: 'mairie' as const, communes: ['bourg-valclair'] };
	const id = await createAccount(db, account, 'amorce');
	await setPasswordHash(db, id, hash);
	return id;
}

/** The step whose code an application shows now. */
const presentStep = () => Math.floor(now() / 30_000);

test('the right password signs in, any other is refused with the same words as an unknown address', async ({
	db
}) => {
	const id = await aSecretary(db);
	const attempts = countAttempts();
	expect(await checkPassword(db, attempts, { courriel, password, address })).toMatchObject({
		kind: 'signed-in',
		account: { id }
	});
	const refused = { kind: 'refused' };
	expect(await checkPassword(db, attempts, { courriel, password: 'autre chose', address })).toEqual(refused);
	expect(await checkPassword(db, attempts, { courriel: 'inconnu@exemple.fr', password, address })).toEqual(
		refused
	);
	await disableAccount(db, id);
	expect(await checkPassword(db, attempts, { courriel, password, address })).toEqual(refused);
});

test('five wrong passwords from one place make it wait, and nobody elsewhere', async ({ db }) => {
	await aSecretary(db);
	const start = now();
	const attempts = countAttempts();
	for (let i = 0; i < 5; i++) await checkPassword(db, attempts, { courriel, password: 'faux', address });
	expect(await checkPassword(db, attempts, { courriel, password, address })).toEqual({
		kind: 'held',
		until: expect.closeTo(start + 15 * 60_000, -4) as number
	});
	const elsewhere = { courriel, password, address: '192.0.2.2' };
	expect((await checkPassword(db, attempts, elsewhere)).kind).toBe('signed-in');
	startClockAt(start + 16 * 60_000);
	expect((await checkPassword(db, attempts, { courriel, password, address })).kind).toBe('signed-in');
	startClockAt(start);
});

test('thirty attempts sent at once count as thirty: only the first five are looked at', async ({ db }) => {
	await aSecretary(db);
	const attempts = countAttempts();
	const results = await Promise.all(
		Array.from({ length: 30 }, () => checkPassword(db, attempts, { courriel, password: 'faux', address }))
	);
	expect(results.filter(({ kind }) => kind === 'refused')).toHaveLength(5);
	expect(results.filter(({ kind }) => kind === 'held')).toHaveLength(25);
});

test('asking for the password again signs nobody in, and the journal doesn’t say so', async ({ db }) => {
	await aSecretary(db);
	const attempts = countAttempts();
	const confirm = (typed: string) => confirmPassword(db, attempts, { courriel, password: typed, address });
	expect((await confirm(password)).kind).toBe('right');
	expect((await confirm('faux')).kind).toBe('refused');
	const lines = await db.selectFrom('journal').select('action').execute();
	expect(lines).toEqual([{ action: 'connexion-refusee' }]);
});

describe('guessing from many places', () => {
	test('holds strangers, never the place where the person signs in', () => {
		let at = 0;
		const attempts = countAttempts(() => at);
		attempts.succeeded(courriel, address);
		for (let i = 0; i < 100; i++) attempts.failed(courriel, `198.51.100.${i}`);
		expect(attempts.heldUntil(courriel, '203.0.113.9')).toBe(3_600_000);
		expect(attempts.heldUntil(courriel, address)).toBeUndefined();
		at = 3_600_001;
		expect(attempts.heldUntil(courriel, '203.0.113.9')).toBeUndefined();
	});

	test('a place with a whole network of addresses is one place', () => {
		const attempts = countAttempts(() => 0);
		for (let i = 0; i < 50; i++) attempts.failed(`a${i}@exemple.fr`, `2001:db8:1:2::${i.toString(16)}`);
		expect(attempts.heldUntil('b@exemple.fr', '2001:db8:1:2:ffff:1:2:3')).toBe(15 * 60_000);
		expect(attempts.heldUntil('b@exemple.fr', '2001:db8:1:3::1')).toBeUndefined();
	});

	test('an attempt that was right is not held against its place', () => {
		const attempts = countAttempts(() => 0);
		for (let i = 0; i < 200; i++) {
			attempts.failed(courriel, address);
			attempts.takeBack(courriel, address);
		}
		expect(attempts.heldUntil(courriel, address)).toBeUndefined();
	});

	test('one place that tries every account waits', () => {
		const attempts = countAttempts(() => 0);
		for (let i = 0; i < 50; i++) attempts.failed(`a${i}@exemple.fr`, address);
		expect(attempts.heldUntil('b@exemple.fr', address)).toBe(15 * 60_000);
		expect(attempts.heldUntil('b@exemple.fr', '203.0.113.9')).toBeUndefined();
	});
});

test('with a second factor, the password alone opens nothing; each code serves once', async ({ db }) => {
	const id = await aSecretary(db);
	const account = await findAccount(db, id);
	if (!account) throw new Error('no account');
	const secret = newTotpSecret();
	const here = await openSession(db, id, 'Un navigateur');
	expect(await turnOnSecondFactor(db, account, secret, '000000', here)).toBeUndefined();
	const codes = await turnOnSecondFactor(db, account, secret, codeOf(secret, presentStep()), here);
	expect(codes).toHaveLength(10);

	const attempts = countAttempts();
	const first = await checkPassword(db, attempts, { courriel, password, address });
	if (first.kind !== 'second-factor') throw new Error(first.kind);
	const next = (code: string, from = first.secret) =>
		checkSecondFactor(db, attempts, { secret: from, code, address });
	// The code that turned it on was used.
	expect((await next(codeOf(secret, presentStep()))).kind).toBe('refused');
	const code = codeOf(secret, presentStep() + 1);
	expect((await next(code)).kind).toBe('signed-in');
	// Neither the secret of that sign-in nor its code serve again.
	expect((await next(codes?.[0] ?? '')).kind).toBe('refused');
	const second = await checkPassword(db, attempts, { courriel, password, address });
	if (second.kind !== 'second-factor') throw new Error(second.kind);
	expect((await next(code, second.secret)).kind).toBe('refused');

	const recovery = codes?.[0]?.toUpperCase().replaceAll('-', ' ') ?? '';
	expect((await next(recovery, second.secret)).kind).toBe('signed-in');
	expect(await countRecoveryCodes(db, id)).toBe(9);
	const third = await checkPassword(db, attempts, { courriel, password, address });
	if (third.kind !== 'second-factor') throw new Error(third.kind);
	expect((await next(recovery, third.secret)).kind).toBe('refused');

	await turnOffSecondFactor(db, account, account);
	const lines = await db
		.selectFrom('journal')
		.select('object')
		.where('action', '=', 'second-facteur-retire')
		.execute();
	expect(lines).toEqual([{ object: courriel }]);
	expect((await checkPassword(db, attempts, { courriel, password, address })).kind).toBe('signed-in');
});

test('a telephone whose clock is half a minute off still opens the door', () => {
	const secret = newTotpSecret();
	const at = 1_800_000_000_000;
	const step = at / 30_000;
	expect([-1, 0, 1].map((off) => acceptedStep(secret, codeOf(secret, step + off), at, null))).toEqual([
		step - 1,
		step,
		step + 1
	]);
	expect(acceptedStep(secret, codeOf(secret, step + 3), at, null)).toBeUndefined();
	expect(acceptedStep(secret, codeOf(secret, step), at, step)).toBeUndefined();
});

test('codes are those of RFC 6238', () => {
	// Appendix B, SHA-1, its secret « 12345678901234567890 » in base 32; six of its eight figures.
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	expect(codeOf(secret, Math.floor(59 / 30))).toBe('287082');
	expect(codeOf(secret, Math.floor(1_111_111_109 / 30))).toBe('081804');
	expect(totpAddress(secret, 'Annuaire', courriel)).toMatch(/^otpauth:\/\/totp\/Annuaire:accueil%40/);
});
