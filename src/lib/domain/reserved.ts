import { wordsOf } from './search/words.ts';

/** First words of addresses that belong to the site: no commune may bear one as its slug. */
export const reservedWords = [
	'accessibilite',
	'agent',
	'connexion',
	'donnees',
	'donnees-personnelles',
	'editions',
	'healthz',
	'mairie',
	'mentions-legales',
	'pilotage',
	'plan-du-site',
	'q',
	'readyz',
	'robots',
	'sitemap',
	'territoire',
	'verifier',
	'facile',
	'ar',
	'de',
	'en',
	'es',
	'fr',
	'it',
	'pt',
	'tr',
	'uk'
] as const;

/** Words that follow a commune in an address: no theme may bear one as its slug. `agenda` is a theme, whose page it is. */
export const reservedInCommune = [
	'accueil',
	'annuaire',
	'avis',
	'comprendre',
	'liste',
	'livret',
	'moments',
	'numeros-utiles',
	'partager',
	'plan-du-site',
	'question',
	'recherche',
	'services'
] as const;

/** Words that follow `/mairie/fiches` in an address: no entry may bear one as its slug. */
export const reservedInFiches = ['nouvelle'] as const;

/** Whether `slug` may name a commune: lower-case ASCII letters, digits and hyphens, and not a word of the site's addresses. */
export function isCommuneSlug(slug: string): boolean {
	return isSlug(slug) && !(reservedWords as readonly string[]).includes(slug);
}

/** Whether `slug` may name a theme. */
export function isThemeSlug(slug: string): boolean {
	return isSlug(slug) && !(reservedInCommune as readonly string[]).includes(slug);
}

/** Lower-case ASCII letters and digits, in words joined by single hyphens, 60 characters at most. */
export function isSlug(slug: string): boolean {
	return slug.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
}

/** Whether `slug` may name an entry: not a word that stands at the same place in an address, nor one of the site's. */
export function isEntrySlug(slug: string): boolean {
	const reserved: readonly string[] = [...reservedWords, ...reservedInCommune, ...reservedInFiches];
	return isSlug(slug) && !reserved.includes(slug);
}

/** The slug that a name makes, whole words only: « Crèche « Les Lutins » » is `creche-les-lutins`. `fiche` when no letter is left. */
export function slugOf(name: string): string {
	const words = wordsOf(name).filter((word) => /^[a-z0-9]+$/.test(word));
	let slug = words.shift()?.slice(0, 60) ?? 'fiche';
	for (const word of words) {
		if (slug.length + 1 + word.length > 60) break;
		slug += `-${word}`;
	}
	return slug;
}
