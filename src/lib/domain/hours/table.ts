import { m } from '#lib/paraglide/messages.js';
import { addDays, dateOf, formatDate, weekdayOf, type PlainDate } from '../dates.ts';
import type { Calendar } from './calendar.ts';
import { slotsOfDay } from './days.ts';
import { isRoundTheClock, mentionsPublicHolidays } from './rules.ts';
import { weeklyHours } from './weekly-hours.ts';
import { slotsWords, weeklyNotes, weeklyRows } from './weekly.ts';

/** Opening hours in full, ready to be shown as a table: a row a day, and what is particular under it. */
export interface HoursTable {
	titre: string;
	rows: { jour: string; cellules: string[]; aujourdhui: boolean }[];
	particularites: string[];
}

/**
 * The hours of an ordinary week where they can be read as such; else those of the seven days from the one it is at
 * `at` (epoch milliseconds). Undefined when nobody can tell.
 */
export function hoursTable(hours: string, at: number, calendar: Calendar): HoursTable | undefined {
	const today = dateOf(at);
	const weekly = weeklyHours(hours);
	const rows = weekly ? weeklyRows(weekly) : [];
	if (weekly)
		return {
			titre: m.horaires_de_la_semaine(),
			rows: rows.map(({ label, weekdays, cells }) => ({
				jour: label,
				cellules: cells,
				aujourdhui: weekdays.includes(weekdayOf(today))
			})),
			particularites: [
				...weeklyNotes(weekly),
				...(mentionsPublicHolidays(hours) || isRoundTheClock(hours) ? [] : [m.horaires_feries_fermes()])
			]
		};
	return nextDays(hours, today, calendar);
}

function nextDays(hours: string, today: PlainDate, calendar: Calendar): HoursTable | undefined {
	const days = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(today, ahead));
	const slots = days.map((day) => slotsOfDay(hours, day, calendar));
	if (slots.some((day) => day === undefined)) return undefined;
	return {
		titre: m.horaires_des_sept_jours(),
		rows: days.map((day, i) => {
			const open = slots[i] ?? [];
			return {
				jour: formatDate(day),
				cellules: [open.length > 0 ? slotsWords(open) : m.horaires_ferme_cellule()],
				aujourdhui: day === today
			};
		}),
		particularites: []
	};
}
