import {
	addDays,
	dayOf,
	formatEnd,
	formatTime,
	isDate,
	type PlainDate,
	timeOf,
	type Weekday,
	weekdayOf
} from '../dates.ts';
import { checkForm, type Checked, type FormErrors, tidyText } from '../forms.ts';
import { tidyTyped } from '../typography.ts';
import { readWebAddress } from '../web-address.ts';
import { type EventDate, type EventFacts, eventSchema, type EventTime, isTimed } from './event.ts';
import { rankOf, readRepetition, type Repetition, writeRepetition } from './repetition.ts';
import { readTimes } from './times.ts';

/** The fields of an event's form that hold one text. */
export const eventTexts = [
	'titre',
	'jour',
	'heures',
	'jour_fin',
	'lieu',
	'pour_qui',
	'description',
	'theme',
	'organisateur',
	'frais',
	'frais_precisions',
	'adresse',
	'inscription',
	'telephone',
	'courriel',
	'lien',
	'repetition',
	'jusqu_au',
	'dates_plus',
	'dates_moins'
] as const;

/** An event's form as it is typed. */
export type TypedEvent = Record<(typeof eventTexts)[number], string> & {
	/** The other days of a weekly event, 1 to 7. */
	jours: string[];
	communes: string[];
	/** « oui » when ticked. */
	sans_date: string;
	hors_vacances: string;
};

/** How an event may come back, as its form offers it: each from its first date. */
export const repetitionChoices = [
	{ code: '', fr: 'Non, une seule date' },
	{ code: 'semaine', fr: 'Toutes les semaines' },
	{ code: 'quinzaine', fr: 'Une semaine sur deux' },
	{ code: 'rang', fr: 'Tous les mois, le même rang : le 2e mardi, par exemple' },
	{ code: 'dernier', fr: 'Tous les mois, le dernier : le dernier vendredi, par exemple' },
	{ code: 'mois', fr: 'Tous les mois, le même numéro : le 15, par exemple' },
	{ code: 'an', fr: 'Tous les ans, le même jour' },
	{ code: 'dates', fr: 'À d’autres dates, que j’écris' }
] as const;

/** How the form names its fields, for what must be corrected. */
export const eventLabels: Readonly<Partial<Record<string, string>>> = {
	titre: 'Titre',
	jour: 'Jour',
	heures: 'Heures',
	jour_fin: 'Dernier jour',
	lieu: 'Lieu',
	pour_qui: 'Pour qui',
	description: 'Description',
	theme: 'Thème',
	organisateur: 'Organisé par',
	frais: 'Prix',
	frais_precisions: 'Précisions sur le prix',
	adresse: 'Adresse',
	inscription: 'Comment s’inscrire',
	telephone: 'Téléphone',
	courriel: 'Courriel',
	lien: 'Page internet',
	repetition: 'Répétition',
	jusqu_au: 'Jusqu’au',
	dates_plus: 'Dates en plus',
	dates_moins: 'Sauf ces dates',
	communes: 'Communes'
};

/** What an event's form is checked against. */
export interface EventFormContext {
	today: PlainDate;
	/** What is said of it now, whose cancellations stay. */
	before: EventFacts | null;
	/** The communes it may be for, and whether it may be for all. */
	communes: readonly string[];
	maybeEverywhere: boolean;
	themes: readonly string[];
	/** The entries of the directory that may be its place. */
	places: readonly { id: number; nom: string }[];
}

/** How far from today a date may be, in days: beyond, a year was mistyped. */
const farthest = 366 * 2;

/** The words of an event as they are kept: what is typed again stays to the letter. */
function storedWords(facts: EventFacts): string {
	const { titre, description, pour_qui, organisateur, frais_precisions, lieu, adresse, inscription } = facts;
	const all = [titre, description, pour_qui, organisateur, frais_precisions, lieu, adresse, inscription];
	return all.filter((text) => text !== null).join('\n');
}

