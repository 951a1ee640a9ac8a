import { type Weekday, weekdayName } from '../dates.ts';
import { type Checked, type FormErrors } from '../forms.ts';
import type { Slot } from '../hours/days.ts';
import { writeOsm } from '../hours/french/osm.ts';
import { type DaySlot, type Special, WEEK } from '../hours/french/schedule.ts';
import { isRoundTheClock } from '../hours/rules.ts';
import { weeklyHours } from '../hours/weekly-hours.ts';
import type { Exception } from '../hours/weekly-hours.ts';
import { capitalised } from '../typography.ts';

/*
 * Opening hours typed slot by slot: two a day, Monday first, and whether the place is closed on public holidays and in
 * school holidays. What a grid can't hold is typed as a sentence.
 */

/** Slots of a day. */
export const slotsADay = 2;

/** A grid as it is typed. The slots of a day follow each other: `debut[2]` is Tuesday's first. */
export interface TypedGrid {
	/** Times of day, « 08:30 », '' where there is none: fourteen. */
	debut: string[];
	fin: string[];
	/** The days that are closed, from 1 for Monday. */
	fermes: Weekday[];
	/** Whether it is closed on public holidays; else these are like any other day. */
	feriesFerme: boolean;
	/** Whether it is closed in school holidays; else these are like term. */
	vacancesFerme: boolean;
}

/** A grid with nothing in it. */
export const emptyGrid: TypedGrid = {
	debut: blank(),
	fin: blank(),
	fermes: [],
	feriesFerme: true,
	vacancesFerme: false
};

function blank(): string[] {
	return Array.from({ length: WEEK.length * slotsADay }, () => '');
}

/** These hours (OSM opening_hours) as a grid; undefined when it can't hold them whole. */
export function gridOf(hours: string): TypedGrid | undefined {
	const weekly = weeklyHours(hours);
	// Day and night is a sentence; so is anything by appointment or with a comment.
	if (!weekly || weekly.otherwiseByAppointment || isRoundTheClock(hours)) return undefined;
	if (!weekly.days.every(isPlainDay)) return undefined;
	const grid: TypedGrid = {
		...emptyGrid,
		debut: weekly.days.flatMap((slots) => two(slots, ({ debut }) => debut)),
		fin: weekly.days.flatMap((slots) => two(slots, ({ fin }) => (fin === '24:00' ? '00:00' : fin))),
		fermes: WEEK.filter((weekday) => weekly.days[weekday - 1]?.length === 0)
	};
	const ofHolidays = weekly.exceptions.filter((exception) => isOnly(exception, 'ferie'));
	const ofSchool = weekly.exceptions.filter((exception) => isOnly(exception, 'vacances'));
	if (ofHolidays.length + ofSchool.length < weekly.exceptions.length) return undefined;
	const feriesFerme = ofHolidays.every(isClosed);
	if (!feriesFerme && !areUsual(ofHolidays, weekly.days)) return undefined;
	if (!ofSchool.every(isClosed)) return undefined;
	return { ...grid, feriesFerme, vacancesFerme: ofSchool.length > 0 };
}

function isPlainDay(slots: readonly Slot[]): boolean {
	return (
		slots.length <= slotsADay &&
		slots.every((slot) => !slot.appointment && slot.comment === undefined && slot.debut < slot.fin)
	);
}

function two(slots: readonly Slot[], of: (slot: Slot) => string): string[] {
	return Array.from({ length: slotsADay }, (_, i) => {
		const slot = slots[i];
		return slot ? of(slot) : '';
	});
}

function isOnly({ conditions, ranks, adds }: Exception, kind: 'ferie' | 'vacances'): boolean {
	return conditions.length === 1 && conditions[0]?.kind === kind && ranks.length === 0 && !adds;
}

function isClosed({ slots, weekdays }: Exception): boolean {
	return slots.length === 0 && weekdays.length === 0;
}

/** Whether these holidays have the hours of their day of the week, on every day that is open. */
function areUsual(exceptions: readonly Exception[], days: readonly Slot[][]): boolean {
	return WEEK.every((weekday) => {
		const usual = days[weekday - 1] ?? [];
		const there = exceptions.filter(({ weekdays }) => weekdays.includes(weekday));
		if (usual.length === 0) return there.length === 0;
		return there.length === 1 && JSON.stringify(there[0]?.slots) === JSON.stringify(usual);
	});
}

