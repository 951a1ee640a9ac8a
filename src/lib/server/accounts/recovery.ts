import { randomInt } from 'node:crypto';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { hashOf } from './secrets.ts';

/** How many codes are given at once. */
const given = 10;

/** Signs that nobody takes for one another on paper. */
const signs = '23456789abcdefghjkmnpqrstvwxyz';

/** New recovery codes of an account, to be written down: each opens it once, without its application. The former ones no longer work. */
export async function giveRecoveryCodes(db: Db, accountId: number): Promise<string[]> {
	const codes = Array.from({ length: given }, () => [4, 4, 4].map((length) => draw(length)).join('-'));
	await inTransaction(db, async (db) => {
		await db.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
		for (const code of codes)
			await db
				.insertInto('recovery_code')
				.values({ account_id: accountId, code_hash: hashOf(normalised(code)) })
				.execute();
	});
	return codes;
}

/** Uses a recovery code of this account up; false when it isn't one, or was used. */
export async function useRecoveryCode(db: Db, accountId: number, typed: string): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('recovery_code')
		.set({ used_at: new Date(now()).toISOString() })
		.where('account_id', '=', accountId)
		.where('code_hash', '=', hashOf(normalised(typed)))
		.where('used_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

/** How many recovery codes of this account are left. */
export async function countRecoveryCodes(db: Db, accountId: number): Promise<number> {
	const { left } = await db
		.selectFrom('recovery_code')
		.select((eb) => eb.fn.countAll<number>().as('left'))
		.where('account_id', '=', accountId)
		.where('used_at', 'is', null)
		.executeTakeFirstOrThrow();
	return left;
}

function draw(length: number): string {
	return Array.from({ length }, () => signs.charAt(randomInt(signs.length))).join('');
}

function normalised(code: string): string {
	return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}
