import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type App, databaseFile } from './app.ts';

const enoughBytes = 20 * 1024 * 1024;

/** What keeps the site from doing its work, one French sentence each; empty when it is ready. */
export async function readiness({ sqlite, settings, isFileInPlace }: App): Promise<string[]> {
	const faults: string[] = [];
	try {
		if (!sqlite.prepare(`SELECT 1 FROM meta WHERE key = 'version'`).get())
			faults.push('La base n’est pas à jour.');
	} catch {
		faults.push('La base ne se lit pas.');
	}
	if (!isFileInPlace())
		faults.push(
			`Le fichier de la base a été enlevé ou remplacé pendant que le site tournait : arrêtez le site, remettez ${databaseFile(settings)} ou restaurez une sauvegarde, et alors seulement redémarrez.`
		);
	const probe = path.join(settings.dataDir, `.essai-${randomBytes(4).toString('hex')}`);
	try {
		await writeFile(probe, 'ok');
		await rm(probe);
		const { bavail, bsize } = await statfs(settings.dataDir);
		if (bavail * bsize < enoughBytes) faults.push('Le disque est presque plein.');
	} catch {
		faults.push('Le dossier des données n’accepte pas d’écriture.');
	}
	return faults;
}
