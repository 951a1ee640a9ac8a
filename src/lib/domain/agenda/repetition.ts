import ICAL from 'ical.js';
import { m } from '#lib/paraglide/messages.js';
import {
	dayOf,
	formatDate,
	formatDayMonth,
	formatList,
	type PlainDate,
	type Weekday,
	weekdayName,
	weekdayOf
} from '../dates.ts';

/** How an event comes back. Its days and its day of the year are those of its first date, unless said. */
export type Repetition =
	/** `intervalle`: every week, or one in two. */
	(
		| { rythme: 'semaine'; intervalle: 1 | 2; jours: readonly Weekday[] }
		/** `rang`: 1 to 4, the nth such day of the month; -1, the last. */
		| { rythme: 'rang'; rang: 1 | 2 | 3 | 4 | -1; jour: Weekday }
		| { rythme: 'mois' }
		| { rythme: 'an' }
	) & {
		/** The last day on which it may be held; null when it goes on. */
		jusquAu: PlainDate | null;
	};

const dayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The repetition that an RRULE says (RFC 5545), without its `RRULE:`. `debut`, the first date, gives the day of the
 * week of a rule that names none. Undefined for what this agenda doesn't repeat: other rules are never computed.
 */
export function readRepetition(rule: string, debut?: PlainDate): Repetition | undefined {
	let recur: ICAL.Recur;
	try {
		recur = ICAL.Recur.fromString(rule);
	} catch {
		return undefined;
	}
	const { freq, interval, count, until } = recur;
	const intervalle = ([1, 2] as const).find((one) => one === interval);
	if (count !== null || intervalle === undefined) return undefined;
	const jusquAu = until === null ? null : until.toString().slice(0, 10);
	const parts = recur.parts as Record<string, readonly (string | number)[]>;
	const names = Object.keys(parts).filter((name) => (parts[name] ?? []).length > 0);
	const byDay = (parts.BYDAY ?? []).map(String);
	if (freq === 'WEEKLY' && names.every((name) => name === 'BYDAY')) {
		const days = byDay.length === 0 && debut ? [weekdayOf(debut)] : byDay.map(weekdayOfCode);
		if (days.length === 0 || !days.every((day) => day !== undefined)) return undefined;
		return { rythme: 'semaine', intervalle, jours: [...new Set(days)].sort(), jusquAu };
	}
	if (intervalle !== 1) return undefined;
	if (freq === 'MONTHLY' && names.length === 1 && byDay.length === 1) {
		const [, rank = '', code = ''] = /^\+?(-?\d)(\w\w)$/.exec(byDay[0] ?? '') ?? [];
		const jour = weekdayOfCode(code);
		const rang = ([1, 2, 3, 4, -1] as const).find((one) => String(one) === rank);
		return jour === undefined || rang === undefined ? undefined : { rythme: 'rang', rang, jour, jusquAu };
	}
	const isOfFirstDate = names.every((name) => {
		const [only, ...others] = parts[name] ?? [];
		if (others.length > 0 || debut === undefined) return false;
		if (name === 'BYMONTHDAY') return Number(only) === Number(debut.slice(8));
		return name === 'BYMONTH' && freq === 'YEARLY' && Number(only) === Number(debut.slice(5, 7));
	});
	if (freq === 'MONTHLY' && isOfFirstDate) return { rythme: 'mois', jusquAu };
	if (freq === 'YEARLY' && isOfFirstDate) return { rythme: 'an', jusquAu };
	return undefined;
}

/** The repetition as an RRULE (RFC 5545), its end a day. */
export function writeRepetition(repetition: Repetition): string {
	const end = repetition.jusquAu === null ? '' : `;UNTIL=${repetition.jusquAu.replaceAll('-', '')}`;
	switch (repetition.rythme) {
		case 'semaine': {
			const every = repetition.intervalle === 1 ? '' : `;INTERVAL=${repetition.intervalle}`;
			return `FREQ=WEEKLY${every};BYDAY=${repetition.jours.map(codeOf).join(',')}${end}`;
		}
		case 'rang':
			return `FREQ=MONTHLY;BYDAY=${repetition.rang}${codeOf(repetition.jour)}${end}`;
		case 'mois':
			return `FREQ=MONTHLY${end}`;
		case 'an':
			return `FREQ=YEARLY${end}`;
	}
}

/** The rank of a day among those of its name in its month, 1 to 5: « le 2e mardi ». */
export function rankOf(date: PlainDate): number {
	return Math.ceil(Number(date.slice(8, 10)) / 7);
}

/** A repetition in words: « le 2e mardi de chaque mois », « un jeudi sur deux, jusqu’au 30 juin 2027 ». */
export function repetitionWords(repetition: Repetition, debut: PlainDate): string {
	const rythme = rhythmWords(repetition, dayOf(debut));
	return repetition.jusquAu === null
		? rythme
		: m.agenda_jusquau({ rythme, date: formatDate(repetition.jusquAu, 'annee') });
}

function rhythmWords(repetition: Repetition, debut: PlainDate): string {
	switch (repetition.rythme) {
		case 'semaine': {
			const { intervalle: n, jours: days } = repetition;
			const jours = formatList(days.map((day) => m.agenda_jours({ jour: weekdayName(day) })));
			const [only, ...others] = days;
			if (n === 1) return m.agenda_semaine({ jours });
			return only !== undefined && others.length === 0
				? m.agenda_quinzaine({ jour: weekdayName(only) })
				: m.agenda_quinzaine_jours({ jours });
		}
		case 'rang': {
			const jour = weekdayName(repetition.jour);
			if (repetition.rang === -1) return m.agenda_mois_dernier({ jour });
			return repetition.rang === 1
				? m.agenda_mois_premier({ jour })
				: m.agenda_mois_rang({ rang: repetition.rang, jour });
		}
		case 'mois': {
			const day = Number(debut.slice(8, 10));
			return m.agenda_mois_jour({ jour: day === 1 ? m.date_jour_premier() : String(day) });
		}
		case 'an':
			return m.agenda_an({ date: formatDayMonth(debut.slice(5, 10)) });
	}
}

function codeOf(day: Weekday): string {
	return dayCodes[day - 1] ?? 'MO';
}

function weekdayOfCode(code: string): Weekday | undefined {
	const day = dayCodes.indexOf(code) + 1;
	return day === 0 ? undefined : (day as Weekday);
}
