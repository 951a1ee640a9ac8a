import { normalHeader } from './header.ts';

/** What a commune of the territory is known by. */
export interface Place {
	slug: string;
	nom: string;
	code_insee: string;
	code_postal: string;
}

/** Where an entry belongs: a commune; outside of the territory; or what leaves it unsure. */
export type Found = { slug: string } | { outside: string } | { doubt: string };

/** The commune that a cell names, by its name, slug, code of the Insee or postcode; undefined when it says nothing of a place. */
export function placeOf(cell: string, places: readonly Place[]): Found | undefined {
	const text = cell.trim();
	if (text === '') return undefined;
	const word = townWord(text);
	const named = places.find(
		({ slug, nom, code_insee }) => slug === text || code_insee === text || townWord(nom) === word
	);
	if (named) return { slug: named.slug };
	const postcode = /^\d{4,5}$/.test(text) ? text.padStart(5, '0') : /\b\d{5}\b/.exec(text)?.[0];
	if (postcode === undefined) return { outside: text };
	const there = places.filter(({ code_postal }) => code_postal === postcode);
	const town = townWord(text.replace(postcode, ''));
	const precise = there.find(({ nom }) => townWord(nom) === town);
	if (precise) return { slug: precise.slug };
	const [only] = there;
	if (only === undefined || town !== '') return { outside: text };
	if (there.length === 1) return { slug: only.slug };
	return {
		doubt: `Le code postal ${postcode} est celui de plusieurs communes : ${there.map(({ nom }) => nom).join(', ')}. Dites laquelle dans une colonne « Commune ».`
	};
}

/** The name of a town without its article or its case: « Le Pont-Valclair », « LE PONT VALCLAIR », « pont-valclair ». */
function townWord(nom: string): string {
	return normalHeader(nom)
		.replace(/\bste\b/g, 'sainte')
		.replace(/\bst\b/g, 'saint')
		.replace(/ cedex.*$/, '')
		.replace(/^(mairie|commune|ville) (de|du|d) /, '')
		.replace(/^(l|la|le|les) /, '');
}

/** Words that a town's name has in small letters, but for the first. */
const smallWords = new Set([
	'a',
	'à',
	'au',
	'aux',
	'd',
	'de',
	'des',
	'du',
	'en',
	'et',
	'l',
	'la',
	'le',
	'les',
	'lès',
	'sous',
	'sur'
]);

/**
 * A town as its name is written: as the territory's commune of that name; else in small letters where a file has it all in
 * capitals, « L’ISLE-SUR-LA-SORGUE » being « L’Isle-sur-la-Sorgue ». Accents that capitals lost stay lost, and so do hyphens.
 */
export function townName(ville: string, places: readonly Pick<Place, 'nom'>[]): string {
	const word = townWord(ville);
	const known = places.find(({ nom }) => townWord(nom) === word);
	if (known) return known.nom;
	if (!/\p{Lu}{2}/u.test(ville) || /\p{Ll}/u.test(ville)) return ville;
	return ville
		.toLocaleLowerCase('fr')
		.replace(/\p{L}+/gu, (one, at: number) =>
			at > 0 && smallWords.has(one) ? one : one.charAt(0).toLocaleUpperCase('fr') + one.slice(1)
		);
}
