import type { Weekday } from '../../dates.ts';
import { slotsWords } from './clock-words.ts';
import {
	anyOverlap,
	areExclusive,
	inOrder,
	WEEK,
	type DaySlot,
	type Line,
	type Schedule,
	type Special
} from './schedule.ts';
import type { Statements } from './statements.ts';

/** Particular hours beside the ordinary ones: on top of them, or in their place. */
export function placeSpecials(
	specials: Special[],
	days: readonly DaySlot[][],
	lines: readonly Line[],
	said: Statements
): Special[] {
	for (const [index, special] of specials.entries()) {
		const { weekdays, when, feries } = special;
		const ordinary = (weekdays.length > 0 ? weekdays : WEEK).flatMap((weekday) => days[weekday - 1] ?? []);
		const doubtful = specials
			.slice(0, index)
			.find((other) => sharesDay(special, other) && other.feries === feries && !areExclusive(special, other));
		if (doubtful)
			said.problems.push({
				fragment: slotsWords(special.slots),
				sentence: 'ces heures et d’autres peuvent tomber le même jour : dites lesquelles comptent'
			});
		const isInstead = feries || when.some(({ kind }) => kind === 'periodes' || kind === 'vacances');
		const isSameLine = lines.some((line) => JSON.stringify(line.days.weekdays) === JSON.stringify(weekdays));
		if (ordinary.length === 0) special.adds = false;
		else if (!isInstead && !special.adds) {
			special.adds = !anyOverlap(ordinary, special.slots);
			if (!isSameLine || !special.adds)
				said.assumptions.push(
					`${slotsWords(special.slots)} ${special.adds ? 's’ajoute aux' : 'remplace les'} heures ordinaires de ces jours-là`
				);
		}
		if (special.adds && anyOverlap(ordinary, special.slots))
			said.problems.push({
				fragment: slotsWords(special.slots),
				sentence: 'ces heures en recouvrent d’autres du même jour'
			});
	}
	return specials;
}

function sharesDay(one: Special, other: Special): boolean {
	return (
		one.weekdays.length === 0 ||
		other.weekdays.length === 0 ||
		one.weekdays.some((day) => other.weekdays.includes(day))
	);
}

/** « Hors vacances scolaires »: ordinary hours, and in the holidays what they are without these. */
export function settleTerm(schedule: Schedule, said: Statements): void {
	const term = schedule.specials.filter(({ when }) => when.some(({ kind }) => kind === 'scolaire'));
	const isTold = (weekday: Weekday) =>
		schedule.specials.some(
			({ when, weekdays }) =>
				when.length === 1 &&
				when[0]?.kind === 'vacances' &&
				(weekdays.length === 0 || weekdays.includes(weekday))
		);
	const holidays: Special[] = [];
	for (const special of term) {
		special.when = special.when.filter(({ kind }) => kind !== 'scolaire');
		const isPlain = special.when.length === 0 && special.ranks.length === 0 && !special.feries;
		for (const weekday of special.weekdays.length > 0 ? special.weekdays : WEEK) {
			const ordinary = schedule.days[weekday - 1] ?? [];
			if (!isPlain && ordinary.length > 0)
				said.problems.push({
					fragment: slotsWords(special.slots),
					sentence: 'trop de conditions pour ces heures : écrivez-les en deux phrases'
				});
			if (!isTold(weekday) && !holidays.some(({ weekdays }) => weekdays.includes(weekday)))
				holidays.push({
					weekdays: [weekday],
					ranks: [],
					when: [{ kind: 'vacances' }],
					feries: false,
					slots: ordinary,
					adds: false
				});
			if (isPlain)
				schedule.days[weekday - 1] = inOrder([
					...(special.adds ? ordinary : []),
					...special.slots,
					...(special.adds ? [] : ordinary.filter((slot) => !anyOverlap([slot], special.slots)))
				]);
		}
	}
	const kept = schedule.specials.filter(
		(special) =>
			!term.includes(special) || special.when.length > 0 || special.ranks.length > 0 || special.feries
	);
	schedule.specials = [...kept, ...withSameHours(holidays)];
}

/** Particular days with the same hours as one. */
export function withSameHours(specials: readonly Special[]): Special[] {
	return specials.reduce<Special[]>((before, special) => {
		const same = before.find(({ slots }) => JSON.stringify(slots) === JSON.stringify(special.slots));
		if (!same) return [...before, { ...special }];
		same.weekdays = [...same.weekdays, ...special.weekdays].sort((one, other) => one - other);
		return before;
	}, []);
}
