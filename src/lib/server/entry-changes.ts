import { lastDay, type PlainDate } from '#lib/domain/dates.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';

/** Where a change is read everywhere that the entry is. */
const everywhere = '';

/** The days on which the pages of entries changed last, by their number. */
export type EntryChanges = ReadonlyMap<number, ReadonlyMap<string, PlainDate>>;

/**
 * When each entry's page last changed: its own facts, its publication, a verification, a permanence, an announcement,
 * and what one commune says of it there.
 * Left out: what the passing of time alone changes (an opening, the end of a closure), which has no day of its own.
 */
export async function readEntryChanges(db: Db): Promise<EntryChanges> {
	return keptUntilEdit(db, 'entry changes', async () => {
		const entries = await db
			.selectFrom('service')
			.leftJoin('publication', 'publication.service_id', 'service.id')
			.select(['service.id', 'date_maj', 'published_at'])
			.execute();
		const verifications = await db
			.selectFrom('verification')
			.select(({ fn }) => ['service_id', fn.max('verifie_le').as('at')])
			.groupBy('service_id')
			.execute();
		const permanences = await db
			.selectFrom('permanence')
			.select(({ fn }) => ['service_id', fn.max('added_at').as('added'), fn.max('ended_at').as('ended')])
			.groupBy('service_id')
			.execute();
		const announcements = await db
			.selectFrom('announcement_change')
			.select(({ fn }) => ['service_id', 'commune', fn.max('at').as('at')])
			.groupBy(['service_id', 'commune'])
			.execute();
		const words = await db
			.selectFrom('revision')
			.select(({ fn }) => ['service_id', 'commune', fn.max('at').as('at')])
			.where('commune', 'is not', null)
			.groupBy(['service_id', 'commune'])
			.execute();
		const times = [
			...entries.map(({ id, date_maj, published_at }) => ({
				id,
				commune: null,
				times: [date_maj, published_at]
			})),
			...verifications.map(({ service_id, at }) => ({ id: service_id, commune: null, times: [at] })),
			...permanences.map(({ service_id, added, ended }) => ({
				id: service_id,
				commune: null,
				times: [added, ended]
			})),
			...[...announcements, ...words].map(({ service_id, commune, at }) => ({
				id: service_id,
				commune,
				times: [at]
			}))
		];
		const changes = new Map<number, Map<string, PlainDate>>();
		for (const { id, commune, times: found } of times) {
			const places = changes.get(id) ?? new Map<string, PlainDate>();
			changes.set(id, places);
			const day = lastDay([...found, places.get(commune ?? everywhere)]);
			if (day !== undefined) places.set(commune ?? everywhere, day);
		}
		return changes;
	});
}

/** The day on which the page of this entry, as read in `scope` (a commune, or `territoire`), last changed. */
export function entryChange(changes: EntryChanges, id: number, scope: string): PlainDate | undefined {
	const places = changes.get(id);
	return lastDay([places?.get(everywhere), places?.get(scope)]);
}
