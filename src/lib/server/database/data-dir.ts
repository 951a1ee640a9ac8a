import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseError } from './open.ts';

/**
 * Creates the data folder, and those above it, when they are missing.
 * @throws DatabaseError with a French sentence when one of them can't be created
 */
export function makeDataDir(dataDir: string): void {
	// One by one: where no folder can be created, as under /proc, Node's recursive mkdir never ends.
	for (const folder of missingFolders(dataDir)) {
		try {
			mkdirSync(folder);
		} catch (error) {
			const reason =
				reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'n’accepte pas de nouveau dossier';
			throw new DatabaseError(
				`Le dossier de données ${dataDir} ne peut pas être écrit : ${path.dirname(folder)} ${reason}. Vérifiez ses droits, ou donnez à DATA_DIR un autre emplacement.`,
				{ cause: error }
			);
		}
	}
}

/** What is said of the folder in which nothing could be created, by error code. */
const reasons: Readonly<Record<string, string>> = {
	EEXIST: 'contient un fichier ou un lien de ce nom',
	ENOTDIR: 'n’est pas un dossier',
	ENOSPC: 'est sur un disque plein',
	EROFS: 'est sur un disque qui n’accepte pas d’écriture'
};

/** The folders to create, the outermost first. */
function missingFolders(folder: string): string[] {
	const missing: string[] = [];
	for (let one = folder; !isFolder(one); one = path.dirname(one)) {
		missing.unshift(one);
		if (path.dirname(one) === one) break;
	}
	return missing;
}

function isFolder(folder: string): boolean {
	try {
		return statSync(folder).isDirectory();
	} catch {
		return false;
	}
}
