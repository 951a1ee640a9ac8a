import OpeningHours, { type nominatim_object } from 'opening_hours';
import { addDays, type PlainDate } from '../dates.ts';

/** A dated closure of one place, both days included. */
export interface Period {
	debut: PlainDate;
	fin: PlainDate;
	/** Why, as the mairie wrote it. */
	motif?: string | null;
}

/** School holidays, both days included. */
export interface SchoolHoliday {
	debut: PlainDate;
	fin: PlainDate;
	nom: string;
}

/** Where a place is, in full: « Haute-Savoie », « Auvergne-Rhône-Alpes ». Public holidays depend on it. */
export interface Place {
	departement: string;
	region: string;
}

/** All that opening hours depend on besides themselves. */
export interface Calendar {
	/** The closures of this place. */
	closures: readonly Period[];
	/** The school holidays of the territory's zone, in any order, without a gap between the first and the last. */
	schoolHolidays: readonly SchoolHoliday[];
	place: Place;
}

/** The closure of this place that `date` is in; the one that ends last where several are. */
export function closureOn(date: PlainDate, calendar: Calendar): Period | undefined {
	return calendar.closures
		.filter(({ debut, fin }) => debut <= date && date <= fin)
		.reduce<Period | undefined>(
			(last, closure) => (last && last.fin >= closure.fin ? last : closure),
			undefined
		);
}

const publicHolidays = new Map<string, string | null>();

/** The French name of the public holiday that `date` is in this place (opening_hours's table), or undefined. */
export function publicHolidayOn(date: PlainDate, { departement }: Place): string | undefined {
	const key = `${departement} ${date}`;
	let name = publicHolidays.get(key);
	if (name === undefined) {
		name = nameOn(date, 'PH', departement) ?? null;
		if (publicHolidays.size > 20_000) publicHolidays.clear();
		publicHolidays.set(key, name);
	}
	return name ?? undefined;
}

/**
 * The school holidays opening_hours 3.15.0 knows: of these regions, on these days. Before, it has holes; after, it
 * throws, and complains on the console. Corsica and the overseas territories end sooner: it is not asked for them.
 * Its holidays begin the day after the last day of class and end, that day included, the day before classes resume.
 */
export const LIBRARY_SCHOOL_DATA = {
	debut: '2026-07-05',
	fin: '2027-07-03',
	regions: [
		'Auvergne-Rhône-Alpes',
		'Bourgogne-Franche-Comté',
		'Bretagne',
		'Centre-Val de Loire',
		'Grand Est',
		'Hauts-de-France',
		'Île-de-France',
		'Normandie',
		'Nouvelle-Aquitaine',
		'Occitanie',
		'Pays de la Loire',
		"Provence-Alpes-Côte d'Azur"
	]
};

/**
 * Whether `date` is in the school holidays, or undefined when nobody knows yet. The territory's own table decides
 * from its first day to its last; before and after it, the library's table for the region, where it has one.
 */
export function isSchoolHoliday(date: PlainDate, calendar: Calendar): boolean | undefined {
	const { schoolHolidays } = calendar;
	if (schoolHolidays.some(({ debut, fin }) => debut <= date && date <= fin)) return true;
	const isWithin =
		schoolHolidays.some(({ debut }) => debut <= date) && schoolHolidays.some(({ fin }) => date <= fin);
	if (isWithin) return false;
	const region = calendar.place.region.replace('’', "'");
	const { debut, fin, regions } = LIBRARY_SCHOOL_DATA;
	if (date < debut || date > fin || !regions.includes(region)) return undefined;
	return nameOn(date, 'SH', region) !== undefined;
}

const holidayRules = new Map<string, OpeningHours>();

/** Name of the public (PH) or school (SH) holiday on `date` for an area as opening_hours names it. */
function nameOn(date: PlainDate, kind: 'PH' | 'SH', area: string): string | undefined {
	const key = `${kind} ${area}`;
	let rule = holidayRules.get(key);
	if (!rule) {
		rule = new OpeningHours(kind, inFrance(area));
		holidayRules.set(key, rule);
	}
	const [holiday, , , name] = rule.getStatePair(wallClock(date, 12));
	return holiday ? (name ?? kind) : undefined;
}

/** A place of France as opening_hours wants it: `state` is the département for PH, the région for SH. */
export function inFrance(state: string): nominatim_object {
	// Coordinates only serve sunrise and sunset, which are not read here.
	return { lat: 46.6, lon: 1.9, address: { country_code: 'fr', state } };
}

/**
 * The Date whose fields, in the zone of this process, read `date` at `hour`. opening_hours reads nothing but those
 * fields: given them as Paris shows them, it answers alike in every process. Two limits, both its own, that a process
 * in UTC or in Paris never meets: a slot that begins or ends in an hour which the zone of the process skips that night,
 * and numbered weeks where summer time spans the new year.
 */
export function wallClock(date: PlainDate, hour: number): Date {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	return new Date(year, month - 1, day, hour);
}

/** `date` and the `count - 1` days after it, one at a time. */
export function* daysFrom(date: PlainDate, count: number): Generator<PlainDate> {
	for (let index = 0; index < count; index++) yield addDays(date, index);
}
