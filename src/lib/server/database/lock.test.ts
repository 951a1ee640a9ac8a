import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatabaseError } from './open.ts';
import { lockDataDir } from './lock.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'annuaire-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

test('a data folder is held by one server, and free once it stops', () => {
	const unlock = lockDataDir(path.join(folder, 'donnees'));
	expect(() => lockDataDir(path.join(folder, 'donnees'))).toThrow(
		/Un autre serveur utilise déjà le dossier .*donnees/
	);
	unlock();
	lockDataDir(path.join(folder, 'donnees'))();
});

test('a data folder that can’t be one is named', () => {
	writeFileSync(path.join(folder, 'fichier'), '');
	expect(() => lockDataDir(path.join(folder, 'fichier'))).toThrow(DatabaseError);
	expect(() => lockDataDir(path.join(folder, 'fichier'))).toThrow(/ne peut pas être écrit/);
});
