import type { Selectable } from 'kysely';
import type { EventFacts } from '#lib/domain/agenda/event.ts';
import { keptUntilEdit } from '../database/kept.ts';
import type { Db, EventTable } from '../database/schema.ts';
import type { Scope } from '../directory.ts';

/** An event as it is kept. */
export interface AgendaEvent {
	id: number;
	slug: string;
	uid: string;
	etat: EventTable['etat'];
	facts: EventFacts;
	/** The number of its last state: what an editor's form depends on. */
	version: number;
	/** When it was last changed, ISO 8601, and how many times before. */
	changedAt: string;
	sequence: number;
}

/** Every event, the first made first: for editors. */
export async function listAllEvents(db: Db): Promise<AgendaEvent[]> {
	return keptUntilEdit(db, 'events', async () => {
		const rows = await db.selectFrom('event').selectAll().orderBy('id').execute();
		const communes = Map.groupBy(
			await db
				.selectFrom('event_commune')
				.innerJoin('commune', 'commune.slug', 'event_commune.commune')
				.select(['event_id', 'event_commune.commune'])
				.orderBy('commune.position')
				.execute(),
			({ event_id }) => event_id
		);
		const dates = Map.groupBy(
			await db.selectFrom('event_date').selectAll().orderBy('debut').execute(),
			({ event_id }) => event_id
		);
		const states = await db
			.selectFrom('event_revision')
			.select(({ fn }) => [
				'event_id',
				fn.max('id').as('version'),
				fn.max('at').as('at'),
				fn.countAll<number>().as('count')
			])
			.groupBy('event_id')
			.execute();
		const stateOf = new Map(states.map((state) => [state.event_id, state]));
		return rows.map((row) => {
			const state = stateOf.get(row.id);
			return {
				id: row.id,
				slug: row.slug,
				uid: row.uid,
				etat: row.etat,
				facts: factsOf(
					row,
					(communes.get(row.id) ?? []).map(({ commune }) => commune),
					(dates.get(row.id) ?? []).map(({ debut, nature, mot }) => ({ debut, nature, mot }))
				),
				version: state?.version ?? 0,
				changedAt: state?.at ?? new Date(0).toISOString(),
				sequence: (state?.count ?? 1) - 1
			};
		});
	});
}

function factsOf(row: Selectable<EventTable>, communes: string[], dates: EventFacts['dates']): EventFacts {
	const { id: _id, slug: _slug, uid: _uid, etat: _etat, hors_vacances, ...facts } = row;
	return { ...facts, hors_vacances: hors_vacances === 1, communes, dates };
}

/** The events that people read in `scope`: those of everywhere and the commune's; in the common base, all of them. */
export async function listPublishedEvents(db: Db, scope: Scope): Promise<AgendaEvent[]> {
	return (await listAllEvents(db)).filter(
		({ etat, facts: { communes } }) =>
			etat === 'publie' && (scope === undefined || communes.length === 0 || communes.includes(scope))
	);
}

/** The published event of this slug as read in `scope`, or undefined. */
export async function findPublishedEvent(
	db: Db,
	slug: string,
	scope: Scope
): Promise<AgendaEvent | undefined> {
	return (await listPublishedEvents(db, scope)).find((event) => event.slug === slug);
}
