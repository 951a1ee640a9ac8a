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
	'annuaire',
	'liste',
	'livret',
	'moments',
	'numeros-utiles',
	'plan-du-site',
	'question',
	'recherche',
	'services'
] as const;

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
