import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { type FieldName, fields } from '#lib/domain/editing/fields.ts';
import { restored } from '#lib/domain/editing/typing.ts';
import { isEntrySlug, slugOf } from '#lib/domain/reserved.ts';
import { test } from '../../../../tests/world.ts';
import { createAccount, findAccount } from '../accounts/accounts.ts';
import { findArchivedPage } from '../archived-page.ts';
import { findCommune } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { findMovedTo } from '../moved.ts';
import { search } from '../search/search.ts';
import { findService, findServiceById, listThemeServices } from '../services.ts';
import { listPublicPages } from '../sitemap.ts';
import { vcardOf } from '../vcard.ts';
import { renameEntry } from './address.ts';
import { archiveEntry, restoreEntry } from './archive.ts';
import { createEntry, placesToCreate } from './create.ts';
import { findDraft, keepDraft, listDrafts, listOthersDrafts } from './drafts.ts';
import { type Editable, findEditable, listArchived, listEditable } from './editable.ts';
import { previewOf } from './preview.ts';
import { ArchivedError, ConflictError, publish } from './publish.ts';
import { referencesTo } from './references.ts';
import { completed, keepRevision, listRevisions } from './revisions.ts';
import { freeSlug } from './slugs.ts';

async function person(db: Db, nom: string, role: Account['role'], communes: string[] = []): Promise<Account> {
	const id = await createAccount(db, { courriel: `${nom}@valclair.example`, nom, role, communes }, 'essai');
	const account = await findAccount(db, id);
	if (!account) throw new Error('No account');
	return account;
}
const people = async (db: Db) => ({
	haut: await person(db, 'haut', 'mairie', ['haut-valclair']),
	collegue: await person(db, 'collegue', 'mairie', ['haut-valclair']),
	bourg: await person(db, 'bourg', 'mairie', ['bourg-valclair']),
	administration: await person(db, 'administration', 'administration')
});

