import type { Weekday } from '../../dates.ts';
import type { Days } from './atoms.ts';
import { clockWords, slotsWords, slotWords } from './clock-words.ts';
import { together, weekdaysOf } from './days.ts';
import { mergeLines, PLAIN, sortHours } from './lines.ts';
import { WEEK, withoutHalf, withoutSpan, type Line, type Schedule, type Special } from './schedule.ts';
import { placeSpecials, settleTerm, withSameHours } from './specials.ts';
import type { Closing, Statements } from './statements.ts';
import { dayName } from './words.ts';

const EVERY_DAY: Days = { ...PLAIN, weekdays: [] };

/** Hours by day, out of what a text said; contradictions are added to its problems. */
export function scheduleOf(said: Statements): Schedule {
	const { lines, specials } = sortHours(said);
	const days = WEEK.map((weekday) =>
		mergeLines(
			lines.filter((line) => line.weekday === weekday),
			said
		)
	);
	for (const { when, words } of [...said.hours, ...said.closings])
		if (new Set(when.map(({ kind }) => kind)).size < when.length)
			said.problems.push({ fragment: words, sentence: 'deux périodes sont données : dites laquelle compte' });
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

function applyUntil(
	schedule: Schedule,
	{ days, time, words }: Statements['untils'][number],
	said: Statements
): void {
	for (const weekday of days.flatMap(({ weekdays }) => weekdays)) {
		const last = schedule.days[weekday - 1]?.at(-1);
		if (!last || last.debut >= time || days.some(({ ranks }) => ranks.length > 0)) {
			said.problems.push({
				fragment: words,
				sentence: 'dites aussi à quelle heure cela commence : « 14h-18h »'
			});
			return;
		}
		said.assumptions.push(
			`${dayName(weekday)} : ${clockWords(last.debut)}-${clockWords(time)} au lieu de ${slotWords(last)}`
		);
		schedule.days[weekday - 1] = [...(schedule.days[weekday - 1] ?? []).slice(0, -1), { ...last, fin: time }];
	}
}

function applyClosing(schedule: Schedule, closing: Closing, lines: readonly Line[], said: Statements): void {
	const { half, span, when, words } = closing;
	const problem = (sentence: string) => said.problems.push({ fragment: words, sentence });
	if (when.some(({ kind }) => kind === 'scolaire')) {
		problem('dites plutôt les heures des vacances scolaires');
		return;
	}
	for (const { weekdays, ranks, feries, falling } of closing.days ? together(closing.days) : [EVERY_DAY]) {
		const isPart = half !== undefined || span !== undefined;
		if (feries || falling) {
			if (isPart) problem('un jour férié se ferme en entier');
			schedule.specials.push({
				weekdays: falling ? weekdays : [],
				ranks: [],
				when,
				feries: true,
				slots: [],
				adds: false
			});
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
				problem(`${dayName(weekday)} est ouvert sans pause : dites à quelles heures il l’est encore`);
				return;
			}
			const isNamed = lines.some((line) => line.weekday === weekday && line.days.isNamed);
			if (isParticular) {
				if (slots.length > 0 && left.length !== slots.length)
					trimmed.push({ weekdays: [weekday], ranks, when, feries: false, slots: left, adds: false });
				continue;
			}
			if (isNamed && !span && left.length !== slots.length)
				problem(`${dayName(weekday)} est dit ouvert et fermé : corrigez l’un des deux`);
			const gone = slots.filter((slot) => !left.includes(slot));
			if (isPart && gone.length > 0)
				said.assumptions.push(
					`${dayName(weekday)} : ${left.length > 0 ? slotsWords(left) : 'fermé'} au lieu de ${slotsWords(slots)}`
				);
			schedule.days[weekday - 1] = left;
			if (!isPart && !closing.isException) schedule.closedDays.push(weekday);
		}
		schedule.specials.push(...withSameHours(trimmed));
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
	const holidays = withSameHours(open.map(special));
	const [first] = holidays;
	if (first && holidays.length === 1 && first.weekdays.length === 7) first.weekdays = [];
	schedule.specials.push(...holidays);
}
