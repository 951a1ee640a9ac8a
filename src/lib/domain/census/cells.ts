import * as v from 'valibot';
import { tidiedValue } from '../editing/typing.ts';
import { readFrenchHours } from '../hours/french/french.ts';
import { isMergeable, longestName, serviceFields } from '../service.ts';
import { tidyTyped } from '../typography.ts';
import type { VocabularyName } from '../vocabulary.ts';
import { readWebAddress } from '../web-address.ts';
import type { Target } from './columns.ts';
import { everyCommune, findField, type Placement, professionalKey, type Territory } from './entry.ts';
import { normalHeader } from './header.ts';
import { placeOf, townName } from './places.ts';
import { codesOfTerms } from './terms.ts';
import {
	isScientific,
	itemsOf,
	readAges,
	readCode,
	readDay,
	readNumber,
	readPhone,
	readPostcode,
	readYesNo,
	splitAddress
} from './values.ts';

/** What was read, by what it says: checked, as an entry keeps it. */
export type Values = Partial<Record<Target, unknown>>;

/** What a cell says, what was taken for granted, and why the cell, or a part of it, is left out. */
export interface CellReading {
	values: Values;
	notes: string[];
	refused?: string;
}

const listSigns = /[;|\n]/;

/** Hours, as they are kept, of a service that only receives by appointment: they bind no day. */
const byAppointment = '"sur rendez-vous"';

/** Longest words for professionals. */
const longest = 2000;

/** Reads a cell that isn't empty, of a column that says `target`. */
export function readCell(target: Target, cell: string, territory: Territory): CellReading {
	const reading = readPlain(target, cell, territory);
	const values = tidied(reading.values);
	if (typeof values.ville === 'string') values.ville = townName(values.ville, territory.places);
	return { ...reading, values };
}

function readPlain(target: Target, cell: string, territory: Territory): CellReading {
	const text = cell.replace(/\r\n?/g, '\n').trim();
	if (/^#(N\/A|REF!|VALEUR!|VALUE!|DIV\/0!|NOM\?|NAME\?|NUL!)$/i.test(text))
		return refused('Le tableur a écrit une erreur dans cette case.');
	const reader = readers[target];
	if (reader) return reader(text, territory);
	if (professionalKey(target) !== undefined)
		return text.length > longest
			? refused(tooLong(longest))
			: read({ [target]: tidyTyped(text, '', longest) });
	const field = findField(target);
	if (field?.kind === 'age') return readAge(target, text);
	if (field?.kind === 'horaires') return readHours(text);
	if (field?.kind === 'terme' && field.vocabulary) return readTerm(target, field.vocabulary, text);
	if (field?.kind === 'termes' && field.vocabulary) return readTerms(target, field.vocabulary, text);
	if (field?.kind === 'lignes') return checked(target, itemsOf(text, text.includes('\n') ? /\n/ : /[;|]/));
	return field?.type === 'tel' ? readTelephone(target, text) : checked(target, text);
}

/** The words that a cell says, with the typography of French unless they would be too long so. */
function tidied(values: Values): Values {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const field = findField(name as Target);
			if (!field || !isMergeable(name)) return [name, value];
			const result = v.safeParse(serviceFields[name], tidiedValue(field, value, ''));
			return [name, result.success ? result.output : value];
		})
	);
}

const read = (values: Values, notes: string[] = []): CellReading => ({ values, notes });
const refused = (reason: string): CellReading => ({ values: {}, notes: [], refused: reason });
const tooLong = (max: number) => `Ce texte est trop long : ${max} caractères au plus.`;

/** A value held to the rule of its field. */
function checked(target: Target, value: unknown, notes: string[] = []): CellReading {
	if (!isMergeable(target)) return read({ [target]: value }, notes);
	const result = v.safeParse(serviceFields[target], value);
	return result.success ? read({ [target]: result.output }, notes) : refused(result.issues[0].message);
}

type Reader = (text: string, territory: Territory) => CellReading;

