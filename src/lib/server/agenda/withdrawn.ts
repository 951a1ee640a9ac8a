import type { Cancellation } from '#lib/domain/agenda/card.ts';
import { dateOf, type PlainDate } from '#lib/domain/dates.ts';
import { baseScope } from '#lib/domain/paths.ts';
import type { Db } from '../database/schema.ts';
import { listEventRevisions } from './editing.ts';
import { readEventPage } from './event-page.ts';
import { listAllEvents } from './events.ts';

/** What the address of an event that left the agenda says, in the words that people last read. */
export interface WithdrawnEvent {
	titre: string;
	/** When it was, or was to be. */
	quand: string;
	/** Whether all its dates are over. */
	passe: boolean;
	/** Null when it wasn't cancelled. */
	annule: Cancellation | null;
	/** Since when nobody reads it. */
	depuis: PlainDate;
	/** The instant of the reading, and that when it changes by itself (epoch milliseconds). */
	at: number;
	change: number | undefined;
}

/** The event of this slug that people read in `scope` (a commune, or `territoire`) until it was put away, or undefined. */
export async function findWithdrawn(
	db: Db,
	slug: string,
	scope: string
): Promise<WithdrawnEvent | undefined> {
	const event = (await listAllEvents(db)).find((one) => one.slug === slug);
	if (!event || event.etat === 'publie') return undefined;
	const states = await listEventRevisions(db, event.id);
	const last = states.findIndex(({ etat }) => etat === 'publie');
	const [read, left] = [states[last], states[last - 1]];
	if (!read || !left) return undefined;
	const { communes } = read.facts;
	if (scope !== baseScope && communes.length > 0 && !communes.includes(scope)) return undefined;
	const { page, at, change } = await readEventPage(db, read.facts, scope);
	return {
		titre: page.titre,
		quand: page.quand,
		passe: page.passe,
		annule: page.annule,
		depuis: dateOf(Date.parse(left.at)),
		at,
		change
	};
}
