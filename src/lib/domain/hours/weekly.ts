import { m } from '#lib/paraglide/messages.js';
import {
	formatList,
	formatPeriod,
	formatSpan,
	formatYearlyPeriod,
	monthName,
	weekdayName,
	type Month,
	type Weekday
} from '../dates.ts';
import { readerLanguage } from '../language.ts';
import type { Slot } from './days.ts';
import { isOpen, type Exception, type WeeklyHours } from './weekly-hours.ts';
import { EVERY_DAY, type Condition, type Span } from './weekly-rule.ts';

/** A row of the table of a week. */
export interface WeeklyRow {
	/** « lundi », or « week-end » for a Saturday and Sunday both closed. */
	label: string;
	weekdays: Weekday[];
	/** Morning and afternoon, or a single cell that spans both. */
	cells: [string] | [string, string];
}

/**
 * The table of an ordinary week, one row a day. [] where a table would say nothing, because every opening depends on
 * the season or the week, or it is day and night: `weeklyNotes` then says it all.
 */
export function weeklyRows(weekly: WeeklyHours): WeeklyRow[] {
	if (weekly.days.every((slots) => slots.length === 0) || isDayAndNight(weekly)) return [];
	const isClosed = (weekday: Weekday) =>
		!isOpen(weekly.days, weekday) && exceptionsInRow(weekly, weekday).length === 0;
	const hasWeekend = isClosed(6) && isClosed(7);
	const rows = EVERY_DAY.filter((weekday) => !hasWeekend || weekday < 6).map((weekday): WeeklyRow => ({
		label: weekdayName(weekday),
		weekdays: [weekday],
		cells: cellsOf(weekly, weekday)
	}));
	if (hasWeekend)
		rows.push({
			label: m.horaires_week_end(),
			weekdays: [6, 7],
			cells: [m.horaires_ferme_cellule(), m.horaires_ferme_cellule()]
		});
	return rows;
}

function cellsOf(weekly: WeeklyHours, weekday: Weekday): [string] | [string, string] {
	const slots = weekly.days[weekday - 1] ?? [];
	const exceptions = exceptionsInRow(weekly, weekday).map((exception) => phraseOf(exception, true));
	if (exceptions.length > 0)
		return [exceptions.reduce((avant, apres) => m.horaires_puis_autrement({ avant, apres }))];
	if (slots.some(isContinuous)) return [slotsWords(slots)];
	const half = (some: Slot[]) => (some.length > 0 ? slotsWords(some) : m.horaires_ferme_cellule());
	return [half(slots.filter(isMorning)), half(slots.filter((slot) => !isMorning(slot)))];
}

/** The openings of a day that is closed in an ordinary week: they are told in its row. */
function exceptionsInRow({ days, exceptions }: WeeklyHours, weekday: Weekday): Exception[] {
	if (isOpen(days, weekday)) return [];
	return exceptions.filter(
		({ weekdays, slots }) => weekdays.length === 1 && weekdays[0] === weekday && slots.length > 0
	);
}

const isMorning = ({ debut }: Slot): boolean => debut < '12:00';

/** Whether a slot goes on through the midday break. */
function isContinuous({ debut, fin }: Slot): boolean {
	return debut < '12:00' && (fin > '14:00' || fin < debut);
}

/** What the table doesn't say, or everything where there is no table, one sentence each: « Jours fériés : fermé. » */
export function weeklyNotes(weekly: WeeklyHours): string[] {
	const rows = weeklyRows(weekly);
	if (rows.length === 0) return sentencesOf(weekly);
	const told = rows.flatMap(({ weekdays }) =>
		weekdays.flatMap((weekday) => exceptionsInRow(weekly, weekday))
	);
	return exceptionSentences({
		...weekly,
		exceptions: weekly.exceptions.filter((exception) => !told.includes(exception))
	});
}

/**
 * All of it in sentences, for paper and contact cards, literal and exact:
 * « Lundi, mardi et jeudi : 8 h 30 – 12 h et 13 h 30 – 17 h. Mercredi : 8 h 30 – 12 h. Jours fériés : fermé. »
 */
export function weeklySentence(weekly: WeeklyHours): string {
	return sentencesOf(weekly).join(' ');
}

function sentencesOf(weekly: WeeklyHours): string[] {
	if (isDayAndNight(weekly))
		return [sentence(m.horaires_jour_et_nuit_toujours()), ...exceptionSentences(weekly)];
	const groups = new Map<string, Weekday[]>();
	for (const weekday of EVERY_DAY) {
		if (!isOpen(weekly.days, weekday)) continue;
		const words = slotsWords(weekly.days[weekday - 1] ?? []);
		groups.set(words, [...(groups.get(words) ?? []), weekday]);
	}
	const week = [...groups].map(([creneaux, weekdays]) =>
		sentence(m.horaires_ligne({ quand: weekdaysWords(weekdays), creneaux }))
	);
	return [...week, ...exceptionSentences(weekly)];
}

