import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import kept from '../../../seeds/comprendre.json' with { type: 'json' };

/** A word heard in France and what it means, for whoever comes from elsewhere, in the reader's language. */
export interface Note {
	slug: string;
	/** The word as it is said at the counter, in French. */
	mot: string;
	/** The word in the reader's language. */
	nom: string;
	texte: string;
	/** Where the facts can be read again. */
	source: string;
}

type Told = { fr: string } & Partial<Record<Locale, string>>;

interface KeptNote {
	slug: string;
	mot: Told;
	texte: Told;
	/** The themes whose pages lead to it. */
	themes: readonly string[];
	source: string;
}

const notes: readonly KeptNote[] = kept;

/** The notes on how things work in France: all of them, or those of a theme. */
export function notesOf(theme?: string): Note[] {
	const locale = getLocale();
	return notes
		.filter(({ themes }) => theme === undefined || themes.includes(theme))
		.map(({ slug, mot, texte, source }) => ({
			slug,
			source,
			mot: mot.fr,
			nom: mot[locale] ?? mot.fr,
			texte: texte[locale] ?? texte.fr
		}));
}
