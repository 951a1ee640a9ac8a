const DASHES = /[‐‑‒–—―−]/;
const APOSTROPHES = /[’‘ʼ´`]/;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * `text` in plain lower case letters: no accent, one kind of dash, of apostrophe and of space. Sign for sign, so that
 * a place in the one is the same place in the other; give it composed text (`NFC`).
 */
export function fold(text: string): string {
	return text.split('').map(foldSign).join('');
}

function foldSign(sign: string): string {
	if (sign === '\n' || sign === '\r' || sign === '\u2028') return '\n';
	if (DASHES.test(sign)) return '-';
	if (APOSTROPHES.test(sign)) return "'";
	if (INVISIBLE.test(sign) || /\s/.test(sign)) return ' ';
	// The small raised letters of « 1ᵉʳ » are letters; those of « ½ » are not.
	const form = /\p{Lm}/u.test(sign) ? sign.normalize('NFKD') : sign.normalize('NFD');
	const lower = form.charAt(0).toLowerCase();
	return lower.length === 1 ? lower : sign;
}

/** A piece of the text as it was written, on one line, to be shown or kept. */
export function tidy(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/^[\s,;:.–-]+|[\s,;:–-]+$/g, '')
		.replaceAll('"', '’');
}

/** A French sentence with the spaces that French wants: a narrow one, that never breaks, before « : » and inside quotes. */
export function typeset(sentence: string): string {
	return sentence.replace(/ (?=[;:!?»])|(?<=«) /g, '\u202f');
}