/** An event's form, checked; French sentences by field for what must be corrected. */
export function checkEvent(typed: TypedEvent, context: EventFormContext): Checked<EventFacts> {
	const { today, before, places } = context;
	const errors: FormErrors = {};
	const times = timesOf(typed, today, errors);
	const debut = times?.debut ?? null;
	const repetition = debut === null ? null : repetitionOf(typed, debut, errors);
	const dates = debut === null ? [] : datesOf(typed, debut, before, errors);
	if (typed.repetition === 'dates' && !dates.some(({ nature }) => nature === 'ajout') && !errors.dates_plus)
		errors.dates_plus = 'Écrivez les autres dates, une par ligne : 15/01/2027.';
	const stored = before === null ? '' : storedWords(before);
	const words = (text: string) => tidyTyped(tidyText(text), stored);
	const line = (text: string) => words(text.replace(/\s+/g, ' '));
	const lieu = line(typed.lieu);
	const place = places.find(({ nom }) => plain(nom) === plain(lieu));
	const telephone = typed.telephone.trim();
	const lien = typed.lien.trim();
	const { output, errors: others } = checkForm(eventSchema, {
		titre: line(typed.titre),
		description: words(typed.description),
		theme: context.themes.includes(typed.theme) ? typed.theme : null,
		pour_qui: words(typed.pour_qui),
		organisateur: words(typed.organisateur),
		frais: typed.frais === '' ? null : typed.frais,
		frais_precisions: words(typed.frais_precisions),
		service_id: lieu === '' ? null : (place?.id ?? null),
		lieu,
		adresse: line(typed.adresse),
		inscription: words(typed.inscription),
		telephone: telephone === '' ? null : telephone,
		courriel: typed.courriel.trim() === '' ? null : typed.courriel.trim(),
		lien: lien === '' ? null : (readWebAddress(lien) ?? lien),
		debut,
		fin: times?.fin ?? null,
		rrule: repetition === null ? null : writeRepetition(repetition),
		hors_vacances: repetition !== null && typed.hors_vacances === 'oui',
		dates,
		annulation: before?.annulation ?? null,
		communes: context.communes.filter((commune) => typed.communes.includes(commune)),
		source: before?.source ?? null
	});
	for (const [field, message] of Object.entries(others ?? {})) {
		const name =
			field === 'debut' ? 'jour' : field === 'fin' ? 'heures' : field === 'dates' ? 'dates_plus' : field;
		errors[name] ??= message;
	}
	if (!context.maybeEverywhere && output?.communes.length === 0)
		errors.communes = 'Choisissez la commune : c’est là que les gens le liront.';
	const inOrder = Object.keys(eventLabels);
	const sorted = Object.entries(errors).sort(([a], [b]) => inOrder.indexOf(a) - inOrder.indexOf(b));
	return sorted.length > 0 || !output ? { errors: Object.fromEntries(sorted) } : { output };
}

const unreadTimes = 'Ces heures ne sont pas comprises : écrivez par exemple 9h30-11h, ou 18h.';

function timesOf(typed: TypedEvent, today: PlainDate, errors: FormErrors) {
	const day = typed.jour.trim();
	if (day === '') {
		if (typed.sans_date !== 'oui')
			errors.jour = 'Choisissez le jour, ou cochez « La date n’est pas encore connue ».';
		if (typed.sans_date !== 'oui' && typed.heures.trim() !== '' && !readTimes(typed.heures))
			errors.heures = unreadTimes;
		return null;
	}
	const wrong = dayError(day, today);
	if (wrong !== undefined) {
		errors.jour = wrong;
		return null;
	}
	const last = typed.jour_fin.trim() || day;
	const wrongEnd =
		last === day
			? undefined
			: (dayError(last, today) ?? (last < day ? 'Le dernier jour vient avant le premier.' : undefined));
	if (wrongEnd !== undefined) {
		errors.jour_fin = wrongEnd;
		return { debut: day, fin: null };
	}
	if (typed.heures.trim() === '') return { debut: day, fin: last === day ? null : last };
	const times = readTimes(typed.heures);
	if (times === undefined) {
		errors.heures = unreadTimes;
		return { debut: day, fin: null };
	}
	const { debut, fin } = times;
	if (fin === null && last > day) {
		errors.heures =
			'Sur plusieurs jours, écrivez l’heure du début et celle de la fin : 18h-17h, ou laissez vide.';
		return { debut: day, fin: null };
	}
	if (fin === null) return { debut: `${day}T${debut}`, fin: null };
	const endDay = last === day && fin < debut ? addDays(day, 1) : last;
	return { debut: `${day}T${debut}`, fin: `${endDay}T${fin}` };
}

