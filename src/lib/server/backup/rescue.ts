import { existsSync, statSync } from 'node:fs';
import { databaseFile } from '../app.ts';
import { damageIn } from '../database/damage.ts';
import { DatabaseError } from '../database/open.ts';
import { checkBackup } from './backup.ts';
import { copiesFolder, listCopies } from './nightly.ts';

/**
 * Lets pass a database whose pages are whole, or a folder that never had one. Writes nothing.
 * @throws DatabaseError with a French sentence that names the newest nightly copy that is whole
 */
export async function refuseDamage(dataDir: string): Promise<void> {
	const file = databaseFile({ dataDir });
	if (!existsSync(file) || statSync(file).size === 0) return refuseLoss(dataDir);
	const damage = damageIn(file);
	if (damage !== undefined)
		throw new DatabaseError(
			`La base ${file} est abîmée (${damage}) : le site ne démarre pas et n’y écrit rien. ${await advice(dataDir)}`
		);
}

/** A database that has gone must not be taken for a first installation, and the site for a new one. */
async function refuseLoss(dataDir: string): Promise<void> {
	if (listCopies(dataDir).length === 0) return;
	throw new DatabaseError(
		`La base de ${dataDir} a disparu, et il y en a des copies : le site ne démarre pas. ${await advice(dataDir)} Pour repartir de rien, déplacez d’abord ${copiesFolder(dataDir)}.`
	);
}

/** What to do, with the newest copy that is whole. */
export async function advice(dataDir: string): Promise<string> {
	const copy = await findGoodCopy(dataDir);
	return copy === undefined
		? `Restaurez une sauvegarde : « npm run -s annuaire -- restaurer FICHIER » (aucune copie saine dans ${copiesFolder(dataDir)}).`
		: `Restaurez la dernière copie saine : « npm run -s annuaire -- restaurer ${copy} ».`;
}

async function findGoodCopy(dataDir: string): Promise<string | undefined> {
	for (const { file } of listCopies(dataDir)) {
		try {
			await checkBackup(file);
			return file;
		} catch {
			// Damaged too: an older one may be whole.
		}
	}
	return undefined;
}
