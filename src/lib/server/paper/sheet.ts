import { targetOf } from '#lib/domain/codes.ts';
import { languageOf } from '#lib/domain/language.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { callTo } from '#lib/domain/phone.ts';
import { placeWords, titleAt } from '#lib/domain/place.ts';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale } from '#lib/paraglide/runtime.js';
import type { PrintedCode } from '../codes/codes.ts';
import { printedSymbol } from '../codes/symbol.ts';
import { findContact } from '../contacts.ts';
import type { Db } from '../database/schema.ts';
import { findPlace, type FoundPlace } from '../places.ts';
import { speaking } from '../speaking.ts';
import { getTerritory } from '../territory.ts';
import { findTheme } from '../themes.ts';
import type { Facts } from '../typst/typst.ts';

/** The sheets that bear a code: posters, a flyer, the insert of a bill (a third of an A4), 24 labels of 70 × 37 mm. */
export const sheetFormats = ['a4', 'a3', 'a6', 'facture', 'etiquettes'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** Whether this names a sheet. */
export function isSheetFormat(word: string): word is SheetFormat {
	return (sheetFormats as readonly string[]).includes(word);
}

/**
 * What a sheet of this code says: the question that its page answers, the code, the address to type, and a person to
 * call; in French, and in the language of the page where that is another. Where the site isn't at an https address
 * yet, that it must not be given away.
 */
export async function sheetOf(
	db: Db,
	{ code, target }: PrintedCode,
	format: SheetFormat,
	origin: string
): Promise<{ [name: string]: Facts }> {
	const { kind, commune, object, langue } = targetOf(target);
	const found = (await findPlace(db, commune)) ?? (await findPlace(db, baseScope));
	if (!found) throw new Error('No territory');
	const theme = kind === 'theme' ? object : undefined;
	const french = await speaking(baseLocale, () => wordsOf(db, found, theme));
	const { code: locale, lang, dir } = languageOf(langue);
	const told = lang === 'fr' ? undefined : await speaking(locale, () => wordsOf(db, found, theme));
	const contact = await findContact(db, french.contact, found.commune);
	return {
		format,
		title: `${french.question} ${french.where}`,
		lang: 'fr',
		theme: french.theme,
		where: french.where,
		question: french.question,
		other: told && !told.isFrench ? { lang, rtl: dir === 'rtl', words: told.question } : null,
		symbol: { ...printedSymbol(origin, code) },
		typed: `${new URL(origin).host}/q/${code.toLowerCase()}`,
		call: contact?.telephone
			? { invitation: `Ou appelez : ${contact.nom}`, number: callTo(contact.telephone).texte }
			: null,
		site: (await getTerritory(db)).nom,
		proof: !origin.startsWith('https:')
	};
}

/** What a page asks and where, in the language spoken to; of a theme that is gone, what the home of its commune says. */
async function wordsOf(db: Db, { place, commune }: FoundPlace, slug: string | undefined) {
	const theme = slug === undefined ? undefined : await findTheme(db, slug, commune?.slug);
	if (theme)
		return {
			theme: theme.slug,
			contact: theme.contact_id,
			where: titleAt(theme.nom, place),
			question: theme.question,
			isFrench: theme.enFrancais.includes('question')
		};
	return {
		theme: null,
		contact: null,
		where: commune ? m.bienvenue(placeWords(place)) : m.bienvenue_territoire({ nom: place.nom }),
		question: m.titre_accueil(),
		isFrench: false
	};
}
