import { editDistance } from '../search/words.ts';
import { normalHeader } from './header.ts';

const small = new Set([
	'a',
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
	'un',
	'une',
	'pour'
]);

/** A name as it is compared with another: its words without accents, case, articles, in the order of the alphabet. */
export function nameKey(nom: string): string {
	const words = normalHeader(nom)
		.split(' ')
		.filter((word) => word !== '' && !small.has(word));
	return [...new Set(words)].toSorted().join(' ');
}

/** Letters for one mistake that two spellings of the same name may differ by. */
const lettersAMistake = 8;

/** Whether two keys of `nameKey` are likely the same name: a mistake for eight letters, or all the words of one in the other. */
export function areNear(a: string, b: string): boolean {
	if (a === '' || b === '') return false;
	if (a === b) return true;
	const most = Math.floor(Math.min(a.length, b.length) / lettersAMistake);
	if (most > 0 && digitsOf(a) === digitsOf(b) && editDistance(a, b, most) <= most) return true;
	const [short, long] = [a.split(' '), b.split(' ')].toSorted((x, y) => x.length - y.length);
	return (short?.length ?? 0) >= 3 && (short ?? []).every((word) => long?.includes(word));
}

/** « École 1 » and « École 2 » are one letter away, and two schools. */
function digitsOf(key: string): string {
	return key.replace(/\D/g, '');
}
