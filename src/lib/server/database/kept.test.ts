import BetterSqlite from 'better-sqlite3';
import path from 'node:path';
import { expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { findTheme } from '../themes.ts';
import { inTransaction } from './open.ts';
import { keptUntilEdit } from './kept.ts';

test('what has not changed is read once', async ({ db }) => {
	let readings = 0;
	const read = () => keptUntilEdit(db, 'count', () => Promise.resolve(++readings));
	expect(await Promise.all([read(), read()])).toEqual([1, 1]);
	expect(await read()).toBe(1);
});

test('an edit of ours is read at once, even in the same turn', async ({ db }) => {
	expect((await findTheme(db, 'petite-enfance'))?.nom).toBe('Petite enfance');
	await db.updateTable('theme').set({ nom: 'Tout-petits' }).where('slug', '=', 'petite-enfance').execute();
	expect((await findTheme(db, 'petite-enfance'))?.nom).toBe('Tout-petits');
});

test('an edit made by a command beside the server is read by the next request', async ({ world }) => {
	const { db, dataDir } = world;
	await findTheme(db, 'petite-enfance');
	const command = new BetterSqlite(path.join(dataDir, 'annuaire.sqlite'));
	command.prepare(`UPDATE theme SET nom = 'Tout-petits' WHERE slug = 'petite-enfance'`).run();
	command.close();
	await new Promise(setImmediate);
	expect((await findTheme(db, 'petite-enfance'))?.nom).toBe('Tout-petits');
});

test('an edit that is given up leaves nothing behind, even under the number of a later one', async ({
	db
}) => {
	const rename = (nom: string, fails: boolean) =>
		inTransaction(db, async (db) => {
			await db.updateTable('theme').set({ nom }).where('slug', '=', 'petite-enfance').execute();
			expect((await findTheme(db, 'petite-enfance'))?.nom).toBe(nom);
			if (fails) throw new Error('given up');
		});
	await expect(rename('Abandonné', true)).rejects.toThrow('given up');
	expect((await findTheme(db, 'petite-enfance'))?.nom).toBe('Petite enfance');
	await rename('Tout-petits', false);
	expect((await findTheme(db, 'petite-enfance'))?.nom).toBe('Tout-petits');
});

test('a reading that fails is tried again', async ({ db }) => {
	const fails = () => Promise.reject(new Error('no luck'));
	await expect(keptUntilEdit(db, 'unlucky', fails)).rejects.toThrow('no luck');
	expect(await keptUntilEdit(db, 'unlucky', () => Promise.resolve('read'))).toBe('read');
});
