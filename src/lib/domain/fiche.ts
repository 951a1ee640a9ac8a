import { m } from '#lib/paraglide/messages.js';
import { agePhrase } from './ages.ts';
import { dateOf, formatPeriod } from './dates.ts';
import { shortMessage } from './editing/announcements.ts';
import { type Calendar, closureOn } from './hours/calendar.ts';
import { canReadHours } from './hours/days.ts';
import { openingAt, type Opening } from './hours/opening.ts';
import { openingPhrase } from './hours/phrases.ts';
import { hoursTable, type HoursTable } from './hours/table.ts';
import { weeklyHours } from './hours/weekly-hours.ts';
import { weeklySentence } from './hours/weekly.ts';
import { inFrench, readsFrench } from './language.ts';
import { pathToService } from './paths.ts';
import { type Call, callOf, callTo } from './phone.ts';
import { isIncomplete, type Service } from './service.ts';
import { labelOf } from './vocabulary.ts';

/** How an entry stands on the thread of a page: the mark drawn beside it, always written out too. */
export type Mark = 'open' | 'closed' | 'plain' | 'incomplete' | 'project';

/** An entry in the six facts of a list, in the reader's language. */
export interface Fiche {
	slug: string;
	nom: string;
	chemin: string;
	/** Whether it is the commune's own, or bears the commune's own words. */
	propre: boolean;
	urgence: boolean;
	mark: Mark;
	/** The state in words: the first ones stand out. */
	etat: { mot: string; suite: string } | null;
	/** What is said of it these days, in a few words. */
	message: string | null;
	/** The hours in full, for paper. */
	horaires: string | null;
	resume: string | null;
	facts: { picto: 'age' | 'euro' | 'lieu' | 'date' | 'fauteuil' | 'lien'; texte: string }[];
	appel: Call | null;
	/**
	 * What is composed above, in French, for whoever receives the person: the state, the hours for paper, and the facts
	 * that French says otherwise; null for who reads French.
	 */
	francais: FicheInFrench | null;
	/** Whom to call for an entry that has no number of its own, and how that is said. */
	enAttendant: { nom: string; invitation: string; chemin: string; appel: Call } | null;
	/** The instant (epoch milliseconds) when `etat` stops being true. */
	changes: number | undefined;
}

/** What the line under an entry says again in French; '' where there is nothing to say. */
export interface FicheInFrench {
	etat: string;
	horaires: string;
	faits: string;
}

/** When and where an entry is read. */
export interface Reading {
	/** The commune's slug, or `territoire`. */
	scope: string;
	/** Epoch milliseconds. */
	at: number;
	/** The territory's school holidays and place; the closures are the entry's. */
	calendar: Omit<Calendar, 'closures'>;
}

/** The six facts of an entry as read there and then. */
export function ficheOf(service: Service, reading: Reading): Fiche {
	const opening = openingOf(service, reading);
	const incomplete = isIncomplete(service);
	const etat = stateOf(service, opening, incomplete, reading);
	const facts = factsOf(service, reading.scope);
	return {
		slug: service.slug,
		nom: service.nom,
		chemin: pathToService(service, reading.scope),
		propre: service.commune !== null || service.varied,
		urgence: service.urgence,
		mark: markOf(service, opening, incomplete),
		etat,
		message: shortMessageOf(service, reading),
		horaires: hoursSentence(service),
		resume: service.resume,
		facts,
		francais: readsFrench()
			? null
			: inFrench(() => {
					const french = stateOf(service, opening, incomplete, reading);
					const same = new Set(facts.map(({ texte }) => texte));
					const told = factsOf(service, reading.scope).map(({ texte }) => texte);
					return {
						etat: french ? stateWords(french) : '',
						horaires: hoursSentence(service) ?? '',
						faits: told.filter((texte) => !same.has(texte)).join(' · ')
					};
				}),
		appel: callOf(service),
		enAttendant: incomplete || service.nature === 'repere' ? standInOf(service, reading.scope) : null,
		changes: opening?.changes
	};
}

/** The hours of an entry in full, or undefined when they aren't known. */
export function hoursOf(service: Service, reading: Reading): HoursTable | undefined {
	if (service.horaires_accueil === null) return undefined;
	return hoursTable(service.horaires_accueil, reading.at, calendarOf(service, reading));
}

function areReadable(service: Service, { calendar }: Reading): boolean {
	return canReadHours(service.horaires_accueil ?? '', calendar.place.departement);
}

/** The closures still to come or under way at the reading, a sentence each. */
export function closuresAhead(service: Service, reading: Reading): string[] {
	const today = dateOf(reading.at);
	return service.closures
		.filter(({ fin }) => fin >= today)
		.map(({ debut, fin, motif }) => {
			const quand = formatPeriod(debut, fin);
			if (motif === null) return m.fermeture_annoncee({ quand });
			// A reason that ends its own sentence has no full stop after it.
			return m.fermeture_annoncee_motif({ quand, motif }).replace(/([.!?…])\.$/, '$1');
		});
}

