import type { Weekday } from '../../dates.ts';
import type { Days } from './atoms.ts';
import { weekdaysOf } from './days.ts';
import {
	anyOverlap,
	areExclusive,
	clash,
	inOrder,
	slotOf,
	WEEK,
	withoutHalf,
	withoutSpan,
	type DaySlot,
	type Line,
	type Schedule,
	type Special
} from './schedule.ts';
import type { Closing, Hours, Statements } from './statements.ts';
import { dayName } from './words.ts';

const PLAIN: Days = { weekdays: [...WEEK], feries: false, ranks: [], isNamed: false };

/** Hours by day, out of what a text said; contradictions are added to its problems. */
export function scheduleOf(said: Statements): Schedule {
	const { lines, specials } = sortHours(said);
	const days = WEEK.map((weekday) =>
		mergeLines(
			lines.filter((line) => line.weekday === weekday),
			said
		)
	);
	const schedule: Schedule = {
		days,
		specials: placeSpecials(specials, days, lines, said),
		together: said.hours.map(({ days: some }) => weekdaysOf(some)),
		closedDays: [],
		otherwiseByAppointment: said.otherwiseByAppointment
	};
	for (const until of said.untils) applyUntil(schedule, until, said);
	settleTerm(schedule, said);
	for (const closing of said.closings) applyClosing(schedule, closing, lines, said);
	if (said.withPublicHolidays) openOnPublicHolidays(schedule, said);
	return schedule;
}

/** The hours of ordinary weekdays, and those of particular days. */
function sortHours(said: Statements): { lines: Line[]; specials: Special[] } {
	const lines: Line[] = [];
	const specials: Special[] = [];
	for (const hours of said.hours) {
		const targets = hours.days.length > 0 ? hours.days : isWholeDay(hours) ? [PLAIN] : [];
		if (targets.length === 0) said.problems.push({ fragment: hours.words, sentence: 'quels jours ?' });
		for (const days of targets) {
			const isPlain = !days.feries && !days.falling && days.ranks.length === 0 && hours.when.length === 0;
			if (!isPlain) addSpecial(specials, hours, days, said);
			else for (const weekday of days.weekdays) addLine(lines, weekday, days, hours);
		}
	}
	return { lines, specials };
}

function isWholeDay({ span }: Hours): boolean {
	return span.debut === '00:00' && span.fin === '24:00';
}

function addLine(lines: Line[], weekday: Weekday, days: Days, hours: Hours): void {
	const key = JSON.stringify(days);
	const { adds, replaces, words } = hours;
	const line = lines.find(
		(one) => one.weekday === weekday && JSON.stringify(one.days) === key && one.adds === adds && one.replaces === replaces
	);
	if (line) {
		line.slots.push(slotOf(hours));
		line.words = `${line.words}, ${words}`;
	} else lines.push({ weekday, days, slots: [slotOf(hours)], adds, replaces, words });
}

function addSpecial(specials: Special[], hours: Hours, days: Days, said: Statements): void {
	const feries = days.feries || days.falling === true;
	const { weekdays, ranks } = days;
	const special: Special = { weekdays, ranks, when: hours.when, feries, slots: [slotOf(hours)], adds: hours.adds };
	const same = specials.find((one) => keyOf(one) === keyOf(special));
	if (!same) specials.push(special);
	else same.slots = inOrder([...same.slots, ...special.slots]);
	const clashing = clash((same ?? special).slots);
	if (clashing) said.problems.push({ fragment: hours.words, sentence: clashWords(clashing) });
}

function keyOf({ weekdays, ranks, when, feries }: Special): string {
	return JSON.stringify([weekdays, ranks, when, feries]);
}

function clashWords([one, other]: [DaySlot, DaySlot]): string {
	return `${slotWords(one)} et ${slotWords(other)} se chevauchent : corrigez l’un des deux`;
}

function slotWords({ debut, fin }: DaySlot): string {
	return `${clockWords(debut)}-${clockWords(fin)}`;
}

function clockWords(clock: string): string {
	const [hour, minute] = clock.split(':');
	return `${Number(hour)}h${minute === '00' ? '' : (minute ?? '')}`;
}

