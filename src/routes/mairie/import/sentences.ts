import type { Counts } from '#lib/server/census/census.ts';

/** A number with its word, in the singular or the plural. */
export function counted(n: number, one: string, many: string): string {
	return `${n} ${n > 1 ? many : one}`;
}

/** What an import did, in a line. */
export function countsSentence(counts: Counts): string {
	const { creees, modifiees, publiees } = counts;
	return [
		counted(creees, 'fiche créée', 'fiches créées') +
			(creees === 0 ? '' : publiees ? ', en ligne' : ', en brouillon'),
		counted(modifiees, 'fiche modifiée', 'fiches modifiées')
	].join(', ');
}
