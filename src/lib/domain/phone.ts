import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const thin = '\u202f';

/**
 * A telephone number as it is kept: « 04 50 63 75 85 », « 0 800 235 236 », « 3939 », « 116 006 ».
 * Undefined when it is neither a French number, nor a short one (2, 3, 4 or 6 digits), nor an international one.
 */
export function normalisePhone(typed: string): string | undefined {
	if (/^0[1-79]( \d\d){4}$/.test(typed)) return typed;
	const digits = typed.replace(/[\s.\-\u00a0\u202f()]/g, '');
	if (/^(1\d|11\d|3\d{3})$/.test(digits)) return digits;
	if (/^116\d{3}$/.test(digits)) return `116 ${digits.slice(3)}`;
	if (/^08\d{8}$/.test(digits)) return digits.replace(/^0(\d{3})(\d{3})(\d{3})$/, '0 $1 $2 $3');
	const number = parsePhoneNumberFromString(typed, 'FR');
	if (!number?.isValid()) return undefined;
	return number.country === 'FR' ? number.formatNational() : number.formatInternational();
}

/**
 * The number as read on a page or on paper, however it was stored: in pairs, whose narrow no-break spaces keep them
 * together, and in order in right-to-left text. What isn't a number stays as it is.
 */
export function formatPhone(phone: string): string {
	return (normalisePhone(phone) ?? phone).replace(/\s/g, thin);
}

/** What a call button holds: `tel:+33450637585`, or `tel:119` for a short number (RFC 3966). */
export function phoneLink(phone: string): string {
	const digits = (normalisePhone(phone) ?? phone).replace(/[^\d+]/g, '');
	if (digits.length <= 6) return `tel:${digits}`;
	return `tel:${digits.startsWith('+') ? digits : `+33${digits.slice(1)}`}`;
}

/** A number to press: the link, and the number as read. */
export interface Call {
	lien: string;
	texte: string;
	/** Whether it is reached by text message. */
	sms: boolean;
}

/** The button that calls this telephone number. */
export function callTo(telephone: string): Call {
	return { lien: phoneLink(telephone), texte: formatPhone(telephone), sms: false };
}

/** The number to press for an entry: its telephone, else the one it answers by text message. */
export function callOf(contact: { telephone: string | null; sms: string | null }): Call | null {
	if (contact.telephone !== null) return callTo(contact.telephone);
	if (contact.sms !== null)
		return {
			lien: phoneLink(contact.sms).replace('tel:', 'sms:'),
			texte: formatPhone(contact.sms),
			sms: true
		};
	return null;
}

/** Short numbers that are called, and not years, days, ages or prices: « 3919 », « 39 19 », « 116 117 », « le 15 ». */
const shortNumbers = [
	/(?<![\d.,])(?:3\d{3}|3\d[\s\u00a0\u202f]\d\d|116[\s\u00a0\u202f]?\d{3})(?![.,]?\d|[\s\u00a0\u202f]?(?:€|euro|%))/giu,
	/(?<=\b(?:le|faites|composez)[\s\u00a0\u202f])(?:1[578]|11[245689])(?![\s\u00a0\u202f]?\d|[\s\u00a0\u202f](?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|du mois))/giu
];

/** The telephone numbers that a text holds, as they are written there. */
export function numbersIn(text: string): string[] {
	const whole = findPhoneNumbersInText(text, 'FR').map(({ startsAt, endsAt }) =>
		text.slice(startsAt, endsAt)
	);
	const rest = whole.reduce((left, number) => left.replace(number, ' '), text);
	return [...whole, ...shortNumbers.flatMap((short) => rest.match(short) ?? [])];
}
