/** A text at the beginning of a sentence: « la Communauté de communes » is « La Communauté de communes ». */
export function capitalised(text: string): string {
	return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
}

/** From how many letters on, a word of a title may be wider than a small telephone at the usual size. */
const longWord = 12;
const longestWord = 17;

/**
 * How small a title must be written for none of its words to be cut at 320 px: '' for the usual size, 'long' or
 * 'longest'. Words are what spaces and hyphens part.
 */
export function titleSize(title: string): '' | 'long' | 'longest' {
	const letters = Math.max(...title.split(/[\s-]+/).map((word) => word.length));
	if (letters >= longestWord) return 'longest';
	return letters >= longWord ? 'long' : '';
}

/** A whole number as French people read it: « 2 000 ». */
function numberWords(n: number): string {
	return n.toLocaleString('fr-FR');
}

/** What is said of a text longer than its field holds. */
export function tooLong(length: number, max: number): string {
	return `Ce texte est trop long : ${numberWords(max)} caractères au plus, le vôtre en a ${numberWords(length)}.`;
}
