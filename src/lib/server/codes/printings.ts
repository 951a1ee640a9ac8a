import type { Account } from '#lib/domain/accounts.ts';
import type { Printing } from '#lib/domain/printing.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';

/** Copies of a code, as someone noted them. */
export interface NotedPrinting extends Printing {
	id: number;
	by: string;
	/** The day (AAAA-MM-JJ) from which they no longer circulate; null while they do. */
	retiredOn: string | null;
}

/** Notes copies made of a code. */
export async function notePrinting(db: Db, code: string, printing: Printing, by: Account): Promise<void> {
	await inTransaction(db, async (db) => {
		await db
			.insertInto('printing')
			.values({
				code,
				...printing,
				noted_at: new Date(now()).toISOString(),
				noted_by: by.nom,
				retire_le: null
			})
			.execute();
		await record(db, by, 'tirage-note', code);
	});
}

/** Notes that copies no longer circulate as of today, or that they do after all. */
export async function retirePrinting(
	db: Db,
	{ code, id }: { code: string; id: number },
	isRetired: boolean,
	by: Account
): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await db
			.updateTable('printing')
			.set({ retire_le: isRetired ? today() : null })
			.where('id', '=', id)
			.where('code', '=', code)
			.where('retire_le', isRetired ? 'is' : 'is not', null)
			.executeTakeFirst();
		if (numUpdatedRows === 1n) await record(db, by, isRetired ? 'tirage-retire' : 'tirage-remis', code);
	});
}

/** The copies of each of these codes, the newest first. */
export async function listPrintings(db: Db, codes: readonly string[]): Promise<Map<string, NotedPrinting[]>> {
	const rows = await db
		.selectFrom('printing')
		.selectAll()
		.where('code', 'in', codes)
		.orderBy('imprime_le', 'desc')
		.orderBy('id', 'desc')
		.execute();
	const printings = rows.map(({ code, id, lieu, exemplaires, imprime_le, noted_by: by, retire_le }) => ({
		code,
		printing: { id, lieu, exemplaires, imprime_le, by, retiredOn: retire_le }
	}));
	return new Map(
		[...Map.groupBy(printings, ({ code }) => code)].map(([code, all]) => [
			code,
			all.map(({ printing }) => printing)
		])
	);
}

/** How many copies circulate, of those whose number was given. */
export function circulating(printings: readonly NotedPrinting[]): number {
	return printings
		.filter(({ retiredOn }) => retiredOn === null)
		.reduce((sum, { exemplaires }) => sum + (exemplaires ?? 0), 0);
}
