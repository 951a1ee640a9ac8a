import { addDays, isDate, type PlainDate } from '../dates.ts';
import { type Checked, type FormErrors, tidyText } from '../forms.ts';
import { tidyTyped } from '../typography.ts';

/** What is announced of an entry between two days: its place is closed, or something is to be known. */
export const announcementKinds = ['fermeture', 'message'] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];

/** An announcement as it is kept: days of Paris, both included. */
export interface AnnouncementWords {
	debut: PlainDate;
	fin: PlainDate;
	/** The reason of a closure, null when none is given; the text of a message. */
	texte: string | null;
}

/** An announcement's form as it is typed. */
export type TypedAnnouncement = Record<'debut' | 'fin' | 'texte', string>;

/** The longest text of a message, and reason of a closure, in characters. */
export const longestMessage = 280;
export const longestReason = 120;
/** How far an announcement may begin before today, or end after: beyond, a year was mistyped. */
const mostDays = 731;

/**
 * An announcement's form, checked on `today`: it must not be over already, may have begun, and lasts until at most two
 * years from today. Without an end, it lasts one day. Its text gets the typography of French, unless it is `present`, the
 * one that is changed. French sentences by field for what must be corrected.
 */
export function checkAnnouncement(
	kind: AnnouncementKind,
	typed: TypedAnnouncement,
	today: PlainDate,
	present: string | null = null
): Checked<AnnouncementWords> {
	const errors: FormErrors = {};
	const debut = typed.debut.trim();
	const fin = typed.fin.trim() || debut;
	const beginError = dateError(debut, today, 'Choisissez le premier jour.');
	const endError = fin === debut ? undefined : dateError(fin, today, '');
	if (beginError) errors.debut = beginError;
	if (endError) errors.fin = endError;
	else if (!beginError && fin < debut) errors.fin = 'Le dernier jour vient avant le premier.';
	else if (!beginError && fin < today)
		errors[typed.fin.trim() === '' ? 'debut' : 'fin'] =
			'Ces jours sont déjà passés : personne ne lirait cette annonce.';
	const { texte, error } = checkText(kind, typed.texte, present ?? '');
	if (error) errors.texte = error;
	return Object.keys(errors).length > 0 ? { errors } : { output: { debut, fin, texte } };
}

function dateError(date: string, today: PlainDate, missing: string): string | undefined {
	if (date === '') return missing;
	if (!isDate(date)) return 'Cette date n’existe pas : choisissez-la dans le calendrier.';
	if (date < addDays(today, -mostDays) || date > addDays(today, mostDays))
		return 'Cette date est à plus de deux ans d’aujourd’hui : vérifiez l’année.';
	return undefined;
}

function checkText(
	kind: AnnouncementKind,
	typed: string,
	present: string
): { texte: string | null; error?: string } {
	const texte = tidyText(typed).replace(/\s*\n\s*/g, ' ');
	const longest = kind === 'message' ? longestMessage : longestReason;
	if (texte === '')
		return kind === 'message' ? { texte: null, error: 'Écrivez votre message.' } : { texte: null };
	const length = Array.from(texte).length;
	if (length > longest)
		return {
			texte,
			error: `Ce texte est trop long : ${longest} caractères au plus, le vôtre en a ${length}.`
		};
	return { texte: tidyTyped(texte, present, longest) };
}

/** When an announcement is read, on `today`. */
export function timeOfAnnouncement(
	{ debut, fin }: Pick<AnnouncementWords, 'debut' | 'fin'>,
	today: PlainDate
): 'en-cours' | 'a-venir' | 'passee' {
	if (fin < today) return 'passee';
	return debut > today ? 'a-venir' : 'en-cours';
}

/** The longest message in a list, in characters. */
const longestInList = 90;

/** A message as a list shows it: whole when it is short, else its first words. */
export function shortMessage(texte: string): string {
	const characters = Array.from(texte);
	if (characters.length <= longestInList) return texte;
	const kept = characters.slice(0, longestInList).join('');
	const lastSpace = kept.lastIndexOf(' ');
	return `${(lastSpace > 0 ? kept.slice(0, lastSpace) : kept).replace(/[\s,;:.]+$/, '')}…`;
}
