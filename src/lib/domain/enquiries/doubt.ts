/*
 * Whether what a form brings was written by a person. Nothing is ever dropped: what is doubtful waits apart, where
 * someone sorts it. No sign alone condemns a text that a person could have written, save those that no person makes.
 */

/** What came with a form, beside its words. */
export interface Sending {
	/** Every text that the form brought, joined. */
	text: string;
	/** What stands in the field that nobody sees. */
	trap: string;
	/** Seconds between the page and its form; undefined when the form doesn't say, or says nonsense. */
	seconds: number | undefined;
	/** Whether the same text came in the last days. */
	isRepeated: boolean;
	/** How many forms came from the same place in the hour before. A whole mairie has one address. */
	fromSamePlace: number;
}

/** Faster than anyone reads a page and writes a sentence. */
const fastest = 3;
/** More in an hour than the busiest counter sends. */
const crowd = 30;

const wares =
	/\b(?:backlinks?|seo|crypto\w*|bitcoins?|forex|casinos?|viagra|cialis|porno?\w*|xxx|escorts?|loans?|payday|investors?|guest post|web traffic|rank(?:ing)? (?:on|in) google|click here|unsubscribe|telegram|whatsapp me|onlyfans)\b/i;
const link = /(?:https?:\/\/|www\.)\S+|\[url|<a\s/gi;

/** Why a form may not be a person's, in French, for whoever sorts; null when nothing says so. */
export function doubtOf(sending: Sending): string | null {
	const { text, trap, seconds, isRepeated, fromSamePlace } = sending;
	const links = text.match(link)?.length ?? 0;
	const certain = [
		trap !== '' && 'un champ invisible est rempli',
		seconds !== undefined && seconds < fastest && 'écrit en moins de trois secondes',
		isRepeated && 'le même texte est déjà arrivé',
		links > 1 && 'plusieurs liens',
		wares.test(text) && 'des mots de publicité'
	].filter((reason) => reason !== false);
	const weak = [
		links === 1 && 'un lien',
		seconds === undefined && 'envoyé sans ouvrir la page',
		isGibberish(text) && 'des mots qui n’en sont pas',
		isShouted(text) && 'tout en capitales',
		fromSamePlace >= crowd && 'beaucoup d’envois du même endroit'
	].filter((reason) => reason !== false);
	return certain.length > 0 || weak.length > 1 ? [...certain, ...weak].join(', ') : null;
}

/** Letters thrown on the keyboard: among words of Latin letters, most are too long or hold hardly a vowel. */
function isGibberish(text: string): boolean {
	const words = text.match(/\p{Script=Latin}{4,}/gu) ?? [];
	if (words.length === 0) return !/\p{L}{2,}/u.test(text);
	const odd = words.filter((word) => {
		const vowels = word.normalize('NFD').match(/[aeiouyœæ]/gi)?.length ?? 0;
		return (
			word.length > 24 ||
			vowels / word.length < 0.2 ||
			/[^aeiouyœæ\P{L}]{6,}/iu.test(word.normalize('NFD').replace(/\p{M}/gu, ''))
		);
	});
	return odd.length * 2 > words.length;
}

/** Many words, hardly one in small letters. A person who writes so gets an answer: it only adds to another sign. */
function isShouted(text: string): boolean {
	const letters = text.match(/\p{Ll}|\p{Lu}/gu) ?? [];
	return (
		letters.length > 40 && letters.filter((letter) => /\p{Lu}/u.test(letter)).length / letters.length > 0.8
	);
}
