import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from 'vitest';
import { openDatabase, type OpenDatabase } from '#lib/server/database/open.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { loadSeed } from '#lib/server/seed.ts';

/** The tests' named world: the fictional territory of `seeds/valclair`, in a SQLite file of its own. */
export interface World extends OpenDatabase {
	dataDir: string;
}

/** A fresh copy of the world in an empty folder; `close` removes it. */
export async function openWorld(territoire = 'valclair'): Promise<World & { close(): Promise<void> }> {
	const dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
	const opened = openDatabase(path.join(dataDir, 'annuaire.sqlite'));
	await migrate(opened.sqlite);
	await loadSeed(opened.db, territoire, dataDir);
	return {
		...opened,
		dataDir,
		async close() {
			await opened.db.destroy();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** A test with its own world. */
export const test = base.extend<{ world: World; db: Db }>({
	world: async ({ task: _task }, use) => {
		const world = await openWorld();
		await use(world);
		await world.close();
	},
	db: async ({ world }, use) => {
		await use(world.db);
	}
});
