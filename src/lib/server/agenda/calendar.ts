import { type CalendarEvent, calendarOf } from '#lib/domain/agenda/ics.ts';
import { occurrencesOf } from '#lib/domain/agenda/occurrences.ts';
import { addDays, dateOf } from '#lib/domain/dates.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { findCommune } from '../communes.ts';
import { now } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { getTerritory, listSchoolHolidays } from '../territory.ts';
import { type AgendaEvent, listPublishedEvents } from './events.ts';
import { placeOf } from './reading.ts';

/** How long a date stays in a feed once it is over, in days: a calendar keeps what it was told. */
const keptInFeed = 62;

/** The calendar file of the events read in `scope` (a commune, or `territoire`), for calendars to follow. */
export async function feedOf(db: Db, scope: string, origin: string): Promise<string> {
	const commune = scope === baseScope ? undefined : await findCommune(db, scope);
	const holidays = await listSchoolHolidays(db);
	const from = addDays(dateOf(now()), -keptInFeed);
	const events = (await listPublishedEvents(db, commune?.slug)).filter(
		({ facts }) => occurrencesOf(facts, holidays, { from, to: '9999-12-31', limit: 1 }).length > 0
	);
	const { nom_court } = await getTerritory(db);
	return calendarOf(
		await Promise.all(events.map((event) => calendarEventOf(db, event, scope, origin))),
		holidays,
		m.agenda_flux_nom({ lieu: commune?.lieu ?? nom_court, commune: commune?.nom ?? nom_court })
	);
}

/** The calendar file of one event, all its dates in it. */
export async function calendarFileOf(
	db: Db,
	event: AgendaEvent,
	scope: string,
	origin: string
): Promise<string> {
	return calendarOf([await calendarEventOf(db, event, scope, origin)], await listSchoolHolidays(db));
}

async function calendarEventOf(
	db: Db,
	{ uid, slug, facts, changedAt, sequence }: AgendaEvent,
	scope: string,
	origin: string
): Promise<CalendarEvent> {
	const place = await placeOf(db, facts, scope === baseScope ? undefined : scope);
	return {
		uid,
		facts,
		url: `${origin}${pathTo(scope, 'agenda', slug)}`,
		place: place ? [place.nom, place.adresse].filter(Boolean).join(', ') : '',
		changedAt,
		sequence
	};
}