async function open(db: Db, who: Account, slug: string, commune?: string): Promise<Editable> {
	const editable = await findEditable(db, who, slug, commune);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

const garderie = {
	nom: 'Garderie « Les Lutins »',
	nature: 'service',
	place: 'petite-enfance/garder',
	commune: 'haut-valclair'
};
const origin = 'https://valclair.example';

/** A garderie of Haut-Valclair that people read, its telephone known. */
async function publishedGarderie(db: Db, by: Account): Promise<string> {
	const slug = await createEntry(db, garderie, by);
	const entry = await open(db, by, slug);
	const facts = { ...entry.facts, description: 'On garde vos enfants.', telephone: '04 65 71 00 42' };
	await publish(db, entry, facts, by);
	return slug;
}

test('an entry that a mairie creates is read by nobody until it is published', async ({ db }) => {
	const { haut, bourg } = await people(db);
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
	const { haut, administration } = await people(db);
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
	const { haut, administration } = await people(db);
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
	const { haut } = await people(db);
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

test('a draft is kept as it was typed, found by its author alone, and gone once published', async ({
	db
}) => {
	const { haut, collegue } = await people(db);
	const entry = await open(db, haut, 'mairie-haut-valclair');
	const typed = { telephone: '04 65', horaires_accueil: 'quand on veut', themes: [] };
	await keepDraft(db, entry, haut.id, { typed, version: entry.version });
	await keepDraft(db, entry, collegue.id, { typed: { nom: 'Autre' }, version: entry.version });
	expect((await findDraft(db, entry, haut.id))?.typed).toEqual(typed);
	expect((await listOthersDrafts(db, entry, haut.id)).map(({ who }) => who)).toEqual(['collegue']);
	expect(await listDrafts(db, haut)).toMatchObject([
		{ path: '/mairie/fiches/mairie-haut-valclair', isPublished: true }
	]);
	await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 99' }, haut);
	expect(await findDraft(db, entry, haut.id)).toBeUndefined();
	expect(await findDraft(db, entry, collegue.id)).toBeDefined();
});

test('the desk lists what was never published, of one’s own', async ({ db }) => {
	const { haut, bourg, administration } = await people(db);
	const slug = await createEntry(db, garderie, haut);
	const paths = async (who: Account) => (await listDrafts(db, who)).map(({ path }) => path);
	expect(await paths(haut)).toEqual([`/mairie/fiches/${slug}`]);
	expect(await paths(bourg)).toEqual([]);
	expect((await paths(administration)).toSorted()).toEqual([
		'/mairie/fiches/brouillon-jamais-publie',
		`/mairie/fiches/${slug}`
	]);
});

test('the preview is the page that people read once it is published, and writes nothing', async ({ db }) => {
	const { administration, haut } = await people(db);
	const base = await open(db, administration, 'relais');
	const changes = {
		...base.facts,
		nom: 'Relais des familles',
		telephone: '04 65 71 00 50',
		structure: 'Une association neuve',
		themes: ['droits-et-demarches/aide'],
		communes: ['haut-valclair'],
		langues: ['en']
	};
	const before = await db.selectFrom('meta').selectAll().execute();
	const { page } = await previewOf(db, base, changes, origin);
	expect(await db.selectFrom('meta').selectAll().execute()).toEqual(before);
	expect(await db.selectFrom('structure').select('nom').where('nom', 'like', '%neuve').execute()).toEqual([]);
	await publish(db, base, changes, administration);
	const after = await open(db, administration, 'relais');
	expect((await previewOf(db, after, after.facts, origin)).page).toEqual(page);
	expect(page.service.structure).toBe('Une association neuve');
	expect(page.themes.map(({ slug }) => slug)).toEqual(['droits-et-demarches']);

	const words = await open(db, haut, 'accueil-petite-enfance');
	const own = await previewOf(db, words, { ...words.facts, telephone: '04 65 71 00 51' }, origin);
	expect([own.place.slug, own.page.fiche.propre]).toEqual(['haut-valclair', true]);
	expect(own.page.fiche.appel?.lien).toContain('465710051');
});

test('what is for professionals is kept and put back, and is on no page, card, search nor preview', async ({
	db
}) => {
	const { haut, administration } = await people(db);
	const slug = await publishedGarderie(db, haut);
	const entry = await open(db, haut, slug);
	const secrets = {
		pro_contact_nom_prenom: 'Zzcanari Nom',
		pro_telephone: '04 65 71 98 98',
		pro_courriel: 'zzcanari@valclair.example',
		pro_notes: 'Zzcanari, ne pas diffuser'
	};
	const facts = { ...entry.facts, ...secrets };
	const { page } = await previewOf(db, entry, facts, origin);
	await publish(db, entry, facts, haut);
	expect((await open(db, haut, slug)).facts).toMatchObject(secrets);
	const service = await findService(db, slug, 'haut-valclair');
	if (!service) throw new Error('Not published');
	const commune = await findCommune(db, 'haut-valclair');
	await archiveEntry(db, entry, haut);
	const archived = await findArchivedPage(db, slug, 'haut-valclair', commune ?? null);
	await restoreEntry(db, entry, haut);
	const shown = JSON.stringify([
		page,
		service,
		vcardOf(service, origin),
		archived,
		await listPublicPages(db)
	]);
	expect(shown).not.toMatch(/zzcanari|98.{0,3}98/i);
	for (const q of ['zzcanari', '04 65 71 98 98', 'diffuser'])
		expect((await search(db, { q, commune: 'haut-valclair', limit: 5 })).sure, q).toBe(0);
	const last = await listRevisions(db, entry.id, null);
	expect(last[0]?.state).toMatchObject(secrets);

	// A commune that adapts a shared entry reads nothing of it, in its form nor in what changed meanwhile.
	const base = await open(db, administration, 'relais');
	await publish(db, base, { ...base.facts, ...secrets }, administration);
	const adapted = await open(db, haut, 'relais');
	expect(JSON.stringify([adapted.facts, adapted.base])).not.toMatch(/zzcanari/i);
	expect(adapted.form.fields.filter(({ whole }) => whole)).toEqual([]);
});

test('an archived entry leaves lists, search and sitemap; its address says who answers now; it comes back whole', async ({
	db
}) => {
	const { haut, collegue } = await people(db);
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
	const { administration } = await people(db);
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
	const { haut } = await people(db);
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
	const { administration } = await people(db);
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

test('a mairie writes no field that isn’t offered to it, whatever its form holds', async ({ db }) => {
	const { haut } = await people(db);
	const own = await open(db, haut, 'mairie-haut-valclair');
	const forged = { ...own.facts, urgence: true, communes: ['bourg-valclair', 'pont-valclair'] };
	await publish(db, own, forged, haut);
	expect((await open(db, haut, own.slug)).facts).toMatchObject({
		urgence: false,
		communes: ['haut-valclair']
	});
	const shared = await open(db, haut, 'relais');
	const before = await db.selectFrom('service').selectAll().where('slug', '=', 'relais').execute();
	const ties = async () => [
		await db.selectFrom('service_theme').selectAll().execute(),
		await db.selectFrom('service_commune').selectAll().execute(),
		await db.selectFrom('professional_contact').selectAll().execute()
	];
	const tied = await ties();
	const whole = {
		themes: [],
		communes: [],
		structure: 'Volée',
		mots: ['vol'],
		pro_notes: 'vol',
		urgence: true
	};
	await publish(db, shared, { ...shared.facts, ...whole }, haut);
	expect(await db.selectFrom('service').selectAll().where('slug', '=', 'relais').execute()).toEqual(before);
	expect(await ties()).toEqual(tied);
});

test('two people who change places, words or notes of one entry never write over each other', async ({
	db
}) => {
	const { haut, collegue } = await people(db);
	const names: FieldName[] = [
		'themes',
		'mots',
		'structure',
		'en_attendant',
		'pro_notes',
		'langues',
		'nature'
	];
	const values: Record<string, unknown> = {
		themes: ['petite-enfance/garder'],
		mots: ['état civil'],
		structure: 'Une autre',
		en_attendant: null,
		pro_notes: 'Une note',
		langues: ['it'],
		nature: 'site'
	};
	for (const name of names) {
		const [one, other] = [
			await open(db, haut, 'mairie-haut-valclair'),
			await open(db, collegue, 'mairie-haut-valclair')
		];
		await publish(db, one, { ...one.facts, [name]: values[name] }, haut);
		await expect(publish(db, other, { ...other.facts, nom: 'Autre' }, collegue)).rejects.toThrow(
			ConflictError
		);
		expect((await open(db, haut, 'mairie-haut-valclair')).facts[name], name).toEqual(values[name]);
	}
});

test('a state kept before the site knew these fields reads and is put back without losing what came since', async ({
	db
}) => {
	const { haut } = await people(db);
	const entry = await open(db, haut, 'mairie-haut-valclair');
	// As an older version kept it: words only.
	await keepRevision(db, entry.id, null, { nom: entry.facts.nom, telephone: '04 65 71 00 88' }, 'Avant');
	const present = await open(db, haut, 'mairie-haut-valclair');
	await publish(db, present, { ...present.facts, mots: ['état civil'], pro_notes: 'Une note' }, haut);
	const later = await open(db, haut, 'mairie-haut-valclair');
	const history = completed(await listRevisions(db, entry.id, null), later.base);
	expect(history.map(({ who, state }) => [who, state.mots])).toEqual([
		['haut', ['état civil']],
		['Avant', []],
		['Avant', []]
	]);
	const old = (await listRevisions(db, entry.id, null)).at(-1)?.state ?? {};
	const back = restored(old, later.facts, later.form);
	expect(back).toEqual({ ...later.facts, telephone: '04 65 71 00 88' });
	await publish(db, later, back, haut);
	expect((await open(db, haut, 'mairie-haut-valclair')).facts).toMatchObject({
		telephone: '04 65 71 00 88',
		mots: ['état civil'],
		pro_notes: 'Une note'
	});
});

test('each field of the form is written, kept in the history and read again', async ({ db }) => {
	const { administration } = await people(db);
	const entry = await open(db, administration, 'relais');
	const [theme, section] = ['petite-enfance', 'accompagner'];
	const values: Partial<Record<FieldName, unknown>> = {
		nature: 'site',
		nom_court: 'Relais',
		langues: ['en', 'fsl'],
		themes: [`${theme}/${section}`, 'droits-et-demarches/aide'],
		communes: ['haut-valclair', 'pont-valclair'],
		structure: 'Une structure nouvelle',
		mots: ['nounou', 'RAM'],
		en_attendant: null,
		urgence: true,
		pro_contact_nom_prenom: 'Une personne',
		pro_telephone: '04 65 71 97 97',
		pro_courriel: 'pro@valclair.example',
		pro_notes: 'Une note'
	};
	await publish(db, entry, { ...entry.facts, ...values }, administration);
	expect((await open(db, administration, 'relais')).facts).toEqual({ ...entry.facts, ...values });
	const [last] = await listRevisions(db, entry.id, null);
	expect(Object.keys(last?.state ?? {}).toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
	const again = await createEntry(
		db,
		{ ...garderie, nom: 'Une copie', commune: null },
		administration,
		await open(db, administration, 'relais')
	);
	const copy = (await open(db, administration, again)).facts;
	expect(copy).toMatchObject({ structure: 'Une structure nouvelle', description: entry.facts.description });
	expect(copy).toMatchObject({ pro_notes: null, urgence: false, nom: 'Une copie' });
	expect(
		await db.selectFrom('structure').selectAll().where('nom', '=', 'Une structure nouvelle').execute()
	).toHaveLength(1);
});
