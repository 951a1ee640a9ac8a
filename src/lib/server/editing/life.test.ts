import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { isEntrySlug, slugOf } from '#lib/domain/reserved.ts';
import { test } from '../../../../tests/world.ts';
import { findArchivedPage } from '../archived-page.ts';
import { findCommune } from '../communes.ts';
import { findMovedTo } from '../moved.ts';
import { search } from '../search/search.ts';
import { findService, findServiceById, listThemeServices } from '../services.ts';
import { listPublicPages } from '../sitemap.ts';
import { renameEntry } from './address.ts';
import { archiveEntry, restoreEntry } from './archive.ts';
import { createEntry, placesToCreate } from './create.ts';
import { listDrafts } from './drafts.ts';
import { findEditable, listArchived, listEditable } from './editable.ts';
import { ArchivedError, publish } from './publish.ts';
import { referencesTo } from './references.ts';
import { freeSlug } from './slugs.ts';
import { editors, garderie, open, publishedGarderie } from '../../../../tests/editors.ts';

test('an entry that a mairie creates is read by nobody until it is published', async ({ db }) => {
	const { haut, bourg } = await editors(db);
	const slug = await createEntry(db, garderie, haut);
	expect(slug).toBe('garderie-les-lutins');
	expect(await findService(db, slug, 'haut-valclair')).toBeUndefined();
	expect(await findEditable(db, bourg, slug)).toBeUndefined();
	const entry = await open(db, haut, slug);
	expect(entry.facts).toMatchObject({
		themes: ['petite-enfance/garder'],
		communes: ['haut-valclair'],
		structure: 'Commune de Haut-Valclair'
	});
	await publish(db, entry, { ...entry.facts, description: 'On garde vos enfants.' }, haut);
	const placed = await listThemeServices(db, 'petite-enfance', 'haut-valclair');
	expect(placed.find(({ service }) => service.slug === slug)?.section).toBe('garder');
	expect((await search(db, { q: 'lutins', commune: 'haut-valclair', limit: 5 })).ids).toEqual([entry.id]);
});

test('a mairie creates for its communes only; the administration for each one and for all', async ({
	db
}) => {
	const { haut, administration } = await editors(db);
	const communes = ['haut-valclair', 'bourg-valclair'];
	expect(placesToCreate(haut, communes)).toEqual(['haut-valclair']);
	expect(placesToCreate(administration, communes)).toEqual([null, ...communes]);
	const slug = await createEntry(db, { ...garderie, commune: null }, administration);
	expect((await open(db, administration, slug)).facts.communes).toEqual([
		'haut-valclair',
		'bourg-valclair',
		'pont-valclair'
	]);
});

test('an address is never a word of the site, another entry’s, nor one that an entry had', async ({ db }) => {
	const { haut, administration } = await editors(db);
	expect(slugOf('L’école, « Les Œillets »')).toBe('l-ecole-les-oeillets');
	expect(slugOf('…')).toBe('fiche');
	expect(slugOf('mot '.repeat(40)).length).toBeLessThanOrEqual(60);
	expect(await freeSlug(db, 'Nouvelle', null)).toBe('nouvelle-2');
	expect(await freeSlug(db, 'La crèche', 'haut-valclair')).toBe('la-creche');
	expect(await freeSlug(db, 'Crèche', 'haut-valclair')).toBe('creche-haut-valclair');
	const slug = await publishedGarderie(db, haut);
	const { id } = await open(db, haut, slug);
	expect(await renameEntry(db, { id, slug }, 'accueil-des-lutins', haut)).toBe(true);
	expect(await createEntry(db, garderie, haut)).toBe('garderie-les-lutins-haut-valclair');
	const other = await open(db, administration, 'relais');
	expect(await renameEntry(db, other, slug, administration)).toBe(false);
	expect(await renameEntry(db, other, 'nouvelle', administration)).toBe(false);
	expect((await open(db, administration, 'relais')).slug).toBe('relais');
});

