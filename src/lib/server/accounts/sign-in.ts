import type { Account } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { findAccount } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import { findLink, giveLink, useLink } from './links.ts';
import { isPassword } from './passwords.ts';
import { useRecoveryCode } from './recovery.ts';
import { acceptedStep } from './totp.ts';

/** What comes of an attempt to sign in. */
export type SignIn =
	| { kind: 'signed-in'; account: Account }
	/** The password is right; `secret` lets `checkSecondFactor` end it within ten minutes. */
	| { kind: 'second-factor'; secret: string }
	| { kind: 'refused' }
	/** Too many failures: nothing was looked at. `until` is in epoch milliseconds. */
	| { kind: 'held'; until: number };

/** What is typed on the page of sign-in, and from where: an IP address, kept in memory only. */
export interface Credentials {
	courriel: string;
	password: string;
	address: string;
}

/**
 * Checks a password. Whether the account exists, is disabled or has another password, the answer and its time are
 * the same.
 */
export async function checkPassword(
	db: Db,
	attempts: Attempts,
	{ courriel, password, address }: Credentials
): Promise<SignIn> {
	const result = await confirmPassword(db, attempts, { courriel, password, address });
	if (result.kind !== 'right') return result;
	const { account } = result;
	if (account.hasSecondFactor)
		return { kind: 'second-factor', secret: await giveLink(db, account.id, 'second-facteur') };
	attempts.succeeded(courriel, address);
	await record(db, account, 'connexion');
	return { kind: 'signed-in', account };
}

/** Whether this is the password of that account, without signing in: asked again before what can't be undone. */
export async function confirmPassword(
	db: Db,
	attempts: Attempts,
	{ courriel, password, address }: Credentials
): Promise<{ kind: 'right'; account: Account } | Extract<SignIn, { kind: 'refused' | 'held' }>> {
	const until = attempts.heldUntil(courriel, address);
	if (until !== undefined) return { kind: 'held', until };
	attempts.failed(courriel, address);
	const row = await db
		.selectFrom('account')
		.select(['id', 'password_hash'])
		.where('courriel', '=', courriel)
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	const isRight = await isPassword(row?.password_hash ?? null, password);
	const account = row && isRight ? await findAccount(db, row.id) : undefined;
	if (!account) {
		await record(db, 'quelqu’un', 'connexion-refusee', row ? courriel : undefined);
		return { kind: 'refused' };
	}
	attempts.takeBack(courriel, address);
	return { kind: 'right', account };
}

/**
 * Ends a sign-in with the code of an application, or with a recovery code, each serving once. After too many wrong
 * codes the account is held as after wrong passwords. `refused` when the secret no longer serves, or the code is wrong.
 */
export async function checkSecondFactor(
	db: Db,
	attempts: Attempts,
	{ secret, code, address }: { secret: string; code: string; address: string }
): Promise<SignIn> {
	const id = await findLink(db, secret, 'second-facteur');
	const account = id === undefined ? undefined : await findAccount(db, id);
	if (!account) return { kind: 'refused' };
	const until = attempts.heldUntil(account.courriel, address);
	if (until !== undefined) return { kind: 'held', until };
	attempts.failed(account.courriel, address);
	if (!(await isSecondFactor(db, account, code))) {
		await record(db, account, 'connexion-refusee', account.courriel);
		return { kind: 'refused' };
	}
	attempts.takeBack(account.courriel, address);
	if (!(await useLink(db, secret, 'second-facteur'))) return { kind: 'refused' };
	attempts.succeeded(account.courriel, address);
	await record(db, account, 'connexion');
	return { kind: 'signed-in', account };
}

async function isSecondFactor(db: Db, account: Account, code: string): Promise<boolean> {
	const row = await db
		.selectFrom('account')
		.select(['totp_secret', 'totp_step'])
		.where('id', '=', account.id)
		.executeTakeFirst();
	if (typeof row?.totp_secret !== 'string') return false;
	const step = acceptedStep(row.totp_secret, code, now(), row.totp_step);
	if (step === undefined) {
		if (!(await useRecoveryCode(db, account.id, code))) return false;
		await record(db, account, 'code-de-secours');
		return true;
	}
	const { numUpdatedRows } = await db
		.updateTable('account')
		.set({ totp_step: step })
		.where('id', '=', account.id)
		.where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}
