import { expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import type { Db } from './database/schema.ts';
import { listJournal } from './journal.ts';
import {
	addPermanence,
	EndedError,
	endPermanence,
	listPermanences,
	permanencesByService,
	resumePermanence
} from './permanences.ts';

const haut = { id: 1, nom: 'Haut' };
const tuesday = {
	commune: 'haut-valclair',
	lieu: 'Mairie',
	adresse: null,
	horaires_accueil: 'Tu 09:00-12:00',
	precisions: null
};

async function service(db: Db, slug = 'accueil-petite-enfance') {
	return db.selectFrom('service').select(['id', 'slug']).where('slug', '=', slug).executeTakeFirstOrThrow();
}

const present = async (db: Db, id: number) =>
	((await permanencesByService(db)).get(id) ?? []).map(({ commune, horaires_accueil }) => [
		commune,
		horaires_accueil
	]);

test('the days of several communes live on the one service, in the order of the communes', async ({ db }) => {
	const entry = await service(db);
	await addPermanence(
		db,
		entry,
		{ ...tuesday, commune: 'pont-valclair', horaires_accueil: 'Th 14:00-17:00' },
		haut
	);
	await addPermanence(db, entry, tuesday, haut);
	expect(await present(db, entry.id)).toEqual([
		['haut-valclair', 'Tu 09:00-12:00'],
		['pont-valclair', 'Th 14:00-17:00']
	]);
	expect((await listPermanences(db, entry.id, ['pont-valclair'])).map(({ commune }) => commune)).toEqual([
		'pont-valclair'
	]);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
		who: 'Haut',
		action: 'permanence-publiee',
		object: 'accueil-petite-enfance (haut-valclair)'
	});
});

test('a permanence corrected takes the place of the former one, which is kept and can come back', async ({
	db
}) => {
	const entry = await service(db);
	await addPermanence(db, entry, tuesday, haut);
	const [first] = await listPermanences(db, entry.id);
	if (!first) throw new Error('no permanence');
	await addPermanence(db, entry, { ...tuesday, horaires_accueil: 'We 09:00-12:00' }, haut, first.id);
	expect(await present(db, entry.id)).toEqual([['haut-valclair', 'We 09:00-12:00']]);

	const [, second] = await listPermanences(db, entry.id);
	await endPermanence(db, entry, 'haut-valclair', second?.id ?? 0, haut);
	expect(await present(db, entry.id)).toEqual([]);
	await resumePermanence(db, entry, 'haut-valclair', first.id, haut);
	expect(await present(db, entry.id)).toEqual([['haut-valclair', 'Tu 09:00-12:00']]);
	expect(await listPermanences(db, entry.id)).toHaveLength(2);
});

test('of two people who correct the same permanence, the second is told, and nothing is written twice', async ({
	db
}) => {
	const entry = await service(db);
	await addPermanence(db, entry, tuesday, haut);
	const [{ id } = { id: 0 }] = await listPermanences(db, entry.id);
	const outcomes = await Promise.allSettled(
		['We 09:00-12:00', 'Fr 09:00-12:00'].map((horaires_accueil) =>
			addPermanence(db, entry, { ...tuesday, horaires_accueil }, haut, id)
		)
	);
	expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect(await present(db, entry.id)).toHaveLength(1);
});

test('a permanence is touched only by its own service and commune', async ({ db }) => {
	const entry = await service(db);
	await addPermanence(db, entry, tuesday, haut);
	const [{ id } = { id: 0 }] = await listPermanences(db, entry.id);
	await expect(endPermanence(db, entry, 'bourg-valclair', id, haut)).rejects.toThrow(EndedError);
	const other = await service(db, 'creche');
	await expect(endPermanence(db, other, 'haut-valclair', id, haut)).rejects.toThrow(EndedError);
	await resumePermanence(db, other, 'haut-valclair', id, haut);
	expect(await present(db, entry.id)).toHaveLength(1);
});
