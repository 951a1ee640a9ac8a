import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('a data folder is created with those above it', () => {
	const dataDir = path.join(folder, 'a/b/donnees');
	lockDataDir(dataDir)();
	expect(existsSync(dataDir)).toBe(true);
});

test.runIf(existsSync('/proc'))(
	'a data folder asked for where none can be created is refused at once, in one line',
	() => {
		expect(() => lockDataDir('/proc/annuaire/donnees')).toThrow(DatabaseError);
		expect(() => lockDataDir('/proc/annuaire/donnees')).toThrow(
			/^Le dossier de données \/proc\/annuaire\/donnees ne peut pas être écrit : \/proc n’accepte pas de nouveau dossier\. .+\.$/
		);
	}
);

test('a data folder that can’t be one is named', () => {
	writeFileSync(path.join(folder, 'fichier'), '');
	expect(() => lockDataDir(path.join(folder, 'fichier'))).toThrow(DatabaseError);
	expect(() => lockDataDir(path.join(folder, 'fichier'))).toThrow(/ne peut pas être écrit/);
});
