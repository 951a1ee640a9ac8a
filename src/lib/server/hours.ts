import { canReadHours } from '#lib/domain/hours/days.ts';
import type { Db } from './database/schema.ts';
import { getTerritory } from './territory.ts';

/** Opening hours that can't be read, as they are stored, and the entry that gives them. */
export interface UnreadableHours {
	slug: string;
	horaires: string;
}

/**
 * The entries whose hours, their own or those that one commune gives, can't be read: pages show them as they are, and
 * someone has to write them again.
 */
export async function listUnreadableHours(db: Db): Promise<UnreadableHours[]> {
	const { departement } = await getTerritory(db);
	const own = await db
		.selectFrom('service')
		.select(['slug', 'horaires_accueil as horaires'])
		.where('horaires_accueil', 'is not', null)
		.orderBy('id')
		.execute();
	const varied = await db
		.selectFrom('service_variant')
		.innerJoin('service', 'service.id', 'service_variant.service_id')
		.select(['service.slug', 'service_variant.value'])
		.where('field', '=', 'horaires_accueil')
		.orderBy('service.id')
		.execute();
	const given = [
		...own.map(({ slug, horaires }) => ({ slug, horaires: horaires ?? '' })),
		...varied.map(({ slug, value }) => ({ slug, horaires: String(JSON.parse(value) ?? '') }))
	];
	const readable = new Map<string, boolean>();
	return given.filter(({ horaires }) => {
		if (horaires === '') return false;
		if (!readable.has(horaires)) readable.set(horaires, canReadHours(horaires, departement));
		return readable.get(horaires) === false;
	});
}