/** One day's hours, from the widest « du lundi au vendredi » to what names this day. */
function mergeLines(lines: readonly Line[], said: Statements): DaySlot[] {
	const ordered = [...lines].sort((one, other) => rankOf(other) - rankOf(one));
	let slots: DaySlot[] = [];
	let last: Line | undefined;
	for (const line of ordered) {
		const day = dayName(line.weekday);
		const own = inOrder(line.slots);
		const clashing = clash(own);
		if (clashing) said.problems.push({ fragment: line.words, sentence: `${day} : ${clashWords(clashing)}` });
		if (!last || line.replaces) slots = own;
		else if (!anyOverlap(slots, own)) {
			if (!line.adds && !last.days.isNamed)
				said.assumptions.push(`${day} : ${own.map(slotWords).join(', ')} s’ajoute à ${slots.map(slotWords).join(', ')}`);
			slots = inOrder([...slots, ...own]);
		} else if (rankOf(line) < rankOf(last) && !line.adds) {
			said.assumptions.push(`${day} : ${own.map(slotWords).join(', ')} remplace ${slots.map(slotWords).join(', ')}`);
			slots = own;
		} else if (own.every((slot) => slots.some((other) => JSON.stringify(other) === JSON.stringify(slot)))) continue;
		else
			said.problems.push({
				fragment: line.words,
				sentence: `${day} a deux fois des heures, qui ne vont pas ensemble : ${slots.map(slotWords).join(', ')} et ${own.map(slotWords).join(', ')}`
			});
		last = line;
	}
	return slots;
}

/** How wide a line is: what names a day counts more than what takes it in. */
function rankOf({ days, replaces }: Line): number {
	return replaces ? 0 : days.isNamed ? 1 : days.weekdays.length;
}

/** Particular hours beside the ordinary ones: on top of them, or in their place. */
function placeSpecials(specials: Special[], days: readonly DaySlot[][], lines: readonly Line[], said: Statements): Special[] {
	for (const [index, special] of specials.entries()) {
		const { weekdays, when, feries } = special;
		const ordinary = (weekdays.length > 0 ? weekdays : WEEK).flatMap((weekday) => days[weekday - 1] ?? []);
		const doubtful = specials
			.slice(0, index)
			.find((other) => sharesDay(special, other) && other.feries === feries && !areExclusive(special, other));
		if (doubtful)
			said.problems.push({
				fragment: special.slots.map(slotWords).join(', '),
				sentence: 'ces heures et d’autres peuvent tomber le même jour : dites lesquelles comptent'
			});
		const isInstead = feries || when.some(({ kind }) => kind === 'periodes' || kind === 'vacances');
		const isSameLine = lines.some((line) => JSON.stringify(line.days.weekdays) === JSON.stringify(weekdays));
		if (ordinary.length === 0) special.adds = false;
		else if (!isInstead && !special.adds) {
			special.adds = !anyOverlap(ordinary, special.slots);
			if (!isSameLine || !special.adds)
				said.assumptions.push(
					`${special.slots.map(slotWords).join(', ')} ${special.adds ? 's’ajoute aux' : 'remplace les'} heures ordinaires de ces jours-là`
				);
		}
		if (special.adds && anyOverlap(ordinary, special.slots))
			said.problems.push({
				fragment: special.slots.map(slotWords).join(', '),
				sentence: 'ces heures en recouvrent d’autres du même jour'
			});
	}
	return specials;
}

function sharesDay(one: Special, other: Special): boolean {
	return one.weekdays.length === 0 || other.weekdays.length === 0 || one.weekdays.some((day) => other.weekdays.includes(day));
}

function applyUntil(schedule: Schedule, { days, time, words }: Statements['untils'][number], said: Statements): void {
	for (const weekday of days.flatMap(({ weekdays }) => weekdays)) {
		const last = schedule.days[weekday - 1]?.at(-1);
		if (!last || last.debut >= time || days.some(({ ranks }) => ranks.length > 0)) {
			said.problems.push({ fragment: words, sentence: 'dites aussi à quelle heure cela commence : « 14h-18h »' });
			return;
		}
		said.assumptions.push(`${dayName(weekday)} : ${clockWords(last.debut)}-${clockWords(time)} au lieu de ${slotWords(last)}`);
		schedule.days[weekday - 1] = [...(schedule.days[weekday - 1] ?? []).slice(0, -1), { ...last, fin: time }];
	}
}

