import path from 'node:path';
import { type BackupReport, writeBackup } from '#lib/server/backup/backup.ts';
import { copiesFolder } from '#lib/server/backup/nightly.ts';
import { now } from '#lib/server/clock.ts';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';

export const sauvegarder: Command = {
	usage: 'sauvegarder FICHIER [--remplacer]',
	summary: 'tout l’état du site dans un seul fichier, vérifié ; le site peut tourner',
	needs: 'app',
	async run({ settings }, [file, ...more], { remplacer = false }) {
		if (file === undefined || more.length > 0)
			throw new UsageError('Donnez un fichier : « npm run -s annuaire -- sauvegarder FICHIER ».');
		const target = path.resolve(file);
		if (isInside(settings.dataDir, target) && !isInside(copiesFolder(settings.dataDir), target))
			throw new UsageError(
				`${file} est dans le dossier de données, que chaque sauvegarde contient : choisissez un autre endroit.`
			);
		const report = await writeBackup(settings.dataDir, target, { at: now(), replace: remplacer });
		return {
			lines: [`${file} écrit et vérifié : ${contentsOf(report)}.`],
			data: { fichier: target, ...dataOf(report) }
		};
	}
};

function isInside(folder: string, file: string): boolean {
	const relative = path.relative(folder, file);
	return !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** What a backup holds, in words. */
export function contentsOf({ bytes, entries, codes, files }: BackupReport): string {
	return `${Math.ceil(bytes / 1024)} Kio, ${entries} fiches, ${codes} codes, ${files} fichier(s) à côté de la base`;
}

/** What a backup holds, for `--json`. */
export function dataOf({ madeAt, territory, bytes, entries, codes, files }: BackupReport) {
	return {
		faite_le: madeAt ?? null,
		territoire: territory,
		octets: bytes,
		fiches: entries,
		codes,
		fichiers: files
	};
}