/** What is said of the entry on the day of the reading, in full. */
export function messagesOn(service: Service, reading: Reading): string[] {
	const today = dateOf(reading.at);
	return service.messages
		.filter(({ debut, fin }) => debut <= today && today <= fin)
		.map(({ texte }) => texte);
}

/** The message of a list: the last to have begun. */
function shortMessageOf(service: Service, reading: Reading): string | null {
	const last = messagesOn(service, reading).at(-1);
	return last === undefined ? null : shortMessage(last);
}

/**
 * The one answer to « ouvert maintenant ? » for an entry, or undefined when its hours aren't known: a place that is
 * closed these days is known to be, whatever its hours.
 */
export function openingOf(service: Service, reading: Reading): Opening | undefined {
	const calendar = calendarOf(service, reading);
	if (service.horaires_accueil === null && !closureOn(dateOf(reading.at), calendar)) return undefined;
	return openingAt(service.horaires_accueil ?? '', reading.at, calendar);
}

function isClosedTheseDays(opening: Opening | undefined): boolean {
	return opening?.state === 'closed' && opening.because === 'fermeture';
}

function calendarOf(service: Service, reading: Reading): Calendar {
	const closures = service.closures.map(({ debut, fin, motif }) =>
		motif === null ? { debut, fin } : { debut, fin, motif }
	);
	return { ...reading.calendar, closures };
}

/** Weeks already read: many entries share theirs, and each is shown often. */
const weeks = new Map<string, ReturnType<typeof weeklyHours>>();

function weekOf(hours: string): ReturnType<typeof weeklyHours> {
	if (weeks.size > 5000) weeks.clear();
	if (!weeks.has(hours)) weeks.set(hours, weeklyHours(hours));
	return weeks.get(hours);
}

/** The week in one sentence, or undefined words as they were given. */
export function hoursSentence(service: Pick<Service, 'horaires_accueil'>): string | null {
	if (service.horaires_accueil === null) return null;
	const weekly = weekOf(service.horaires_accueil);
	return weekly ? weeklySentence(weekly) : null;
}

function standInOf(service: Service, scope: string): Fiche['enAttendant'] {
	const standIn = service.en_attendant;
	if (!standIn) return null;
	return {
		nom: standIn.nom,
		invitation: isIncomplete(service)
			? m.en_attendant({ nom: standIn.nom })
			: m.qui_appeler({ nom: standIn.nom }),
		chemin: pathToService(standIn, scope),
		appel: callTo(standIn.telephone)
	};
}

function markOf(service: Service, opening: Opening | undefined, incomplete: boolean): Mark {
	if (service.nature === 'projet') return 'project';
	if (incomplete && !isClosedTheseDays(opening)) return 'incomplete';
	if (opening?.state === 'open') return 'open';
	if (opening?.state === 'closed') return 'closed';
	return 'plain';
}

function stateOf(
	service: Service,
	opening: Opening | undefined,
	incomplete: boolean,
	reading: Reading
): Fiche['etat'] {
	if (service.nature === 'projet') return { mot: m.etat_projet(), suite: m.etat_projet_suite() };
	if (incomplete && !isClosedTheseDays(opening)) return { mot: m.etat_a_completer(), suite: '' };
	const phrase = opening && openingPhrase(opening, reading.at);
	if (phrase) return { mot: phrase.mot, suite: phrase.suite };
	// Hours that nobody can read don't leave the page: someone can be asked.
	return opening && !areReadable(service, reading)
		? { mot: m.horaires_a_confirmer(), suite: m.horaires_appelez() }
		: null;
}

/** A state in one line: « Ouvert jusqu’à 12 h ». */
export function stateWords({ mot, suite }: NonNullable<Fiche['etat']>): string {
	return suite === '' ? mot : `${mot} ${suite}`;
}

function factsOf(service: Service, scope: string): Fiche['facts'] {
	const facts: Fiche['facts'] = [];
	const age = agePhrase(service.age_min_mois, service.age_max_mois);
	if (age) facts.push({ picto: 'age', texte: age });
	if (service.ville && service.nature === 'service') facts.push({ picto: 'lieu', texte: service.ville });
	for (const permanence of service.permanences.filter(({ commune }) => commune === scope))
		facts.push({
			picto: 'date',
			texte: m.permanence({ quand: hoursSentence(permanence) ?? permanence.lieu })
		});
	if (service.frais) facts.push({ picto: 'euro', texte: labelOf('frais', service.frais) });
	if (service.rendez_vous) facts.push({ picto: 'date', texte: labelOf('rendez_vous', service.rendez_vous) });
	if (service.acces_fauteuil === 'oui')
		facts.push({ picto: 'fauteuil', texte: labelOf('acces_fauteuil', service.acces_fauteuil) });
	if (service.nature === 'site' && service.site_web)
		facts.push({ picto: 'lien', texte: new URL(service.site_web).hostname });
	return facts;
}
