import { expect } from 'vitest';
import { type FieldName, fields } from '#lib/domain/editing/fields.ts';
import { restored } from '#lib/domain/editing/typing.ts';
import { test } from '../../../../tests/world.ts';
import { findArchivedPage } from '../archived-page.ts';
import { findCommune } from '../communes.ts';
import { search } from '../search/search.ts';
import { findService } from '../services.ts';
import { listPublicPages } from '../sitemap.ts';
import { vcardOf } from '../vcard.ts';
import { archiveEntry, restoreEntry } from './archive.ts';
import { createEntry } from './create.ts';
import { previewOf } from './preview.ts';
import { ConflictError, publish } from './publish.ts';
import { completed, keepRevision, listRevisions } from './revisions.ts';
import { editors, garderie, open, origin, publishedGarderie } from '../../../../tests/editors.ts';

test('the preview is the page that people read once it is published, and writes nothing', async ({ db }) => {
	const { administration, haut } = await editors(db);
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
	const { haut, administration } = await editors(db);
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

test('a mairie writes no field that isn’t offered to it, whatever its form holds', async ({ db }) => {
	const { haut } = await editors(db);
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
	const { haut, collegue } = await editors(db);
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
	const { haut } = await editors(db);
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
	const { administration } = await editors(db);
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
