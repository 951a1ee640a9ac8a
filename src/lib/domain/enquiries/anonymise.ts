import { findPhoneNumbersInText } from 'libphonenumber-js/min';

const name = String.raw`\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,3}`;
const announced = new RegExp(
	String.raw`(?<=(?:[Jj]e m['’]appelle|[Mm]on nom est|[Mm]onsieur|[Mm]adame|\bMme|\bMlle|\bM\.) )${name}`,
	'gu'
);
const signed = new RegExp(
	String.raw`(?<=(?:[Mm]erci|[Cc]ordialement|[Bb]onne journée|[Bb]ien à vous)[\s\p{P}]{1,20})${name}\s*$`,
	'u'
);

/**
 * A text without what tells who wrote it, as far as signs can tell: mail addresses, telephones, the name that follows
 * « je m’appelle », « madame », or a closing word. Other names stay: whoever publishes reads it over.
 */
export function anonymise(text: string): string {
	let rest = text;
	for (const { startsAt, endsAt } of findPhoneNumbersInText(text, 'FR').reverse())
		rest = `${rest.slice(0, startsAt)}[téléphone]${rest.slice(endsAt)}`;
	return rest
		.replace(/[^\s<>()]+@[^\s<>()]+\.\p{L}{2,}/gu, '[courriel]')
		.replace(announced, '[nom]')
		.replace(signed, '[nom]')
		.trim();
}