test('every word that follows « fiches » in the desk’s addresses is kept from entries', () => {
	const words = readdirSync('src/routes/mairie/fiches', { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith('['))
		.map(({ name }) => name);
	expect(words).toContain('nouvelle');
	expect(words.filter((word) => isEntrySlug(word))).toEqual([]);
});

test('a changed address leads to the present one from everywhere, and may be taken back', async ({ db }) => {
	const { haut } = await editors(db);
	const slug = await publishedGarderie(db, haut);
	const { id } = await open(db, haut, slug);
	await renameEntry(db, { id, slug }, 'les-lutins', haut);
	for (const commune of ['haut-valclair', 'bourg-valclair', undefined])
		expect(await findMovedTo(db, slug, commune)).toMatchObject({
			slug: 'les-lutins',
			commune: 'haut-valclair'
		});
	expect((await findService(db, 'les-lutins', 'haut-valclair'))?.nom).toBe(garderie.nom);
	await renameEntry(db, { id, slug: 'les-lutins' }, slug, haut);
	expect((await findService(db, slug, 'haut-valclair'))?.id).toBe(id);
	expect(await findMovedTo(db, 'les-lutins', 'haut-valclair')).toMatchObject({ slug });
	expect(await findMovedTo(db, slug, 'haut-valclair')).toBeUndefined();
});

test('an archived entry leaves lists, search and sitemap; its address says who answers now; it comes back whole', async ({
	db
}) => {
	const { haut, collegue } = await editors(db);
	const slug = await publishedGarderie(db, haut);
	const entry = await open(db, haut, slug);
	const commune = (await findCommune(db, 'haut-valclair')) ?? null;
	const relay = await findService(db, 'accueil-petite-enfance', 'haut-valclair');
	await archiveEntry(db, entry, haut, relay?.id ?? null);
	expect(await findService(db, slug, 'haut-valclair')).toBeUndefined();
	expect((await search(db, { q: 'lutins', commune: 'haut-valclair', limit: 5 })).sure).toBe(0);
	expect(JSON.stringify(await listPublicPages(db))).not.toContain(slug);
	const page = await findArchivedPage(db, slug, 'haut-valclair', commune);
	expect(page?.successor?.nom).toBe('Accueil petite enfance');
	expect(page?.contact?.appel).toBeTruthy();
	expect(await findArchivedPage(db, slug, 'territoire', null)).toBeUndefined();
	expect((await listEditable(db, haut)).some((one) => one.slug === slug)).toBe(false);
	expect((await listArchived(db, collegue)).map((one) => one.slug)).toEqual([slug]);
	await expect(publish(db, entry, entry.facts, collegue)).rejects.toThrow(ArchivedError);

	await restoreEntry(db, entry, collegue);
	expect((await findService(db, slug, 'haut-valclair'))?.telephone).toBe('04 65 71 00 42');
	expect((await search(db, { q: 'lutins', commune: 'haut-valclair', limit: 5 })).ids).toEqual([entry.id]);
});

test('a successor archived in its turn gives way to its own; two that replace each other to the mairie', async ({
	db
}) => {
	const { administration } = await editors(db);
	const [one, two, three] = [
		await open(db, administration, 'creche'),
		await open(db, administration, 'relais'),
		await open(db, administration, 'accueil-petite-enfance')
	];
	await archiveEntry(db, one, administration, two.id);
	await archiveEntry(db, two, administration, three.id);
	const read = async () => findArchivedPage(db, 'creche', 'territoire', null);
	expect((await read())?.successor?.slug).toBe('accueil-petite-enfance');
	await archiveEntry(db, two, administration, one.id);
	expect((await read())?.successor).toBeNull();
	expect((await read())?.contact?.appel).toBeTruthy();
});

test('a draft that nobody ever read is archived too, and comes back a draft', async ({ db }) => {
	const { haut } = await editors(db);
	const slug = await createEntry(db, garderie, haut);
	const entry = await open(db, haut, slug);
	await archiveEntry(db, entry, haut);
	const commune = (await findCommune(db, 'haut-valclair')) ?? null;
	expect(await findArchivedPage(db, slug, 'haut-valclair', commune)).toBeUndefined();
	await restoreEntry(db, entry, haut);
	expect(await listDrafts(db, haut)).toMatchObject([{ nom: garderie.nom, isPublished: false }]);
	expect(await findService(db, slug, 'haut-valclair')).toBeUndefined();
});

test('what leads to an entry is known before it is archived; whom to call meanwhile becomes the mairie', async ({
	db
}) => {
	const { administration } = await editors(db);
	const mairie = await open(db, administration, 'mairie-haut-valclair');
	expect(await referencesTo(db, mairie.id)).toMatchObject({ mairieOf: ['Haut-Valclair'] });
	const relay = await open(db, administration, 'accueil-petite-enfance');
	expect(await referencesTo(db, relay.id)).toMatchObject({
		contactOf: ['Petite enfance'],
		standInOf: ['La crèche', 'Relais petite enfance']
	});
	await archiveEntry(db, relay, administration);
	const creche = await findServiceById(db, (await open(db, administration, 'creche')).id, 'haut-valclair');
	expect(creche?.en_attendant?.slug).toBe('mairie-haut-valclair');
});
