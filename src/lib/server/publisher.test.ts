import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import { completePublisher } from './publisher.ts';
import { loadSeed } from './seed.ts';
import { getTerritory } from './territory.ts';

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'territoire-'));
	file = path.join(folder, 'territoire.yaml');
	cpSync('seeds/valclair/territoire.yaml', file);
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

test('legal notices completed in the folder after the first start are read at the next one', async ({
	db,
	world
}) => {
	await db.updateTable('territory').set({ hebergeur: null, delegue_donnees: null }).execute();
	await loadSeed(db, 'valclair', world.dataDir);
	expect(await getTerritory(db)).toMatchObject({
		hebergeur: 'Hébergeur inventé, 1 rue du Nuage, 00100 Haut-Valclair',
		delegue_donnees: 'dpd@valclair.example'
	});
});

test('a legal notice that is there already is never overwritten by the folder', async ({ db }) => {
	await db
		.updateTable('territory')
		.set({ adresse: '2 place de la Source, 00100 Haut-Valclair', hebergeur: null })
		.execute();
	expect(await completePublisher(db, folder)).toEqual(['hebergeur']);
	expect((await getTerritory(db)).adresse).toBe('2 place de la Source, 00100 Haut-Valclair');
});

test('a start that completes nothing leaves every page as it was', async ({ db }) => {
	const version = () => db.selectFrom('meta').selectAll().where('key', '=', 'version').execute();
	const before = await version();
	expect(await completePublisher(db, folder)).toEqual([]);
	expect(await version()).toEqual(before);
});

test('what the folder doesn’t say either stays to be completed', async ({ db }) => {
	await db.updateTable('territory').set({ hebergeur: null }).execute();
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^hebergeur:.*$/m, ''));
	expect(await completePublisher(db, folder)).toEqual([]);
	expect((await getTerritory(db)).hebergeur).toBeNull();
});