function dayError(day: string, today: PlainDate): string | undefined {
	if (!isDate(day)) return 'Cette date n’existe pas : choisissez-la dans le calendrier.';
	const isFar = day < addDays(today, -farthest) || day > addDays(today, farthest);
	return isFar ? 'Cette date est à plus de deux ans d’aujourd’hui : vérifiez l’année.' : undefined;
}

function repetitionOf(typed: TypedEvent, debut: EventTime, errors: FormErrors): Repetition | null {
	const day = dayOf(debut);
	const jusquAu = typed.jusqu_au.trim() === '' ? null : typed.jusqu_au.trim();
	const weekday = weekdayOf(day);
	const days = [...new Set([weekday, ...typed.jours.map(Number)])].filter(
		(one): one is Weekday => Number.isInteger(one) && one >= 1 && one <= 7
	);
	const jours = days.sort((a, b) => a - b);
	const rank = rankOf(day);
	const kinds: Readonly<Record<string, Repetition>> = {
		semaine: { rythme: 'semaine', intervalle: 1, jours, jusquAu },
		quinzaine: { rythme: 'semaine', intervalle: 2, jours, jusquAu },
		rang: { rythme: 'rang', rang: rank > 4 ? -1 : (rank as 1 | 2 | 3 | 4), jour: weekday, jusquAu },
		dernier: { rythme: 'rang', rang: -1, jour: weekday, jusquAu },
		mois: { rythme: 'mois', jusquAu },
		an: { rythme: 'an', jusquAu }
	};
	if (typed.repetition === '' || typed.repetition === 'dates') return null;
	const repetition = Object.hasOwn(kinds, typed.repetition) ? kinds[typed.repetition] : undefined;
	if (repetition === undefined) {
		errors.repetition = 'Choisissez dans la liste.';
		return null;
	}
	if (typed.repetition === 'dernier' && addDays(day, 7).slice(0, 7) === day.slice(0, 7))
		errors.repetition =
			'La première date n’est pas le dernier jour de ce nom dans son mois : changez l’une ou l’autre.';
	if (jusquAu !== null && !isDate(jusquAu))
		errors.jusqu_au = 'Cette date n’existe pas : choisissez-la dans le calendrier.';
	else if (jusquAu !== null && jusquAu < day) errors.jusqu_au = 'La fin vient avant la première date.';
	return errors.jusqu_au === undefined ? repetition : { ...repetition, jusquAu: null };
}

/** The dates that don't follow the repetition: those typed, and those cancelled before. */
function datesOf(
	typed: TypedEvent,
	debut: EventTime,
	before: EventFacts | null,
	errors: FormErrors
): EventDate[] {
	const at = (day: PlainDate) => (isTimed(debut) ? `${day}T${timeOf(debut)}` : day);
	const read = (field: 'dates_plus' | 'dates_moins', nature: EventDate['nature']) => {
		const found: EventDate[] = [];
		for (const line of typed[field]
			.split(/[\n,;]+/)
			.map((words) => words.trim())
			.filter(Boolean)) {
			const day = readDay(line);
			if (day === undefined)
				errors[field] ??= `« ${line.slice(0, 40)} » n’est pas une date : écrivez 15/01/2027, une par ligne.`;
			else if (!found.some((date) => date.debut === at(day))) found.push({ debut: at(day), nature, mot: '' });
		}
		return found;
	};
	// A cancelled date whose hour changes stays cancelled.
	const cancelled = (before?.dates ?? [])
		.filter(({ nature }) => nature === 'annulation')
		.map((date) => ({ ...date, debut: at(dayOf(date.debut)) }));
	const more = read('dates_plus', 'ajout').filter((date) => date.debut !== debut);
	return [...more, ...read('dates_moins', 'retrait'), ...cancelled];
}