const readers: Partial<Record<Target, Reader>> = {
	slug: (text) => read({ slug: text }),
	nom: readName,
	nature: (text) => readTerm('nature', 'natures', text),
	structure: (text) =>
		text.length > 160 ? refused(tooLong(160)) : read({ structure: tidyTyped(text, '', 160) }),
	communes: readServed,
	themes: readThemes,
	adresse: readAddress,
	code_postal: (text) => {
		const code = readPostcode(text);
		return code === undefined ? refused('Un code postal a cinq chiffres.') : checked('code_postal', code);
	},
	code_insee: (text) => {
		const code = readCode(text);
		return code === undefined ? refused('Un code Insee a cinq signes.') : checked('code_insee', code);
	},
	site_web: (text) => readLink('site_web', text),
	lien_mobilisation: (text) => readLink('lien_mobilisation', text),
	source_lien: (text) => readLink('source_lien', text),
	courriel: readMail,
	latitude: (text) => readDegrees('latitude', text),
	longitude: (text) => readDegrees('longitude', text),
	langues: (text) => checked('langues', itemsOf(text.toLowerCase(), /[;,|\n]/)),
	mots: (text) => read({ mots: itemsOf(text, listSigns).map((mot) => mot.slice(0, 80)) }),
	urgence: (text) => {
		const isUrgent = readYesNo(text);
		return isUrgent === undefined ? refused('Écrivez oui ou non.') : read({ urgence: isUrgent });
	},
	source: (text) => (text.length > 300 ? refused(tooLong(300)) : read({ source: text })),
	releve_le: (text) => {
		const day = readDay(text);
		return day === undefined ? refused('Une date s’écrit JJ/MM/AAAA.') : read({ releve_le: day });
	}
};

/** A name too long for a page is cut between two words: without a name there is no entry. */
function readName(text: string): CellReading {
	const nom = text.replace(/\s+/g, ' ');
	if (nom.length <= longestName) return read({ nom });
	const cut = nom.slice(0, longestName).replace(/\s+\S*$/, '');
	return read({ nom: cut }, [`Nom raccourci : « ${nom} ».`]);
}

function readTelephone(target: Target, text: string): CellReading {
	if (isScientific(text))
		return refused(
			'Le tableur a perdu les chiffres de ce numéro : mettez la colonne au format Texte et écrivez-le de nouveau.'
		);
	const found = readPhone(text);
	if (!found) return checked(target, text);
	const { phone, others } = found;
	return checked(
		target,
		phone,
		others.length > 0 ? [`Autre numéro laissé de côté : ${others.join(', ')}.`] : []
	);
}

function readMail(text: string): CellReading {
	const [first = '', ...others] = text
		.replace(/^mailto:/i, '')
		.split(/[\s;,/]+/)
		.filter((part) => part.includes('@'));
	const notes = others.length > 0 ? [`Autre courriel laissé de côté : ${others.join(', ')}.`] : [];
	return checked('courriel', first === '' ? text : first, notes);
}

function readLink(target: Target, text: string): CellReading {
	const address = readWebAddress(text);
	return address === undefined
		? refused('Cette adresse internet n’est pas complète : écrivez par exemple https://www.exemple.fr.')
		: checked(target, address);
}

function readDegrees(target: Target, text: string): CellReading {
	const degrees = readNumber(text);
	return degrees === undefined
		? refused('Ce nombre ne se lit pas : écrivez-le en degrés, par exemple 45,92.')
		: checked(target, degrees);
}

/** An address holds its postcode and town, or its own column does. */
function readAddress(text: string): CellReading {
	const line = text.replace(/\n+/g, ', ');
	const parts = splitAddress(line);
	if (!parts) return checked('adresse', line);
	const { adresse, code_postal, ville } = parts;
	if (adresse === null) return read({ code_postal, ville });
	const { values, ...rest } = checked('adresse', adresse);
	return { values: { ...values, code_postal, ville }, ...rest };
}

function readAge(target: Target, text: string): CellReading {
	if (/^\d{4}-\d\d-\d\d/.test(text) || /^[3-6]\d{4}$/.test(text))
		return refused('Le tableur a pris cet âge pour une date : écrivez « 3 à 6 ans », au format Texte.');
	const ages = readAges(text, target === 'age_max_mois' ? 'max' : 'min');
	if (!ages) return refused('Cet âge ne se lit pas : écrivez par exemple 18 mois, 3 ans, ou 3-6 ans.');
	const values: Values = {};
	if (ages.min !== null) values.age_min_mois = ages.min;
	if (ages.max !== null) values.age_max_mois = ages.max;
	return read(values);
}