function isDayAndNight({ days }: WeeklyHours): boolean {
	return days.every(([slot]) => slot && isWholeDay(slot) && !slot.appointment && slot.comment === undefined);
}

function exceptionSentences({ exceptions, otherwiseByAppointment }: WeeklyHours): string[] {
	const sentences = exceptions.map((exception) => sentence(phraseOf(exception)));
	return otherwiseByAppointment ? [...sentences, sentence(m.horaires_sinon_rendez_vous())] : sentences;
}

function phraseOf({ conditions, weekdays, ranks, slots, adds }: Exception, inRow = false): string {
	const days =
		ranks.length > 0
			? [ranksWords(ranks, weekdays)]
			: weekdays.length > 0 && !inRow
				? [weekdaysWords(weekdays)]
				: [];
	const [condition, ...others] = conditions;
	// « Jours fériés, lundi » would be the holidays and the Mondays.
	const words =
		condition?.kind === 'ferie' && others.length === 0 && days.length > 0
			? days.map((jours) => m.horaires_feries_tombant({ jours }))
			: [...conditions.map(conditionWords), ...days];
	const quand = words.reduce((debut, suite) => m.liste_suite({ debut, suite }));
	const creneaux = slots.length > 0 ? slotsWords(slots) : m.horaires_ferme_cellule();
	return m.horaires_ligne({ quand, creneaux: adds ? m.horaires_aussi({ creneaux }) : creneaux });
}

function conditionWords(condition: Condition): string {
	switch (condition.kind) {
		case 'ferie':
			return m.horaires_jours_feries();
		case 'vacances':
			return m.horaires_vacances();
		case 'semaines':
			return condition.parite === 'paires' ? m.horaires_semaines_paires() : m.horaires_semaines_impaires();
		case 'periodes':
			return formatList(condition.spans.map(spanWords));
	}
}

function spanWords(span: Span): string {
	switch (span.kind) {
		case 'mois':
			return monthsWords(span.de, span.a);
		case 'jours':
			return formatYearlyPeriod(span.debut, span.fin);
		case 'dates':
			return formatPeriod(span.debut, span.fin, 'annee');
	}
}

/** « en juillet », « en juillet et août », « de septembre à juin » */
function monthsWords(de: Month, a: Month): string {
	if (de === a) return m.periode_un_mois({ mois: monthName(de) });
	const words = { de: monthName(de), a: monthName(a) };
	return a - de === 1 ? m.periode_deux_mois(words) : m.periode_mois(words);
}

/** « 1er et 3e samedi du mois » */
function ranksWords(ranks: number[], weekdays: Weekday[]): string {
	const rangs = ranks.map((rank) =>
		rank === -1 ? m.rang_dernier() : rank === 1 ? m.rang_premier() : m.rang({ rang: rank })
	);
	return m.horaires_rang_du_mois({ rang: formatList(rangs), jour: weekdaysWords(weekdays) });
}

/** « lundi », « lundi et jeudi », « du lundi au vendredi », « tous les jours » */
function weekdaysWords(weekdays: readonly Weekday[]): string {
	const [first] = weekdays;
	const last = weekdays.at(-1);
	if (first === undefined || last === undefined || weekdays.length === 7) return m.horaires_tous_les_jours();
	const isRun = weekdays.length >= 3 && last - first === weekdays.length - 1;
	return isRun
		? m.periode({ debut: weekdayName(first), fin: weekdayName(last) })
		: formatList(weekdays.map(weekdayName));
}

/** « 8 h 30 – 12 h et 13 h 30 – 17 h », « 9 h – 12 h ; 14 h – 17 h sur rendez-vous » */
/** Slots in words: « 8 h 30 – 12 h et 13 h 30 – 17 h ». */
export function slotsWords(slots: readonly Slot[]): string {
	const groups: Slot[][] = [];
	for (const slot of slots) {
		const group = groups.at(-1);
		const [last] = group ?? [];
		if (group && last && last.appointment === slot.appointment && last.comment === slot.comment)
			group.push(slot);
		else groups.push([slot]);
	}
	return groups.map(sameSlotsWords).reduce((avant, apres) => m.horaires_puis_autrement({ avant, apres }));
}

function sameSlotsWords(slots: readonly Slot[]): string {
	const [{ appointment, comment } = {}] = slots;
	if (appointment && slots.every(isWholeDay)) return m.horaires_rendez_vous_creneau();
	const creneau = formatList(
		slots.map((slot) => (isWholeDay(slot) ? m.horaires_jour_et_nuit() : formatSpan(slot.debut, slot.fin)))
	);
	if (appointment) return m.horaires_creneau_rendez_vous({ creneau });
	return comment === undefined ? creneau : m.horaires_precision({ suite: creneau, precision: comment });
}

function isWholeDay({ debut, fin }: Slot): boolean {
	return debut === '00:00' && fin === '24:00';
}

function sentence(words: string): string {
	return m.phrase({ phrase: words.charAt(0).toLocaleUpperCase(readerLanguage().lang) + words.slice(1) });
}