/** « 15/01/2027 », « 15.1.27 », « 2027-01-15 »; undefined for anything else. */
function readDay(words: string): PlainDate | undefined {
	const [, d = '', m = '', y = ''] = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d\d)$/.exec(words) ?? [];
	const day =
		d === '' ? words : `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
	return isDate(day) ? day : undefined;
}

function plain(name: string): string {
	return name.trim().toLocaleLowerCase('fr').replaceAll('’', "'");
}

/** An empty form, for these communes. */
export function blankEvent(communes: readonly string[]): TypedEvent {
	const texts = Object.fromEntries(eventTexts.map((name) => [name, ''])) as Record<
		(typeof eventTexts)[number],
		string
	>;
	return { ...texts, jours: [], communes: [...communes], sans_date: '', hors_vacances: '' };
}

/** The form of what is said of an event. `place`: the name of its place's entry, if it has one. */
export function typedEvent(facts: EventFacts, place: string | null): TypedEvent {
	const { debut, fin } = facts;
	const repetition =
		facts.rrule === null || debut === null ? undefined : readRepetition(facts.rrule, dayOf(debut));
	const listed = (nature: EventDate['nature']) =>
		facts.dates
			.filter((date) => date.nature === nature)
			.map((date) => dayOf(date.debut).split('-').reverse().join('/'))
			.join('\n');
	return {
		...blankEvent(facts.communes),
		titre: facts.titre,
		description: facts.description,
		theme: facts.theme ?? '',
		pour_qui: facts.pour_qui ?? '',
		organisateur: facts.organisateur ?? '',
		frais: facts.frais ?? '',
		frais_precisions: facts.frais_precisions ?? '',
		lieu: place ?? facts.lieu ?? '',
		adresse: facts.adresse ?? '',
		inscription: facts.inscription ?? '',
		telephone: facts.telephone ?? '',
		courriel: facts.courriel ?? '',
		lien: facts.lien ?? '',
		jour: debut === null ? '' : dayOf(debut),
		heures: typedTimes(debut, fin),
		jour_fin: typedLastDay(debut, fin),
		sans_date: debut === null ? 'oui' : '',
		repetition: choiceOf(repetition, facts),
		jours: repetition?.rythme === 'semaine' ? repetition.jours.map(String) : [],
		jusqu_au: repetition?.jusquAu ?? '',
		hors_vacances: facts.hors_vacances ? 'oui' : '',
		dates_plus: listed('ajout'),
		dates_moins: listed('retrait')
	};
}

function typedTimes(debut: EventTime | null, fin: EventTime | null): string {
	if (debut === null || !isTimed(debut)) return '';
	return fin === null ? formatTime(debut) : `${formatTime(debut)} – ${formatEnd(fin)}`;
}

function typedLastDay(debut: EventTime | null, fin: EventTime | null): string {
	if (debut === null || fin === null || dayOf(fin) === dayOf(debut)) return '';
	const isNextMorning =
		isTimed(fin) && dayOf(fin) === addDays(dayOf(debut), 1) && timeOf(fin) < timeOf(debut);
	return isNextMorning ? '' : dayOf(fin);
}

function choiceOf(repetition: Repetition | undefined, { dates }: EventFacts): string {
	if (repetition === undefined) return dates.some(({ nature }) => nature === 'ajout') ? 'dates' : '';
	if (repetition.rythme === 'semaine') return repetition.intervalle === 1 ? 'semaine' : 'quinzaine';
	if (repetition.rythme === 'rang') return repetition.rang === -1 ? 'dernier' : 'rang';
	return repetition.rythme;
}

/**
 * Brings two forms of one event together, both begun from `before`: what only one person changed is as that person
 * wants it; where both did, `mine` stays.
 */
export function mergeTyped(before: TypedEvent, mine: TypedEvent, theirs: TypedEvent): TypedEvent {
	const isMine = (name: keyof TypedEvent) => String(mine[name]) !== String(before[name]);
	const names = Object.keys(mine) as (keyof TypedEvent)[];
	return Object.fromEntries(
		names.map((name) => [name, isMine(name) ? mine[name] : theirs[name]])
	) as TypedEvent;
}
