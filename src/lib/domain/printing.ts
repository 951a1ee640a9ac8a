import * as v from 'valibot';
import { isDate } from './dates.ts';
import { tidyText } from './forms.ts';
import { tidyTyped } from './typography.ts';

/*
 * What is printed with a code, and where it goes.
 */

/** What a code is printed on: the words of the register, and how they are said. */
export const supports = {
	'facture-eau': 'Facture d’eau',
	affiche: 'Affiche',
	depliant: 'Dépliant, carte',
	etiquette: 'Étiquette',
	livret: 'Livret',
	autre: 'Autre chose'
} as const;
export type Support = keyof typeof supports;

/** A support in words; as the register writes it when this version doesn't know it. */
export function supportName(support: string): string {
	return Object.hasOwn(supports, support) ? supports[support as Support] : support;
}

/** The longest that one may write of where paper goes, in characters. */
export const longestPlace = 120;
/** More copies than this are a typing mistake. */
export const mostCopies = 1_000_000;

const lieu = v.pipe(
	v.string(),
	v.transform((typed) => tidyText(typed).replace(/\s+/g, ' ')),
	v.nonEmpty('Dites où va ce papier\u202f: « école du Chef-Lieu », « facture de mars 2027 ».'),
	v.maxLength(longestPlace, `Ce texte est trop long\u202f: ${longestPlace} caractères au plus.`),
	v.transform((typed) => tidyTyped(typed, '', longestPlace))
);

const exemplaires = v.pipe(
	v.string(),
	v.transform((typed) => typed.replace(/[\s.\u00a0\u202f]/g, '')),
	v.check(
		(digits) =>
			digits === '' || (/^\d{1,7}$/.test(digits) && Number(digits) >= 1 && Number(digits) <= mostCopies),
		'Écrivez un nombre en chiffres, comme 4000, ou rien si vous ne savez pas.'
	),
	v.transform((digits) => (digits === '' ? null : Number(digits)))
);

/** No printed code is older: an earlier day is a typing mistake. */
const firstDay = '2020-01-01';

const imprimeLe = v.pipe(
	v.string(),
	v.trim(),
	v.check((typed) => isDate(typed) && typed >= firstDay, 'Écrivez un jour qui existe, comme 15/03/2027.')
);

/** Copies made of a code, as the form sends them. */
export const printingSchema = v.object({ lieu, exemplaires, imprime_le: imprimeLe });
export type Printing = v.InferOutput<typeof printingSchema>;

/** A new code and its first copies. Whether its target exists, and is whoever asks's, is checked by the server. */
export const newSupportSchema = v.object({
	commune: v.string(),
	objet: v.string(),
	langue: v.string(),
	support: v.picklist(Object.keys(supports) as Support[], 'Choisissez sur quoi ce code sera imprimé.'),
	...printingSchema.entries
});
