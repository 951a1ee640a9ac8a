import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';

/** The slug under which the common base is read. */
export const baseScope = 'territoire';

/**
 * The address of a resident page in the reader's language, root-relative: `pathTo('haut-valclair', 'petite-enfance')`
 * is `/haut-valclair/petite-enfance`, `/en/haut-valclair/petite-enfance` in English. Without words, the home page.
 */
export function pathTo(...words: string[]): string {
	const locale: string = getLocale();
	const prefix = locale === baseLocale ? [] : [locale];
	return `/${[...prefix, ...words].join('/')}`;
}

/** Where an entry is read from `scope`: a commune's own entry has only its commune's address. */
export function pathToService(service: { slug: string; commune: string | null }, scope: string): string {
	return pathTo(service.commune ?? scope, 'services', service.slug);
}

/** What names the picture of a home page, where a theme's slug names that of the theme. */
export const homeImage = 'accueil';

/** Where the picture is that goes with the pages of a theme in `scope`, or with its others, when their address is shared. */
export function pathToImage(scope: string, theme?: string): string {
	return pathTo(scope, `${theme ?? homeImage}.png`);
}
