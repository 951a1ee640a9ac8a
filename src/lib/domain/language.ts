import { baseLocale, getLocale, type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

/** A language that the pages are written in. */
export interface Language {
	/** The first word of its addresses; French has none. */
	code: Locale;
	/** The name it gives itself, and a few letters for where there is no room. */
	nom: string;
	sigle: string;
	/** BCP 47, as `lang` says it: the simplified version is French. */
	lang: string;
	dir: 'ltr' | 'rtl';
}

/** The languages in the order they are offered. */
export const languages: readonly Language[] = [
	{ code: 'fr', nom: 'Français', sigle: 'FR', lang: 'fr', dir: 'ltr' },
	{ code: 'facile', nom: 'Français facile', sigle: 'Facile', lang: 'fr', dir: 'ltr' },
	{ code: 'en', nom: 'English', sigle: 'EN', lang: 'en', dir: 'ltr' },
	{ code: 'pt', nom: 'Português', sigle: 'PT', lang: 'pt', dir: 'ltr' },
	{ code: 'tr', nom: 'Türkçe', sigle: 'TR', lang: 'tr', dir: 'ltr' },
	{ code: 'ar', nom: 'العربية', sigle: 'عر', lang: 'ar', dir: 'rtl' }
];

/** The languages that the desk translates into: all but the one its texts are written in. */
export const translatedLanguages = languages.filter(({ code }) => code !== baseLocale);

/** The language of this code; French for any other word. */
export function languageOf(code: string): Language {
	const [french] = languages;
	const found = languages.find((language) => language.code === code) ?? french;
	if (!found) throw new Error('No language');
	return found;
}

/** The language of the page at this address, by its first word; French at any other. */
export function languageAt(pathname: string): Language {
	return languageOf(/^\/([^/?#]*)/.exec(pathname)?.[1] ?? '');
}

/** The reader's language. */
export function readerLanguage(): Language {
	return languageOf(getLocale());
}

/** Whether the reader reads French, simplified or not: nothing is then told in two languages. */
export function readsFrench(): boolean {
	return readerLanguage().lang === 'fr';
}

let spoken: Locale | undefined;

/**
 * What `say` gives when it is said in French, whatever the reader's language: to stand beside what the reader reads.
 * `say` must give its words at once.
 */
export function inFrench<T>(say: () => T): T {
	const before = spoken;
	spoken = baseLocale;
	try {
		return say();
	} finally {
		spoken = before;
	}
}

/** From then on, words are said in the language that `reader` gives, save within `inFrench`. */
export function speakAs(reader: () => Locale): void {
	overwriteGetLocale(() => spoken ?? reader());
}

/** The address of the same page in another language. */
export function pathIn(code: Locale, pathname: string): string {
	const [, first = '', ...rest] = pathname.split('/');
	const words = languages.some((language) => language.code === first && first !== baseLocale)
		? rest
		: [first, ...rest];
	const path = [...(code === baseLocale ? [] : [code]), ...words].filter((word) => word !== '');
	return `/${path.join('/')}`;
}
