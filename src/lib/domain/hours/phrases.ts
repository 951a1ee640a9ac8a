import { m } from '#lib/paraglide/messages.js';
import {
	dateOf,
	dayOf,
	daysBetween,
	addDays,
	formatDate,
	formatEnd,
	formatPeriod,
	formatSpan,
	formatTime,
	timeOf,
	weekdayName,
	weekdayOf,
	type LocalTime,
	type PlainDate
} from '../dates.ts';
import type { Next, Opening } from './opening.ts';

/** An opening in the reader's words, in two parts so that a page can embolden the first: « Ouvert » « jusqu’à 12 h ». */
export interface OpeningPhrase {
	etat: 'ouvert' | 'ferme' | 'rendez-vous';
	mot: string;
	/** What follows, after a space; '' when there is nothing to add. */
	suite: string;
}

/**
 * `opening` as a list shows it at `at` (epoch milliseconds), in the reader's language:
 * « Ouvert jusqu’à 12 h, puis 13 h 30 – 17 h », « Fermé · ouvre demain à 9 h ».
 * Undefined when nobody knows: the page shows the weekly hours instead.
 */
export function openingPhrase(opening: Opening, at: number): OpeningPhrase | undefined {
	const today = dateOf(at);
	switch (opening.state) {
		case 'open':
			return { etat: 'ouvert', mot: m.horaires_ouvert(), suite: openWords(opening, today) };
		case 'appointment':
			return { etat: 'rendez-vous', mot: m.horaires_rendez_vous(), suite: untilWords(opening, today) };
		case 'closed':
			return { etat: 'ferme', mot: m.horaires_ferme(), suite: closedWords(opening, today) };
		case 'unknown':
			return undefined;
	}
}

type Closed = Extract<Opening, { state: 'closed' }>;

function openWords(opening: Extract<Opening, { state: 'open' }>, today: PlainDate): string {
	const suite = opening.until === undefined ? m.horaires_jour_et_nuit() : untilWords(opening, today);
	return opening.comment === undefined ? suite : m.horaires_precision({ suite, precision: opening.comment });
}

function untilWords({ until, then }: { until?: LocalTime; then?: Next }, today: PlainDate): string {
	if (until === undefined) return '';
	const suite = untilWord(until, today);
	if (!then) return suite;
	const creneau = formatSpan(then.debut, then.fin);
	return then.appointment
		? m.horaires_puis_rendez_vous({ suite, creneau })
		: m.horaires_puis({ suite, creneau });
}

function untilWord(until: LocalTime, today: PlainDate): string {
	const heure = formatEnd(until);
	const days = daysBetween(today, dayOf(until));
	const time = timeOf(until);
	// The small hours still belong to the evening before.
	if (days === 0 || (days === 1 && time <= '06:00')) return m.horaires_jusqua({ heure });
	if (time === '00:00') return m.horaires_jusquau_inclus({ date: formatDate(addDays(dayOf(until), -1)) });
	if (days === 1) return m.horaires_jusqua_demain({ heure });
	return m.horaires_jusquau({ date: formatDate(dayOf(until)), heure });
}

function closedWords(opening: Closed, today: PlainDate): string {
	const reason = reasonWords(opening, today);
	const suite =
		opening.reopens === undefined || saysItself(opening)
			? undefined
			: reopenWords(opening.reopens, opening.appointment, today);
	if (suite === undefined) return reason ?? '';
	return reason === undefined ? m.horaires_apres({ suite }) : m.horaires_et_apres({ avant: reason, suite });
}

/** Whether the end of a closure already tells that it opens the day after. */
function saysItself({ closure, reopens }: Closed): boolean {
	return (
		closure !== undefined &&
		closure.debut !== closure.fin &&
		reopens !== undefined &&
		dayOf(reopens) === addDays(closure.fin, 1)
	);
}

function reasonWords({ because, reason, closure }: Closed, today: PlainDate): string | undefined {
	if (because === 'ferie') return m.horaires_ferie({ nom: holidayName(reason ?? '') });
	if (!closure) return undefined;
	const isToday = closure.debut === closure.fin && closure.debut === today;
	const quand = isToday ? m.horaires_aujourdhui() : formatPeriod(closure.debut, closure.fin);
	return reason === undefined ? quand : m.horaires_motif({ quand, motif: reason });
}

function reopenWords(reopens: LocalTime, appointment: true | undefined, today: PlainDate): string {
	const date = dayOf(reopens);
	const heure = formatTime(reopens);
	const days = daysBetween(today, date);
	if (days === 0) return appointment ? m.horaires_recoit({ heure }) : m.horaires_ouvre({ heure });
	if (days === 1)
		return appointment ? m.horaires_recoit_demain({ heure }) : m.horaires_ouvre_demain({ heure });
	if (days <= 6) {
		const jour = weekdayName(weekdayOf(date));
		return appointment ? m.horaires_recoit_jour({ jour, heure }) : m.horaires_ouvre_jour({ jour, heure });
	}
	const words = { date: formatDate(date), heure };
	return appointment ? m.horaires_recoit_date(words) : m.horaires_ouvre_date(words);
}

const HOLIDAYS = new Map<string, () => string>([
	['Nouvel An', () => m.ferie_nouvel_an()],
	['Lundi de Pâques', () => m.ferie_paques()],
	['Fête du travail', () => m.ferie_travail()],
	['Fête de la Victoire 1945', () => m.ferie_victoire()],
	['Ascension', () => m.ferie_ascension()],
	['Lundi de Pentecôte', () => m.ferie_pentecote()],
	['Fête Nationale de la France', () => m.ferie_nationale()],
	['Assomption', () => m.ferie_assomption()],
	['Toussaint', () => m.ferie_toussaint()],
	['Armistice 1918', () => m.ferie_armistice()],
	['Noël', () => m.ferie_noel()],
	['Vendredi saint', () => m.ferie_vendredi_saint()],
	['Lendemain de Noël', () => m.ferie_lendemain_noel()]
]);

/** A public holiday in the reader's language, from its name in opening_hours; overseas ones stay as they are. */
export function holidayName(name: string): string {
	return HOLIDAYS.get(name)?.() ?? name;
}
