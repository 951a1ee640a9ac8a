import { m } from '#lib/paraglide/messages.js';
import { addDays, dayOf, formatDate, formatEnd, formatTime, type PlainDate, timeOf } from '../dates.ts';
import { capitalised } from '../typography.ts';
import type { Cancellation } from './card.ts';
import { type EventFacts, isTimed } from './event.ts';
import type { Occurrence } from './occurrences.ts';
import { readRepetition, repetitionWords } from './repetition.ts';

type Times = Pick<Occurrence, 'debut' | 'fin'>;

/**
 * A date of an event in words: « mardi 8 décembre, de 9 h 30 à 11 h 30 », « du vendredi 4 décembre, 18 h, au dimanche
 * 6 décembre, 17 h ». `complet` says the year.
 */
export function whenWords({ debut, fin }: Times, style: 'jour' | 'complet' = 'jour'): string {
	const date = formatDate(dayOf(debut), style);
	if (fin !== null && spansDays({ debut, fin })) {
		const last = formatDate(dayOf(fin), style);
		if (!isTimed(debut)) return m.agenda_quand_jours({ debut: formatDate(dayOf(debut)), fin: last });
		const words = { heure: formatTime(debut), heure_fin: formatTime(fin) };
		return m.agenda_quand_jours_heures({ ...words, debut: formatDate(dayOf(debut)), fin: last });
	}
	if (!isTimed(debut)) return date;
	if (fin === null) return m.agenda_quand_heure({ date, heure: formatTime(debut) });
	return m.agenda_quand_heures({ date, debut: formatTime(debut), fin: formatEnd(fin) });
}

/** The times of the day only: « de 9 h 30 à 11 h 30 », « à 18 h »; undefined for whole days and for what lasts several. */
export function timesWords({ debut, fin }: Times): string | undefined {
	if (!isTimed(debut) || (fin !== null && spansDays({ debut, fin }))) return undefined;
	if (fin === null) return m.agenda_heure({ heure: formatTime(debut) });
	return m.agenda_heures({ debut: formatTime(debut), fin: formatEnd(fin) });
}

/** Whether it lasts over several days; an evening that ends the next morning is of one day. */
function spansDays({ debut, fin }: { debut: string; fin: string }): boolean {
	const nextDay = addDays(dayOf(debut), 1);
	if (!isTimed(debut)) return dayOf(fin) > dayOf(debut);
	return dayOf(fin) > nextDay || (dayOf(fin) === nextDay && timeOf(fin) > '08:00');
}

/**
 * How an event comes back, in words: « le 2e mardi de chaque mois, de 9 h 30 à 11 h 30 ». Undefined for one date; of
 * dates that follow no rule, only that there are several. `hours`: whether to say them.
 */
export function rhythmOf(event: EventFacts, { hours = true } = {}): string | undefined {
	const { debut, fin, rrule, dates } = event;
	if (debut === null) return undefined;
	const repetition = rrule === null ? undefined : readRepetition(rrule, dayOf(debut));
	if (!repetition) return dates.some(({ nature }) => nature === 'ajout') ? m.agenda_dates() : undefined;
	const times = hours ? timesWords({ debut, fin }) : undefined;
	const rythme = repetitionWords(repetition, debut);
	const held = event.hors_vacances ? m.agenda_hors_vacances({ rythme }) : rythme;
	return times === undefined ? held : m.agenda_rythme_heures({ rythme: held, heures: times });
}

/** That a date is cancelled, and why: « Annulé : salle en travaux ». */
export function cancelledWords(mot: string): string {
	return mot === '' ? m.agenda_annule() : m.agenda_annule_mot({ mot });
}

/** The same, with the words it quotes; null for a date that is held. */
export function cancellationOf(mot: string | null): Cancellation | null {
	return mot === null ? null : { texte: cancelledWords(mot), mot };
}

/** A month in words: « décembre 2026 ». */
export function monthTitle(month: PlainDate): string {
	const [, name = ''] = /\S+ (\S+)$/.exec(formatDate(`${month.slice(0, 7)}-02`, 'court')) ?? [];
	return m.agenda_mois_titre({ mois: name, annee: month.slice(0, 4) });
}

/** The same, where a sentence begins. */
export function monthHeading(month: PlainDate): string {
	return capitalised(monthTitle(month));
}
