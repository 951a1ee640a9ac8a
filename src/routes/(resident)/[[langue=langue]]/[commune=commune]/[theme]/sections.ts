import type { Fiche } from '#lib/domain/fiche.ts';
import type { ThemeSection } from '#lib/server/themes.ts';

/** Questions and answers on the page of a theme, its own first: a page stays one that is read. */
export const mostAnswers = 6;

export interface Section extends ThemeSection {
	fiches: Fiche[];
	/** Entries whose contact is still missing, together with the one number to call meanwhile. */
	relays: { standIn: NonNullable<Fiche['enAttendant']>; fiches: Fiche[] }[];
}

/**
 * The entries by section, in the order given. Within a section, entries that share one stand-in number stand
 * together after the others, so that the number is said once.
 */
export function groupSections(
	sections: readonly ThemeSection[],
	placed: { section: string; fiche: Fiche }[]
): Section[] {
	return sections.flatMap(({ slug, nom, fr }) => {
		const own = placed.filter((entry) => entry.section === slug).map((entry) => entry.fiche);
		if (own.length === 0) return [];
		const relays = new Map<string, Section['relays'][number]>();
		const fiches = own.filter((fiche) => {
			if (fiche.appel !== null || fiche.enAttendant === null) return true;
			const relay = relays.get(fiche.enAttendant.chemin) ?? { standIn: fiche.enAttendant, fiches: [] };
			relay.fiches.push(fiche);
			relays.set(fiche.enAttendant.chemin, relay);
			return false;
		});
		const alone = [...relays.values()]
			.filter((relay) => relay.fiches.length === 1)
			.flatMap((relay) => relay.fiches);
		return [
			{
				slug,
				nom,
				fr,
				fiches: own.filter((fiche) => fiches.includes(fiche) || alone.includes(fiche)),
				relays: [...relays.values()].filter((relay) => relay.fiches.length > 1)
			}
		];
	});
}
