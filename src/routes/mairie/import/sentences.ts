import { counted } from '#lib/domain/census/counted.ts';
import type { Counts } from '#lib/server/census/census.ts';

/** What an import did, in a line. */
export function countsSentence({ creees, modifiees, publiees }: Counts): string {
	const made = [
		...(creees > 0
			? [`${counted(creees, 'fiche créée', 'fiches créées')}, ${publiees ? 'en ligne' : 'en brouillon'}`]
			: []),
		...(modifiees > 0 ? [counted(modifiees, 'fiche modifiée', 'fiches modifiées')] : [])
	];
	return made.join(', ') || 'aucune fiche créée ni modifiée';
}

/** What an import had done, and what undoing it made of that, in a line. Not what was edited since, which stays. */
export function undoneSentence({ creees, modifiees, gardees = [] }: Counts): string {
	const made = [
		...(creees > 0
			? [
					counted(
						creees,
						'fiche avait été créée : l’annulation l’a archivée',
						'fiches avaient été créées : l’annulation les a archivées'
					)
				]
			: []),
		...(modifiees > 0
			? [
					counted(
						modifiees,
						'fiche avait été modifiée : l’annulation l’a remise comme avant',
						'fiches avaient été modifiées : l’annulation les a remises comme avant'
					)
				]
			: [])
	];
	if (made.length === 0) return 'aucune fiche n’avait été créée ni modifiée';
	return `${made.join(', ')}${gardees.length > 0 ? ', sauf ce qui avait changé depuis' : ''}`;
}

/** What an import would do, in a line; empty when it would do nothing. */
export function plannedSentence({ creees, modifiees }: Counts): string {
	return [
		...(creees > 0 ? [counted(creees, 'fiche sera créée', 'fiches seront créées')] : []),
		...(modifiees > 0 ? [counted(modifiees, 'fiche sera modifiée', 'fiches seront modifiées')] : [])
	].join(', ');
}
