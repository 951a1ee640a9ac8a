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

/** What an import would do, in a line; it does something. */
export function plannedSentence({ creees, modifiees }: Counts): string {
	return [
		...(creees > 0 ? [counted(creees, 'fiche sera créée', 'fiches seront créées')] : []),
		...(modifiees > 0 ? [counted(modifiees, 'fiche sera modifiée', 'fiches seront modifiées')] : [])
	].join(', ');
}
