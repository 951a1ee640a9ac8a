import { type Kysely, sql } from 'kysely';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database/open.ts';
import { listMigrations, migrate } from '#lib/server/database/migrate.ts';
import { openWorld, type World } from '../world.ts';

let world: World & { close(): Promise<void> };
beforeEach(async () => {
	world = await openWorld();
});
afterEach(() => world.close());

const statements = [
	'CREATE TABLE essai (id INTEGER PRIMARY KEY, nom TEXT NOT NULL) STRICT',
	`INSERT INTO essai (nom) SELECT nom FROM service`,
	`UPDATE service SET nom = nom || ' (bis)'`,
	'ALTER TABLE service ADD COLUMN essai TEXT',
	'DROP TABLE synonym'
];

/** A migration whose statement number `failing` fails; none when it is undefined. */
function migration(failing: number | undefined) {
	return {
		name: '2099-01-01-essai',
		async up(db: Kysely<unknown>) {
			for (const [i, statement] of statements.entries())
				await sql.raw(i === failing ? 'INSERT INTO nulle_part VALUES (1)' : statement).execute(db);
		}
	};
}

/** Everything the file holds: its schema and each row of its tables. */
function contents({ sqlite }: World): unknown {
	const schema = sqlite.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all() as {
		type: string;
		name: string;
	}[];
	const tables = schema
		.filter(({ type }) => type === 'table')
		.map(({ name }) => [name, sqlite.prepare(`SELECT * FROM "${name}"`).all()]);
	return { schema, tables };
}

test.each(statements.map((_statement, i) => i))(
	'an update that fails at its step %i changes nothing, and can be tried again',
	async (failing) => {
		const before = contents(world);
		await expect(migrate(world.sqlite, [...(await listMigrations()), migration(failing)])).rejects.toThrow(
			/^La mise à jour de la base a échoué, rien n’a été changé : .*nulle_part/
		);
		expect(contents(world)).toEqual(before);

		const { applied } = await migrate(world.sqlite, [...(await listMigrations()), migration(undefined)]);
		expect(applied).toEqual(['2099-01-01-essai']);
	}
);

test('an update that would leave an entry without its structure changes nothing', async () => {
	const before = contents(world);
	const up = async (db: Kysely<unknown>) => {
		await sql`PRAGMA defer_foreign_keys = ON`.execute(db);
		await sql`UPDATE service SET structure_id = 999999`.execute(db);
	};
	await expect(
		migrate(world.sqlite, [...(await listMigrations()), { name: '2099-01-01-essai', up }])
	).rejects.toThrow(/référence/);
	expect(contents(world)).toEqual(before);
});

test('before an update the database is copied beside itself, as it was', async () => {
	const before = contents(world);
	const { copy = '' } = await migrate(world.sqlite, [...(await listMigrations()), migration(undefined)]);
	expect(existsSync(copy)).toBe(true);
	const { sqlite, db } = openDatabase(copy);
	expect(contents({ ...world, sqlite })).toEqual(before);
	await db.destroy();
});
