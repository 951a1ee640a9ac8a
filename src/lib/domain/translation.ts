/*
 * Texts that the desk writes in French and that people read in their language: those of the territory, of themes and of
 * situations. A translation remembers the French that it tells: once that has changed, it is older than its source.
 */

/** A text written in French at the desk, by what it is. */
export interface FrenchText {
	/** What names it, whatever it says: `theme/petite-enfance/question`. */
	cle: string;
	/** What it is, in French: « Question », « Étape 2, titre ». */
	nom: string;
	/** What it says today. */
	french: string;
	/** Whether it is read in sentences, rather than as a name. */
	isLong: boolean;
}

/** What was translated, and the French it was translated from. */
export interface Translation {
	source: string;
	texte: string;
}

/** How a translation stands before the French of today. */
export type Standing = 'a-jour' | 'ancienne' | 'manquante';

/** How many texts stand so. */
export type Counts = Record<Standing, number>;

/** A name as people read it; in French where it has no such words in their language. */
export interface Label {
	texte: string;
	fr: boolean;
}

/** A paragraph as people read it: in their language, or in French. */
export interface Paragraph {
	texte: string;
	fr: boolean;
	/** Whether it is the French of today, which stands below an older translation. */
	depuis: boolean;
}

/** Tells French texts in one language. */
export interface Translator {
	/** The name of this key. An older translation is left aside: a name has no room to say so. */
	label(cle: string, french: string): Label;
	/** The text of this key in paragraphs. An older translation is followed by the French of today. */
	text(cle: string, french: string): Paragraph[];
}

/** How this translation stands before the French of today. */
export function standingOf(translation: Translation | undefined, french: string): Standing {
	if (translation === undefined || translation.texte === '') return 'manquante';
	return translation.source === french ? 'a-jour' : 'ancienne';
}

/** The keys of what is translated. A step is known by its own key, which stays when steps change places. */
export const translationKeys = {
	territory: (field: string) => `territoire/${field}`,
	theme: (theme: string, field: string) => `theme/${theme}/${field}`,
	section: (theme: string, section: string) => `theme/${theme}/section/${section}`,
	moment: (id: number, field: string) => `moment/${id}/${field}`,
	step: (id: number, step: string, field: string) => `moment/${id}/etape/${step}/${field}`
} as const;

/** A French text in its paragraphs, as whoever reads French reads it. */
export function paragraphsOf(text: string, { fr = false, depuis = false } = {}): Paragraph[] {
	return text.split(/\n{2,}/).map((texte) => ({ texte, fr, depuis }));
}

/** Tells French texts with these translations, by key. `isFrench`: whether its readers read French all the same. */
export function translatorWith(
	translations: ReadonlyMap<string, Translation>,
	{ isFrench }: { isFrench: boolean }
): Translator {
	return {
		label(cle, french) {
			const found = translations.get(cle);
			return found && standingOf(found, french) === 'a-jour'
				? { texte: found.texte, fr: false }
				: { texte: french, fr: !isFrench };
		},
		text(cle, french) {
			const found = translations.get(cle);
			const standing = standingOf(found, french);
			if (!found || standing === 'manquante') return paragraphsOf(french, { fr: !isFrench });
			const told = paragraphsOf(found.texte);
			// Two versions of one language would only be confusing: the true one stays.
			if (standing === 'ancienne' && isFrench) return paragraphsOf(french);
			return standing === 'a-jour' ? told : [...told, ...paragraphsOf(french, { fr: true, depuis: true })];
		}
	};
}

/** Tells French texts as they are. */
export const frenchTranslator: Translator = translatorWith(new Map(), { isFrench: true });