/** « Hors vacances scolaires »: ordinary hours, and in the holidays what they are without these. */
function settleTerm(schedule: Schedule, said: Statements): void {
	const term = schedule.specials.filter(({ when }) => when.some(({ kind }) => kind === 'scolaire'));
	const isTold = (weekday: Weekday) =>
		schedule.specials.some(
			({ when, weekdays }) => when.length === 1 && when[0]?.kind === 'vacances' && (weekdays.length === 0 || weekdays.includes(weekday))
		);
	const holidays: Special[] = [];
	for (const special of term) {
		special.when = special.when.filter(({ kind }) => kind !== 'scolaire');
		const isPlain = special.when.length === 0 && special.ranks.length === 0 && !special.feries;
		for (const weekday of special.weekdays.length > 0 ? special.weekdays : WEEK) {
			const ordinary = schedule.days[weekday - 1] ?? [];
			if (!isPlain && ordinary.length > 0)
				said.problems.push({
					fragment: special.slots.map(slotWords).join(', '),
					sentence: 'trop de conditions pour ces heures : écrivez-les en deux phrases'
				});
			if (!isTold(weekday) && !holidays.some(({ weekdays }) => weekdays.includes(weekday)))
				holidays.push({ weekdays: [weekday], ranks: [], when: [{ kind: 'vacances' }], feries: false, slots: ordinary, adds: false });
			if (isPlain) schedule.days[weekday - 1] = inOrder([...(special.adds ? ordinary : []), ...special.slots, ...(special.adds ? [] : ordinary.filter((slot) => !anyOverlap([slot], special.slots)))]);
		}
	}
	const kept = schedule.specials.filter((special) => !term.includes(special) || special.when.length > 0 || special.ranks.length > 0 || special.feries);
	schedule.specials = [...kept, ...together(holidays)];
}

/** Particular days with the same hours as one. */
function together(specials: readonly Special[]): Special[] {
	return specials.reduce<Special[]>((before, special) => {
		const same = before.find(({ slots }) => JSON.stringify(slots) === JSON.stringify(special.slots));
		if (!same) return [...before, { ...special }];
		same.weekdays = [...same.weekdays, ...special.weekdays].sort((one, other) => one - other);
		return before;
	}, []);
}

function applyClosing(schedule: Schedule, closing: Closing, lines: readonly Line[], said: Statements): void {
	const { half, span, when, words } = closing;
	const problem = (sentence: string) => said.problems.push({ fragment: words, sentence });
	if (when.some(({ kind }) => kind === 'scolaire')) {
		problem('dites plutôt les heures des vacances scolaires');
		return;
	}
	for (const { weekdays, ranks, feries, falling } of closing.days ?? [{ ...PLAIN, weekdays: [] }]) {
		const isPart = half !== undefined || span !== undefined;
		if (feries || falling) {
			if (isPart) problem('un jour férié se ferme en entier');
			schedule.specials.push({ weekdays: falling ? weekdays : [], ranks: [], when, feries: true, slots: [], adds: false });
			continue;
		}
		const isParticular = ranks.length > 0 || when.length > 0;
		if (isParticular && !isPart) {
			schedule.specials.push({ weekdays, ranks, when, feries: false, slots: [], adds: false });
			continue;
		}
		const trimmed: Special[] = [];
		for (const weekday of weekdays.length > 0 ? weekdays : WEEK) {
			const slots = schedule.days[weekday - 1] ?? [];
			const left = half ? withoutHalf(slots, half) : span ? withoutSpan(slots, span) : [];
			if (!left) {
				problem(`${dayName(weekday)} est ouvert sans pause : dites à quelles heures il l’est encore`);
				return;
			}
			const isNamed = lines.some((line) => line.weekday === weekday && line.days.isNamed);
			if (isParticular) {
				if (slots.length > 0 && left.length !== slots.length) trimmed.push({ weekdays: [weekday], ranks, when, feries: false, slots: left, adds: false });
				continue;
			}
			if (isNamed && !span && left.length !== slots.length)
				problem(`${dayName(weekday)} est dit ouvert et fermé : corrigez l’un des deux`);
			const gone = slots.filter((slot) => !left.includes(slot));
			if (half && gone.length > 0) said.assumptions.push(`${dayName(weekday)} : sans ${gone.map(slotWords).join(', ')}`);
			schedule.days[weekday - 1] = left;
			if (!isPart) schedule.closedDays.push(weekday);
		}
		schedule.specials.push(...together(trimmed));
	}
}

/** « y compris les jours fériés »: they are days like others. */
function openOnPublicHolidays(schedule: Schedule, said: Statements): void {
	const isOrdinary = schedule.days.some((slots) => slots.length > 0);
	if (!isOrdinary || schedule.specials.some(({ feries, ranks }) => feries || ranks.length > 0))
		said.problems.push({ fragment: '', sentence: 'dites à quelles heures c’est ouvert les jours fériés' });
	const open = WEEK.filter((weekday) => (schedule.days[weekday - 1] ?? []).length > 0);
	const special = (weekday: Weekday): Special => ({
		weekdays: [weekday],
		ranks: [],
		when: [],
		feries: true,
		slots: schedule.days[weekday - 1] ?? [],
		adds: false
	});
	const holidays = together(open.map(special));
	const [first] = holidays;
	if (first && holidays.length === 1 && first.weekdays.length === 7) first.weekdays = [];
	schedule.specials.push(...holidays);
}
