import { expect } from 'vitest';
import { test, type World } from '../../../tests/world.ts';
import { findCommune } from './communes.ts';
import { archiveEntry } from './editing/archive.ts';
import { findMoment, listMoments } from './moments.ts';
import { loadSeed } from './seed.ts';

const by = { id: 1, nom: 'CCV' };

/** A base that never had a situation. */
function forget({ sqlite }: World): void {
	sqlite.exec('DROP TRIGGER moment_revision_is_never_cut; DELETE FROM moment_revision; DELETE FROM moment');
}

test('situations come in their order, each with its steps and the entries that settle them', async ({
	db
}) => {
	expect((await listMoments(db)).map(({ slug, urgence }) => [slug, urgence])).toEqual([
		['garder-mon-bebe', false],
		['faire-mes-papiers', false],
		['quelqu-un-me-fait-peur', true]
	]);
	const commune = await findCommune(db, 'haut-valclair');
	const moment = await findMoment(db, 'garder-mon-bebe', 'haut-valclair', commune ?? null);
	expect(moment?.appeler?.slug).toBe('accueil-petite-enfance');
	expect(moment?.etapes.map(({ fiche }) => fiche?.slug)).toEqual([
		'accueil-petite-enfance',
		'creche',
		'relais'
	]);
	expect(await findMoment(db, 'inconnu', 'haut-valclair', commune ?? null)).toBeUndefined();
});

test('a step whose entry is no longer offered keeps its words, and sends nobody there', async ({ db }) => {
	const { id } = await db
		.selectFrom('service')
		.select('id')
		.where('slug', '=', 'relais')
		.executeTakeFirstOrThrow();
	await archiveEntry(db, { id, slug: 'relais' }, by);
	const moment = await findMoment(db, 'garder-mon-bebe', 'territoire', null);
	expect(moment?.etapes[2]).toMatchObject({
		titre: { texte: 'Cherchez aussi une nounou (assistante maternelle)' },
		fiche: null
	});
});

test('a base older than situations receives them, on the entries that it still has', async ({ world }) => {
	const { db, dataDir } = world;
	forget(world);
	await db.updateTable('service').set({ slug: 'relais-du-valclair' }).where('slug', '=', 'relais').execute();
	await loadSeed(db, 'valclair', dataDir);
	expect(await listMoments(db)).toHaveLength(3);
	const moment = await findMoment(db, 'garder-mon-bebe', 'territoire', null);
	expect(moment?.etapes.map(({ fiche }) => fiche?.slug)).toEqual([
		'accueil-petite-enfance',
		'creche',
		undefined
	]);
	await loadSeed(db, 'valclair', dataDir);
	expect(await listMoments(db)).toHaveLength(3);
});

test('a base without the theme of a situation starts, without that situation', async ({ world }) => {
	const { db, dataDir } = world;
	forget(world);
	await db.deleteFrom('service_theme').where('theme', '=', 'sante-et-urgences').execute();
	await db.deleteFrom('theme_section').where('theme', '=', 'sante-et-urgences').execute();
	await db.deleteFrom('theme').where('slug', '=', 'sante-et-urgences').execute();
	await loadSeed(db, 'valclair', dataDir);
	expect((await listMoments(db)).map(({ slug }) => slug)).toEqual(['garder-mon-bebe', 'faire-mes-papiers']);
});
