import { normalisePhone } from '../phone.ts';
import { normalHeader } from './header.ts';

/* What cells hold, as spreadsheets and people leave it. Each reader gives undefined for what it can't read. */

/** A number of telephone, and the others that were in the same cell, in words; undefined when none is whole. */
export function readPhone(cell: string): { phone: string; others: string[] } | undefined {
	const whole = onePhone(cell);
	if (whole !== undefined) return { phone: whole, others: [] };
	const parts = cell.split(/[/;,|\n]| ou | et | - |(?<=\d{2}) {2,}(?=[0+])/i).map((part) => part.trim());
	const phones = parts.map(onePhone);
	const phone = phones.find((one) => one !== undefined);
	if (phone === undefined) return undefined;
	return { phone, others: parts.filter((part, i) => part !== '' && phones[i] !== phone) };
}

function onePhone(cell: string): string | undefined {
	// Spreadsheets take numbers for quantities: the first zero goes, « .0 » comes.
	const text = cell
		.replace(/\.0$/, '')
		.replace(/\(0\)/g, '')
		.replace(/^[^\d+]*(?:t[ée]l\.?|t[ée]l[ée]phone|fixe|port\.?|mobile)\s*:?\s*/i, '')
		.replace(/[\s.\u00a0\u202f_-]+/g, ' ')
		.trim();
	const digits = text.replace(/[^\d+]/g, '');
	if (/[a-z]/i.test(text)) return undefined;
	if (/^[1-9]\d{8}$/.test(digits)) return normalisePhone(`0${digits}`);
	if (/^33[1-9]\d{8}$/.test(digits)) return normalisePhone(`+${digits}`);
	if (/^00\d+$/.test(digits)) return normalisePhone(`+${digits.slice(2)}`);
	return normalisePhone(text);
}

/** Whether a spreadsheet wrote a number so short that its digits are lost: « 4,50689E+08 ». */
export function isScientific(cell: string): boolean {
	return /^\d(?:[.,]\d+)?E\+?\d+$/i.test(cell.trim());
}

/** Ages in whole months, both included; null where nothing bounds them. */
export interface Ages {
	min: number | null;
	max: number | null;
}

const number = String.raw`(\d+(?:[.,]5)?|un|deux|trois|quatre|six)`;
const unit = String.raw`(ans?|mois|semaines?|jours?)`;
const words: Readonly<Record<string, number>> = { un: 1, deux: 2, trois: 3, quatre: 4, six: 6 };

/**
 * An age or ages: « 3 ans », « 18 mois », « 3-6 ans », « de 3 mois à 4 ans », « dès 18 mois », « jusqu’à 12 ans »,
 * « + de 60 ans ». `alone` says what an age alone is: where it begins, or where it ends.
 */
