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
