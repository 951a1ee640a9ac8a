import type { Event as EventData, Place, WithContext } from 'schema-dts';
import type { EventPage } from '../agenda/card.ts';
import { type EventFacts, type EventTime, isTimed } from '../agenda/event.ts';
import { inParis, type PlainDate } from '../dates.ts';
import { webPage } from './page.ts';

/** Where the page of an event is read, and when it changed. */
export interface EventShown {
	/** Its own address in full, or that of the page that says the same. */
	url: string;
	/** The day the page last changed. */
	modified: PlainDate | undefined;
}

/**
 * An event as robots read it (https://schema.org/Event), at the date that its page leads with, from what the page shows
 * and nothing else; undefined for a project that has no date yet. How it comes back isn't told: what stops during the
 * school holidays, or on a date that is cancelled, can't be said exactly.
 */
export function eventData(
	{ frais, frais_precisions }: Pick<EventFacts, 'frais' | 'frais_precisions'>,
	page: EventPage,
	{ url, modified }: EventShown
): WithContext<EventData> | undefined {
	if (page.debut === null) return undefined;
	const { lieu } = page;
	return {
		'@context': 'https://schema.org',
		'@type': 'Event',
		name: page.titre,
		...(page.description.length > 0 && { description: page.description.join('\n\n') }),
		url,
		mainEntityOfPage: webPage({ url, modified }),
		startDate: timeText(page.debut),
		...(page.fin !== null && { endDate: timeText(page.fin) }),
		eventStatus:
			page.annule === null ? 'https://schema.org/EventScheduled' : 'https://schema.org/EventCancelled',
		...(lieu && { location: placeOf(lieu) }),
		// A place without an address may be a call on the internet.
		...(lieu?.adresse && { eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode' }),
		...(page.organisateur !== null && { organizer: { '@type': 'Organization', name: page.organisateur } }),
		...(page.pourQui !== null && { audience: { '@type': 'Audience', audienceType: page.pourQui } }),
		// Words beside « Gratuit » may take some of it back.
		...(frais === 'payant' && { isAccessibleForFree: false }),
		...(frais === 'gratuit' && frais_precisions === null && { isAccessibleForFree: true })
	};
}

function placeOf({ nom, adresse }: NonNullable<EventPage['lieu']>): Place {
	return { '@type': 'Place', name: nom, ...(adresse !== null && { address: adresse }) };
}

/** A day as it is; a time with what separates Paris from universal time that day. */
function timeText(time: EventTime): string {
	return isTimed(time) ? inParis(time) : time;
}
