import type { DayOfWeek, OpeningHoursSpecification } from 'schema-dts';
import type { PlainDate } from '../dates.ts';
import type { Slot } from '../hours/days.ts';
import { isRoundTheClock, mentionsPublicHolidays } from '../hours/rules.ts';
import { type Exception, weeklyHours } from '../hours/weekly-hours.ts';
import { EVERY_DAY } from '../hours/weekly-rule.ts';

const dayNames = [
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
	'Sunday'
] as const satisfies readonly DayOfWeek[];

/**
 * Opening hours (OSM opening_hours) as https://schema.org/OpeningHoursSpecification says them: each stretch with its
 * days, public holidays apart. Undefined where that can't say all of it exactly (school holidays, one week in two, the
 * first Saturday, a season, by appointment, a comment) and where nobody can read them.
 */
export function openingHours(hours: string): OpeningHoursSpecification[] | undefined {
	const weekly = weeklyHours(hours);
	if (!weekly) return undefined;
	const { days, exceptions } = weekly;
	const isPlain = ({ appointment, comment }: Slot) => appointment === undefined && comment === undefined;
	if (!exceptions.every(isPublicHoliday) || exceptions.length > 1) return undefined;
	const [onHolidays] = exceptions;
	if (![...days, onHolidays?.slots ?? []].flat().every(isPlain)) return undefined;
	const stretches = new Map<string, { slot: Slot; names: DayOfWeek[] }>();
	for (const weekday of EVERY_DAY)
		for (const slot of days[weekday - 1] ?? []) {
			const key = `${slot.debut} ${slot.fin}`;
			const stretch = stretches.get(key) ?? { slot, names: [] };
			stretch.names.push(dayNames[weekday - 1] ?? 'Monday');
			stretches.set(key, stretch);
		}
	return [
		...[...stretches.values()].map(({ slot, names }) => openOn(names, slot)),
		...holidayHours(hours, onHolidays)
	];
}

/** Days on which a place is closed, both included. */
export function closedBetween(debut: PlainDate, fin: PlainDate): OpeningHoursSpecification {
	// « The place is open if the opens property is specified, and closed otherwise. »
	return { '@type': 'OpeningHoursSpecification', validFrom: debut, validThrough: fin };
}

function openOn(dayOfWeek: readonly DayOfWeek[], { debut, fin }: Slot): OpeningHoursSpecification {
	// From midnight to midnight would be no time at all: readers of these data know a whole day by its last minute.
	const closes = fin !== '24:00' ? fin : debut === '00:00' ? '23:59' : '00:00';
	return { '@type': 'OpeningHoursSpecification', dayOfWeek, opens: debut, closes };
}

/** Public holidays, which stand above the days of the week: closed unless the hours speak of them, or never stop. */
function holidayHours(hours: string, onHolidays: Exception | undefined): OpeningHoursSpecification[] {
	if (!onHolidays && (mentionsPublicHolidays(hours) || isRoundTheClock(hours))) return [];
	const slots = onHolidays?.slots ?? [];
	if (slots.length > 0) return slots.map((slot) => openOn(['PublicHolidays'], slot));
	return [{ '@type': 'OpeningHoursSpecification', dayOfWeek: 'PublicHolidays' }];
}

/** Whether it holds on every public holiday, and on them only, in place of the day's hours. */
function isPublicHoliday({ conditions, weekdays, ranks, adds }: Exception): boolean {
	const [condition, ...others] = conditions;
	return (
		condition?.kind === 'ferie' && others.length === 0 && weekdays.length === 0 && ranks.length === 0 && !adds
	);
}
