import { m } from '#lib/paraglide/messages.js';

/** A link that opens the reader's own map at an address (https://www.openstreetmap.org), or undefined without a street. */
export function directionsLink(place: {
	adresse: string | null;
	code_postal?: string | null;
	ville: string | null;
}): string | undefined {
	if (place.adresse === null) return undefined;
	const words = [place.adresse, place.code_postal, place.ville].filter(Boolean).join(' ');
	return `https://www.openstreetmap.org/search?query=${encodeURIComponent(words)}`;
}

/** A place as sentences say it: `lieu` in French (« à Haut-Valclair »; '' for the whole territory), `nom` in any language. */
export interface NamedPlace {
	lieu: string;
	nom: string;
}

/** Words about a place: « Petite enfance à Haut-Valclair », “Babies and toddlers – Haut-Valclair”. */
export function titleAt(titre: string, { lieu, nom }: NamedPlace): string {
	return m.titre_ici({ titre, lieu, commune: nom }).trim();
}

/** A place as messages take it. */
export function placeWords({ lieu, nom }: NamedPlace): { lieu: string; commune: string } {
	return { lieu, commune: nom };
}