export function readAges(cell: string, alone: 'min' | 'max' = 'min'): Ages | undefined {
	const text = cell
		.toLowerCase()
		.replace(/[’']/g, "'")
		.replace(/\s+/g, ' ')
		.replace(/[–—]/g, '-')
		.replace(/\b(révolus?|inclus|environ)\b/g, '')
		.trim();
	if (/^tou[ts] (les )?(âges?|publics?)$/.test(text)) return { min: null, max: null };
	const range = new RegExp(
		`^(?:de |entre |des )?${number} ?${unit}?(?: ?- ?| à | a | et | / ?| jusqu'à )${number} ?${unit}$`
	).exec(text);
	if (range) {
		const [, from = '', fromUnit, to = '', toUnit = ''] = range;
		const min = monthsOf(from, fromUnit ?? toUnit);
		const max = lastMonthOf(to, toUnit);
		return min <= max ? { min, max } : undefined;
	}
	const upTo = new RegExp(
		`^(?:jusqu'à|jusqu'aux?|max(?:imum)?\\.?|-|moins de|0 ?(?:-|à)) ?(?:l'âge de )?${number} ?${unit}$`
	).exec(text);
	if (upTo) {
		const [, n = '', u = ''] = upTo;
		return { min: null, max: text.startsWith('moins de') ? monthsOf(n, u) - 1 : lastMonthOf(n, u) };
	}
	const from = new RegExp(
		`^(?:dès|des|à partir de|a partir de|plus de|\\+ ?(?:de )?|min(?:imum)?\\.? ?:?) ?(?:l'âge de )?${number} ?${unit}$|^${number} ?${unit} (?:et plus|et \\+|\\+|ou plus)$`
	).exec(text);
	if (from) return { min: monthsOf(from[1] ?? from[3] ?? '', from[2] ?? from[4] ?? ''), max: null };
	const one = new RegExp(`^${number} ?${unit}$`).exec(text);
	if (one) {
		const [, n = '', u = ''] = one;
		return alone === 'min' ? { min: monthsOf(n, u), max: null } : { min: null, max: lastMonthOf(n, u) };
	}
	return undefined;
}

function monthsOf(written: string, unitWord: string): number {
	const n = words[written] ?? Number(written.replace(',', '.'));
	if (unitWord.startsWith('jour')) return Math.floor(n / 30.4);
	if (unitWord.startsWith('semaine')) return Math.floor((n * 12) / 52);
	return Math.floor(unitWord === 'mois' ? n : n * 12);
}

/** The end of an age is its last month: « 6 ans » lasts until 6 years and 11 months. */
function lastMonthOf(written: string, unitWord: string): number {
	const months = monthsOf(written, unitWord);
	return unitWord.startsWith('an') ? months + 11 : months;
}

/** An age in months as a cell says it, and as it is read back: « 18 mois », « 3 ans ». */
export function ageCell(months: number, end: 'min' | 'max'): string {
	const years = end === 'min' ? months / 12 : (months - 11) / 12;
	if (!Number.isInteger(years) || years < 1) return `${months} mois`;
	return years === 1 ? '1 an' : `${years} ans`;
}

/** An address in its parts: « 1 place de la Source, 00100 Haut-Valclair ». Undefined when it holds no postcode and town. */
export function splitAddress(
	cell: string
): { adresse: string | null; code_postal: string; ville: string } | undefined {
	const found =
		/^(.*?)[\s,;–-]*\b(\d{5})\s+([\p{L}][\p{L}\s'’.()-]*?)(?:\s+cedex(?:\s+\d+)?)?[\s,;.]*$/isu.exec(
			cell.replace(/\s+/g, ' ').trim()
		);
	if (!found) return undefined;
	const [, street = '', code_postal = '', ville = ''] = found;
	return { adresse: street === '' ? null : street, code_postal, ville };
}

/** A postcode, with the zero that spreadsheets eat. Undefined for what isn't one: no digit is guessed. */
export function readPostcode(cell: string): string | undefined {
	const text = cell.replace(/[\s\u00a0\u202f]/g, '').replace(/\.0$/, '');
	if (/^[1-9]\d{3}$/.test(text)) return `0${text}`;
	return /^\d{5}$/.test(text) ? text : undefined;
}

/** A code of the Insee, with the zeros that spreadsheets eat. Undefined for what isn't one. */
export function readCode(cell: string): string | undefined {
	const text = cell.replace(/[\s\u00a0\u202f]/g, '').replace(/\.0$/, '');
	if (/^\d{2,5}$/.test(text)) return text.padStart(5, '0');
	return /^2[ab]\d{3}$/i.test(text) ? text.toUpperCase() : undefined;
}

/** A number, with a point or a comma. */
export function readNumber(cell: string): number | undefined {
	const text = cell.trim().replace(',', '.');
	return /^-?\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A day, AAAA-MM-JJ: written so, as JJ/MM/AAAA, or counted since 1900 by a spreadsheet. */
export function readDay(cell: string): string | undefined {
	const text = cell.trim();
	const iso = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(text)?.[1];
	const [, d = '', m = '', y = ''] = /^(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?: .*)?$/.exec(text) ?? [];
	const serial = /^[2-7]\d{4}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined;
	const day =
		iso ??
		(y !== '' ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : undefined) ??
		(serial === undefined ? undefined : new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10));
	return day !== undefined && isDay(day) ? day : undefined;
}

function isDay(text: string): boolean {
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Yes or no, as people and spreadsheets write it. */
export function readYesNo(cell: string): boolean | undefined {
	const word = normalHeader(cell);
	if (['oui', 'yes', 'vrai', 'true', '1', 'x', 'o'].includes(word)) return true;
	if (['non', 'no', 'faux', 'false', '0', 'n'].includes(word)) return false;
	return undefined;
}

/** The items of a cell, one by line or parted by the sign given. */
export function itemsOf(cell: string, separator: RegExp): string[] {
	return cell
		.split(separator)
		.map((item) => item.replace(/^\s*[-•–*]\s+/, '').trim())
		.filter(Boolean);
}