function readHours(text: string): CellReading {
	const found = readFrenchHours(text);
	if ('problems' in found) {
		const told = found.problems
			.slice(0, 1)
			.map(({ fragment }) => (fragment === '' ? '' : ` (« ${fragment} »)`));
		return refused(
			`Ces horaires ne se lisent pas${told.join('')} : écrivez par exemple « lundi 9h-12h, mardi 14h-17h ».`
		);
	}
	const { osm, precisions, assumptions } = found;
	// « Sur RDV » alone would read as open seven days a week.
	if (osm === byAppointment)
		return read({
			rendez_vous: 'avec',
			...(precisions.length > 0 && { horaires_precisions: precisions.join('\n').slice(0, 500) })
		});
	const notes = assumptions.map((one) => `Horaires, à confirmer : ${one}.`);
	const { values, ...rest } = checked('horaires_accueil', osm, notes);
	if (precisions.length > 0) values.horaires_precisions = precisions.join('\n').slice(0, 500);
	return { values, ...rest };
}

function readTerm(target: Target, vocabulary: VocabularyName, text: string): CellReading {
	const { codes, unknown } = codesOfTerms(vocabulary, text);
	const [code, ...more] = codes;
	if (code === undefined) return refused(`« ${unknown.join(', ')} » n’est pas dans la liste.`);
	if (more.length > 0) return refused(`Cette case dit plusieurs choses (${text}) : une seule est possible.`);
	return { ...read({ [target]: code }), ...(unknown.length > 0 && { refused: leftOut(unknown) }) };
}

function readTerms(target: Target, vocabulary: VocabularyName, text: string): CellReading {
	const { codes, unknown } = codesOfTerms(vocabulary, text);
	const reading = codes.length > 0 ? read({ [target]: codes }) : read({});
	return unknown.length > 0 ? { ...reading, refused: leftOut(unknown) } : reading;
}

function leftOut(unknown: readonly string[]): string {
	return `Pas dans la liste : ${unknown.map((word) => `« ${word} »`).join(', ')}. Le reste est gardé.`;
}

function readServed(text: string, { places }: Territory): CellReading {
	const word = normalHeader(text);
	if (word === normalHeader(everyCommune) || word.startsWith('tout'))
		return read({ communes: places.map(({ slug }) => slug) });
	const found = itemsOf(text, /[;,|\n]/).map((item) => ({ item, place: placeOf(item, places) }));
	const slugs = found.flatMap(({ place }) => (place && 'slug' in place ? place.slug : []));
	const unknown = found.flatMap(({ item, place }) => (place && 'slug' in place ? [] : item));
	const served = places.map(({ slug }) => slug).filter((slug) => slugs.includes(slug));
	const reading = served.length > 0 ? read({ communes: served }) : read({});
	return unknown.length > 0
		? { ...reading, refused: `Hors du territoire : ${unknown.join(', ')}.` }
		: reading;
}

/** « Petite enfance › Faire garder mon enfant », or the theme alone: its first section. */
function readThemes(text: string, { themes }: Territory): CellReading {
	const unknown: string[] = [];
	const placements = itemsOf(text, listSigns).flatMap((item): Placement[] => {
		const [themeWord = '', sectionWord] = item.split(/\s*[›>/]\s*/);
		const theme = themes.find(({ slug, nom }) => isWord(themeWord, slug, nom));
		const section =
			sectionWord === undefined
				? theme?.sections[0]
				: theme?.sections.find(({ slug, nom }) => isWord(sectionWord, slug, nom));
		if (theme && section) return [{ theme: theme.slug, section: section.slug }];
		unknown.push(item);
		return [];
	});
	// An entry stands once in a theme.
	const themesOf = placements.filter(
		(one, i) => placements.findIndex(({ theme }) => theme === one.theme) === i
	);
	const reading = themesOf.length > 0 ? read({ themes: themesOf }) : read({});
	return unknown.length > 0
		? { ...reading, refused: `Ce thème n’existe pas ici : ${unknown.join(', ')}.` }
		: reading;
}

function isWord(word: string, slug: string, nom: string): boolean {
	return [slug, nom].some((one) => normalHeader(one) === normalHeader(word));
}