/** The first day's slots on every day from Tuesday to Friday, which are then open as it is. */
export function mondayUntilFriday(grid: TypedGrid): TypedGrid {
	const copied = (times: readonly string[]) =>
		times.map((time, i) => (i < 5 * slotsADay ? (times[i % slotsADay] ?? '') : time));
	return {
		...grid,
		debut: copied(grid.debut),
		fin: copied(grid.fin),
		fermes: WEEK.filter((weekday) => grid.fermes.includes(weekday < 6 ? 1 : weekday))
	};
}

/** A grid as OSM opening_hours. French sentences by day, `jour-1` for Monday, for what must be corrected. */
export function readGrid(grid: TypedGrid): Checked<string> {
	const errors: FormErrors = {};
	const days = WEEK.map((weekday) => {
		const { slots, error } = readDay(grid, weekday);
		if (error) errors[`jour-${weekday}`] = `${capitalised(weekdayName(weekday))} : ${error}`;
		return slots;
	});
	if (Object.keys(errors).length > 0) return { errors };
	if (days.every((slots) => slots.length === 0))
		return { errors: { 'jour-1': 'Donnez au moins une heure d’ouverture dans la semaine.' } };
	const specials = [...schoolHolidays(grid), ...publicHolidays(grid, days)];
	return {
		output: writeOsm({ days, specials, together: [], closedDays: [], otherwiseByAppointment: false })
	};
}

function readDay(grid: TypedGrid, weekday: Weekday): { slots: DaySlot[]; error?: string } {
	const slots: DaySlot[] = [];
	for (let i = 0; i < slotsADay; i++) {
		const at = (weekday - 1) * slotsADay + i;
		const typed = [grid.debut[at] ?? '', grid.fin[at] ?? ''].map((time) => time.trim());
		const [from = '', to = ''] = typed;
		if (from === '' && to === '') continue;
		if (grid.fermes.includes(weekday))
			return { slots, error: '« fermé » est coché, et il y a des heures : gardez l’un ou l’autre.' };
		if (from === '' || to === '') return { slots, error: 'il manque une heure, de début ou de fin.' };
		const [debut, fin] = [readTime(from), readTime(to)];
		if (debut === undefined || fin === undefined) {
			const wrong = debut === undefined ? from : to;
			return { slots, error: `« ${wrong.slice(0, 20)} » ne se lit pas : écrivez par exemple 8:30.` };
		}
		// Midnight at the end of a day is its last instant.
		const end = fin === '00:00' ? '24:00' : fin;
		if (end <= debut) return { slots, error: 'la fin vient avant le début.' };
		slots.push({ debut, fin: end, appointment: false });
	}
	const [first, second] = slots.sort((one, other) => one.debut.localeCompare(other.debut));
	if (first && second && second.debut <= first.fin)
		return { slots, error: 'les deux créneaux se touchent ou se chevauchent : n’en écrivez qu’un.' };
	return { slots };
}

/** « 8:30 », « 08:30 », « 8h30 », « 8 h » as HH:MM; undefined when it is no time of day. */
function readTime(text: string): string | undefined {
	const [, hours, minutes = '00'] = /^(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?$/i.exec(text) ?? [];
	if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
	return `${hours.padStart(2, '0')}:${minutes}`;
}

const closedOn: Special = { weekdays: [], ranks: [], when: [], feries: false, slots: [], adds: false };

function schoolHolidays({ vacancesFerme }: TypedGrid): Special[] {
	return vacancesFerme ? [{ ...closedOn, when: [{ kind: 'vacances' }] }] : [];
}

/** Closed; or as on the day of the week they fall on, days of the same hours together. */
function publicHolidays({ feriesFerme }: TypedGrid, days: readonly DaySlot[][]): Special[] {
	if (feriesFerme) return [{ ...closedOn, feries: true }];
	const open = WEEK.filter((weekday) => (days[weekday - 1] ?? []).length > 0);
	const groups = Map.groupBy(open, (weekday) => JSON.stringify(days[weekday - 1]));
	return Array.from(groups.values(), (weekdays) => ({
		...closedOn,
		feries: true,
		weekdays,
		slots: days[(weekdays[0] ?? 1) - 1] ?? []
	}));
}
