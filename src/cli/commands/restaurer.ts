import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { finishRestore, prepareRestore } from '#lib/server/backup/restore.ts';
import { now } from '#lib/server/clock.ts';
import { FolderHeldError, lockDataDir } from '#lib/server/database/lock.ts';
import { DatabaseError } from '#lib/server/database/open.ts';
import { UsageError } from '../run.ts';
import type { Command } from './command.ts';
import { contentsOf, dataOf } from './sauvegarder.ts';

export const restaurer: Command = {
	usage: 'restaurer FICHIER [--oui]',
	summary: 'remet l’état d’une sauvegarde, garde celui d’avant ; le site doit être arrêté',
	needs: 'folder',
	async run(settings, [source, ...more], { oui = false }) {
		if (source === undefined || more.length > 0)
			throw new UsageError('Donnez une sauvegarde : « npm run -s annuaire -- restaurer FICHIER ».');
		if (!oui && !process.stdin.isTTY)
			throw new UsageError(
				'Sans terminal pour demander, ajoutez --oui : la sauvegarde remplacera ce qui est là.'
			);
		const unlock = takeFolder(settings.dataDir);
		try {
			finishRestore(settings.dataDir);
			const prepared = await prepareRestore(settings, source);
			const contents = contentsOf(prepared.report);
			if (
				!oui &&
				!(await isAgreed(`${source} (${contents}) va remplacer ${settings.dataDir}. Continuer ? (oui/non) `))
			) {
				prepared.cancel();
				throw new DatabaseError('Rien n’a changé.');
			}
			const aside = prepared.apply(now());
			return {
				lines: [
					`${source} restauré : ${contents}.`,
					...(prepared.codesKept > 0
						? [`${prepared.codesKept} code(s) imprimé(s) depuis restent connus.`]
						: []),
					...(prepared.presentRead
						? []
						: ['La base remplacée ne se lisait pas : les codes imprimés depuis viennent de codes.csv.']),
					...(aside === undefined
						? []
						: [
								`Ce qui était là est gardé dans ${aside}.`,
								`Pour revenir en arrière : « npm run -s annuaire -- restaurer ${aside} ».`
							]),
					'Démarrez le site.'
				],
				data: {
					fichier: source,
					...dataOf(prepared.report),
					codes_gardes: prepared.codesKept,
					base_remplacee_lisible: prepared.presentRead,
					etat_precedent: aside ?? null
				}
			};
		} finally {
			unlock();
		}
	}
};

function takeFolder(dataDir: string): () => void {
	try {
		return lockDataDir(dataDir);
	} catch (error) {
		if (error instanceof FolderHeldError)
			throw new DatabaseError(`Le site tourne sur ${dataDir} : arrêtez-le, puis recommencez.`);
		throw error;
	}
}

async function isAgreed(question: string): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const closed = new Promise<string>((resolve) => {
		terminal.once('close', () => {
			resolve('');
		});
	});
	try {
		return (await Promise.race([terminal.question(question), closed])).trim().toLowerCase() === 'oui';
	} finally {
		terminal.close();
	}
}
