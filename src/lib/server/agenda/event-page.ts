import type { EventPage } from '#lib/domain/agenda/card.ts';
import type { EventFacts } from '#lib/domain/agenda/event.ts';
import {
	type Occurrence,
	nextOccurrences,
	occurrencesOf,
	overAt,
	waitsForCalendar
} from '#lib/domain/agenda/occurrences.ts';
import { cancellationOf, rhythmOf, whenWords } from '#lib/domain/agenda/phrases.ts';
import { addDays, dateOf, dayOf } from '#lib/domain/dates.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { callTo } from '#lib/domain/phone.ts';
import { directionsLink } from '#lib/domain/place.ts';
import { labelOf } from '#lib/domain/vocabulary.ts';
import { m } from '#lib/paraglide/messages.js';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { readingOf } from '../reading.ts';
import { placeOf } from './reading.ts';

/** How many dates the page of an event tells. */
const datesShown = 8;

/**
 * What people read of an event in `scope` (a commune, or `territoire`), whether or not it is published; the instant
 * (epoch milliseconds) when it changes by itself, if it does.
 */
export async function readEventPage(
	db: Db,
	facts: EventFacts,
	scope: string
): Promise<{ page: EventPage; at: number; change: number | undefined }> {
	const reading = await readingOf(db, scope);
	const holidays = reading.calendar.schoolHolidays;
	const communes = await listCommunes(db);
	const at = { at: reading.at, today: dateOf(reading.at) };
	const dates = nextOccurrences(facts, holidays, { ...at, limit: datesShown });
	const [next] = dates;
	const said = next ?? lastDateOf(facts, holidays, at.today);
	const place = await placeOf(db, facts, scope === baseScope ? undefined : scope);
	const names = communes.filter(({ slug }) => facts.communes.includes(slug)).map(({ nom }) => nom);
	const prix = [facts.frais && labelOf('frais', facts.frais), facts.frais_precisions]
		.filter(Boolean)
		.join(' : ');
	const held = next !== undefined && next.annulation !== null ? next.annulation : facts.annulation;
	return {
		page: {
			titre: facts.titre,
			quand: said ? whenWords(said, 'complet') : m.agenda_projet(),
			debut: said?.debut ?? null,
			fin: said?.fin ?? null,
			rythme: rhythmOf(facts, { hours: false }) ?? null,
			annule: cancellationOf(held),
			passe: facts.debut !== null && next === undefined,
			// One date is told already.
			dates:
				dates.length < 2
					? []
					: dates.map((date) => ({
							debut: date.debut,
							quand: whenWords(
								date,
								dayOf(date.debut).slice(0, 4) === at.today.slice(0, 4) ? 'jour' : 'complet'
							),
							annule: cancellationOf(date.annulation)
						})),
			attendCalendrier: dates.length < datesShown && waitsForCalendar(facts, holidays),
			lieu: place
				? {
						nom: place.nom,
						adresse: place.adresse,
						chemin: place.fiche && pathToService(place.fiche, scope),
						carte: directionsLink({ adresse: place.adresse, ville: null }) ?? null
					}
				: null,
			communes: names.length === 0 ? m.agenda_partout() : names.join(', '),
			pourQui: facts.pour_qui,
			prix: prix === '' ? null : prix,
			description: facts.description === '' ? [] : facts.description.split(/\n{2,}/),
			inscription: facts.inscription,
			appel: facts.telephone === null ? null : callTo(facts.telephone),
			courriel: facts.courriel,
			lien: facts.lien,
			organisateur: facts.organisateur,
			source: facts.source
		},
		at: reading.at,
		change: next && overAt(next)
	};
}

/** The last date of an event that has none to come. */
function lastDateOf(
	facts: EventFacts,
	holidays: Parameters<typeof occurrencesOf>[1],
	today: string
): Occurrence | undefined {
	if (facts.debut === null) return undefined;
	return occurrencesOf(facts, holidays, { from: dayOf(facts.debut), to: addDays(today, 1) }).at(-1);
}
