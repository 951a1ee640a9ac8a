import { readFileSync } from 'node:fs';
import path from 'node:path';
import { counted } from '#lib/domain/census/counted.ts';
import type { Proposal } from '#lib/domain/census/plan.ts';
import { applyPlan, countsOf } from '#lib/server/census/apply.ts';
import { columnsOf, forgetCensus, type Importer, keepCensus } from '#lib/server/census/census.ts';
import { readTable } from '#lib/server/census/file.ts';
import { FileError } from '#lib/server/census/limits.ts';
import { planOf } from '#lib/server/census/plan.ts';
import { UsageError } from '../run.ts';
import type { Command, Result } from './command.ts';

const by: Importer = { id: null, nom: 'ligne de commande', role: 'administration', communes: [] };

export const importer: Command = {
	usage: 'importer FICHIER [--essai] [--publier]',
	summary:
		'un recensement CSV ou XLSX ; --essai n’écrit rien ; les fiches créées sont des brouillons, sauf --publier',
	needs: 'app',
	async run({ db }, [file, extra], { essai = false, publier = false }) {
		if (file === undefined) throw new UsageError('Donnez un fichier : annuaire importer FICHIER.');
		if (extra !== undefined)
			throw new UsageError(`« importer » ne prend qu’un fichier : « ${extra} » est de trop.`);
		const bytes = readBytes(file);
		const fileName = path.basename(file);
		const table = await readTable(bytes);
		const columns = await columnsOf(db, { table, targets: {} });
		const targets = columns.map(({ target }) => target);
		if (!targets.includes('nom') && !targets.includes('slug'))
			throw new FileError(
				`Aucune colonne de ce fichier ne dit le nom : ${columns.map(({ header }) => header).join(', ')}.`
			);
		const proposals = await planOf(db, by, { table, fileName, targets });
		const ignored = columns.filter(({ target }) => target === undefined).map(({ header }) => header);
		if (essai) return resultOf(proposals, countsOf(proposals, {}, publier), ignored, essai);
		const id = await keepCensus(db, by, fileName, bytes);
		try {
			const counts = await applyPlan(db, id, proposals, {}, { by, publish: publier });
			return resultOf(proposals, counts, ignored, essai);
		} finally {
			await forgetCensus(db, id);
		}
	}
};

function readBytes(file: string): Uint8Array {
	try {
		return readFileSync(file);
	} catch {
		throw new FileError(`Le fichier ${file} ne se lit pas : est-ce le bon chemin ?`);
	}
}

function resultOf(
	proposals: readonly Proposal[],
	counts: ReturnType<typeof countsOf>,
	ignored: readonly string[],
	essai: boolean
): Result {
	const refused = proposals.flatMap((one) =>
		one.kind === 'refus' ? { ligne: one.line, nom: one.nom, raison: one.reason } : []
	);
	const outside = proposals.flatMap((one) =>
		one.kind === 'hors' ? { ligne: one.line, nom: one.nom, lieu: one.place } : []
	);
	const duplicates = proposals.flatMap((one) =>
		one.kind === 'doublon'
			? {
					ligne: one.line,
					nom: one.nom,
					ressemble_a: one.likes.map(({ nom, known, line, why }) => ({
						nom,
						...(known ? { identifiant: known.state.slug } : { ligne: line }),
						raison: why
					}))
				}
			: []
	);
	const cells = proposals.flatMap(({ line, nom, refused: left }) =>
		left.map(({ header, text, reason }) => ({
			ligne: line,
			nom,
			colonne: header,
			texte: text,
			raison: reason
		}))
	);
	const made = [
		`${essai ? counted(counts.creees, 'fiche à créer', 'fiches à créer') : counted(counts.creees, 'fiche créée', 'fiches créées')}, ${counts.publiees ? 'en ligne' : 'en brouillon'}`,
		essai ? `${counts.modifiees} à modifier` : counted(counts.modifiees, 'modifiée', 'modifiées'),
		counted(counts.inchangees, 'inchangée', 'inchangées')
	];
	return {
		lines: [
			`${counted(counts.lues, 'ligne lue', 'lignes lues')}.`,
			`${made.join(' ; ')}.`,
			`${counted(counts.doublons, 'doublon probable, laissé de côté', 'doublons probables, laissés de côté')}.`,
			...duplicates.map(
				({ ligne, nom, ressemble_a: likes }) =>
					`  ligne ${ligne}, ${nom} : ${likes.map((one) => `${one.nom} (${one.raison})`).join(', ')}`
			),
			`${counted(counts.hors, 'ligne hors du territoire', 'lignes hors du territoire')}.`,
			`${counted(counts.refusees, 'ligne refusée', 'lignes refusées')}.`,
			...refused.map(
				({ ligne, nom, raison }) => `  ligne ${ligne}${nom === '' ? '' : `, ${nom}`} : ${raison}`
			),
			...(cells.length > 0
				? [`${counted(cells.length, 'case laissée de côté', 'cases laissées de côté')} :`]
				: []),
			...cells.map(
				({ ligne, colonne, texte, raison }) => `  ligne ${ligne}, ${colonne}, « ${texte} ». ${raison}`
			),
			...(ignored.length > 0 ? [`Colonnes non reconnues, laissées de côté : ${ignored.join(', ')}.`] : []),
			...(essai ? ['Essai : rien n’est écrit.'] : [])
		],
		data: {
			essai,
			...counts,
			lignes_refusees: refused,
			lignes_hors_territoire: outside,
			doublons_probables: duplicates,
			cases_refusees: cells,
			colonnes_ignorees: ignored
		}
	};
}
