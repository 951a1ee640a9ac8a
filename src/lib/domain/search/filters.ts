import { addDays, dateOf, type PlainDate, type Weekday, weekdayOf } from '../dates.ts';
import { openingOf, type Reading } from '../fiche.ts';
import { closureOn } from '../hours/calendar.ts';
import { slotsOfDay } from '../hours/days.ts';
import type { Service } from '../service.ts';
import { isTelling, wordsOf } from './words.ts';

/** What is chosen beside the words of a search. */
export interface Filters {
	/** In whole months. */
	age: number | null;
	ouvert: boolean;
	gratuit: boolean;
	/** Without an appointment, or with or without. */
	sansRendezVous: boolean;
	fauteuil: boolean;
	/** The slug of a theme. */
	theme: string | null;
}

/** The oldest age asked, in years. */
export const oldest = 120;

/** The filters as an address keeps them: what it holds that means nothing is left aside. */
export function readFilters(query: URLSearchParams): Filters {
	const years = query.get('age') ?? '';
	return {
		age: /^\d{1,3}$/.test(years) && Number(years) <= oldest ? Number(years) * 12 : null,
		ouvert: query.get('ouvert') === 'oui',
		gratuit: query.get('gratuit') === 'oui',
		sansRendezVous: query.get('rendez_vous') === 'sans',
		fauteuil: query.get('fauteuil') === 'oui',
		theme: query.get('theme') || null
	};
}

/** The same as an address keeps them; '' when nothing is chosen. */
export function writeFilters({ age, ouvert, gratuit, sansRendezVous, fauteuil, theme }: Filters): string {
	return new URLSearchParams({
		...(age !== null && { age: String(Math.floor(age / 12)) }),
		...(ouvert && { ouvert: 'oui' }),
		...(gratuit && { gratuit: 'oui' }),
		...(sansRendezVous && { rendez_vous: 'sans' }),
		...(fauteuil && { fauteuil: 'oui' }),
		...(theme !== null && { theme })
	}).toString();
}

/** Whether anything is chosen. */
export function isFiltered(filters: Filters): boolean {
	return writeFilters(filters) !== '';
}

/** Whether an entry fits what is chosen, as read there and then; its theme is looked at elsewhere. */
export function fits(service: Service, filters: Filters, reading: Reading): boolean {
	return (
		(filters.age === null || ageFit(service, filters.age) > 0) &&
		(!filters.ouvert || openingOf(service, reading)?.state === 'open') &&
		(!filters.gratuit || service.frais === 'gratuit') &&
		(!filters.sansRendezVous || service.rendez_vous === 'sans' || service.rendez_vous === 'avec-ou-sans') &&
		(!filters.fauteuil || service.acces_fauteuil === 'oui')
	);
}

/** How an entry suits an age in months: 2 when it is said to be for that age, 1 when it says no age, 0 when it isn't for it. */
export function ageFit(
	{ age_min_mois: min, age_max_mois: max }: Pick<Service, 'age_min_mois' | 'age_max_mois'>,
	age: number
): 0 | 1 | 2 {
	if (min === null && max === null) return 1;
	// Someone « 3 ans » is so until the day before turning four.
	return (min === null || min < age + 12) && (max === null || max >= age) ? 2 : 0;
}

/** What a question says beside what it looks for: an age in months, when it must be open. */
export interface Said {
	age: number | null;
	opening: 'now' | { weekday: Weekday } | 'today' | 'tomorrow' | null;
	/** The question without what says when it must be open; '' when nothing else is looked for. */
	rest: string;
}

const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const open =
	/(?<![\p{L}\p{N}])(?:est |sont )?(?:ouvert|ouverte|ouverts|ouvertes|ouvre|ouvrent)(?![\p{L}\p{N}])/iu;
const when =
	/(?<![\p{L}\p{N}])(?:le |ce |les )?(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|maintenant|demain|aujourd.?hui)s?(?: (?:matin|midi|soir|après-midi|apres-midi))?(?![\p{L}\p{N}])/iu;

/** What a question says of an age and of a day: « nounou pour un enfant de 3 ans », « pharmacie ouverte dimanche ». */
export function readSaid(q: string): Said {
	const [, number, unit] = /(?<![\p{L}\p{N}])(\d{1,3})\s?(ans?|mois)(?![\p{L}\p{N}])/iu.exec(q) ?? [];
	const age = number === undefined ? null : Number(number) * (unit?.toLowerCase() === 'mois' ? 1 : 12);
	const [, word] = open.test(q) ? (when.exec(q) ?? []) : [];
	if (word === undefined) return { age, opening: null, rest: q };
	const day = days.indexOf(word.toLowerCase()) + 1;
	const rest = q.replace(open, ' ').replace(when, ' ').replace(/\s+/g, ' ').trim();
	return {
		age,
		opening:
			day > 0
				? { weekday: day as Weekday }
				: /^maintenant$/i.test(word)
					? 'now'
					: /^demain$/i.test(word)
						? 'tomorrow'
						: 'today',
		rest: wordsOf(rest).some(isTelling) ? rest : ''
	};
}

/** Whether an entry is open when the question says. */
export function isOpenThen(
	service: Service,
	opening: NonNullable<Said['opening']>,
	reading: Reading
): boolean {
	if (opening === 'now') return openingOf(service, reading)?.state === 'open';
	if (service.horaires_accueil === null) return false;
	const day = dayMeant(opening, dateOf(reading.at));
	const calendar = {
		...reading.calendar,
		closures: service.closures.map(({ debut, fin }) => ({ debut, fin }))
	};
	if (closureOn(day, calendar)) return false;
	return (
		slotsOfDay(service.horaires_accueil, day, calendar)?.some(({ appointment }) => !appointment) ?? false
	);
}

function dayMeant(opening: Exclude<NonNullable<Said['opening']>, 'now'>, today: PlainDate): PlainDate {
	if (opening === 'today') return today;
	if (opening === 'tomorrow') return addDays(today, 1);
	return addDays(today, (opening.weekday - weekdayOf(today) + 7) % 7);
}
