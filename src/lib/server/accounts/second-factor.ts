import type { Account } from '#lib/domain/accounts.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { giveRecoveryCodes } from './recovery.ts';
import { closeSessions } from './sessions.ts';
import { acceptedStep } from './totp.ts';
import { warnOf } from './warnings.ts';

/**
 * Turns the second factor on once a code of `secret` was typed rightly, which proves that the application has it.
 * Gives the recovery codes, shown once; undefined when the code is wrong. The other sessions end.
 */
export async function turnOnSecondFactor(
	db: Db,
	account: Account,
	secret: string,
	code: string,
	keepSession: string
): Promise<string[] | undefined> {
	const step = acceptedStep(secret, code, now(), null);
	if (step === undefined) return undefined;
	return inTransaction(db, async (db) => {
		await db
			.updateTable('account')
			.set({ totp_secret: secret, totp_step: step })
			.where('id', '=', account.id)
			.execute();
		await closeSessions(db, account.id, keepSession);
		await record(db, account, 'second-facteur-active');
		await warnOf(db, account.courriel, { kind: 'second-facteur-active' });
		return giveRecoveryCodes(db, account.id);
	});
}

/** Turns the second factor off: its person lost both application and recovery codes, or no longer wants it. `by` did it. */
export async function turnOffSecondFactor(
	db: Db,
	{ id, courriel }: Pick<Account, 'id' | 'courriel'>,
	by: Account
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.updateTable('account')
			.set({ totp_secret: null, totp_step: null })
			.where('id', '=', id)
			.execute();
		await db.deleteFrom('recovery_code').where('account_id', '=', id).execute();
		await closeSessions(db, id);
		await record(db, by, 'second-facteur-retire', courriel);
		await warnOf(db, courriel, { kind: 'second-facteur-retire', ...(by.id !== id && { by: by.nom }) });
	});
}
