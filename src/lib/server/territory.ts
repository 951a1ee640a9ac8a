import type { Selectable } from 'kysely';
import { keptUntilEdit } from './database/kept.ts';
import type { Db, TerritoryTable } from './database/schema.ts';

export type Territory = Selectable<TerritoryTable>;

/** The territory of this installation. Throws when the database is empty. */
export async function getTerritory(db: Db): Promise<Territory> {
	return keptUntilEdit(db, 'territory', () =>
		db.selectFrom('territory').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()
	);
}

/** The school holidays known for the territory's zone, the oldest first; both dates inclusive. */
export async function listSchoolHolidays(db: Db) {
	return keptUntilEdit(db, 'school holidays', () =>
		db.selectFrom('school_holiday').selectAll().orderBy('debut').execute()
	);
}

/** The last accessibility audit, if there was one: until then pages say « non conforme ». */
export async function findAccessibilityAudit(db: Db) {
	return keptUntilEdit(db, 'audit', () =>
		db.selectFrom('accessibility_audit').selectAll().orderBy('audited_on', 'desc').executeTakeFirst()
	);
}

/** The public origin written when the server last started, which paper made from a shell carries. */
export async function findOrigin(db: Db): Promise<string | undefined> {
	const row = await db.selectFrom('meta').select('value').where('key', '=', 'origin').executeTakeFirst();
	return row?.value;
}

/** Remembers the public origin for commands run beside the server. */
export async function rememberOrigin(db: Db, origin: string): Promise<void> {
	await db
		.insertInto('meta')
		.values({ key: 'origin', value: origin })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: origin }))
		.execute();
}
