import * as v from 'valibot';
import { expect } from 'vitest';
import { eventSchema } from '#lib/domain/agenda/event.ts';
import { mergeProblem } from '#lib/domain/census/merging.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { insertAnnouncement } from '../editing/announcements.ts';
import { findEditable } from '../editing/editable.ts';
import { momentChoices } from '../editing/moments/choices.ts';
import { findEditableMoment } from '../editing/moments/editable.ts';
import { publishMoment } from '../editing/moments/publish.ts';
import { publish } from '../editing/publish.ts';
import { versionOf } from '../editing/revisions.ts';
import { setMaintainer } from '../freshness/maintainers.ts';
import { readPeople } from '../freshness/people.ts';
import { readAgenda } from '../agenda/reading.ts';
import { createEvent } from '../agenda/editing.ts';
import { readMerged } from '../merged.ts';
import { findMoment } from '../moments.ts';
import { addPermanence } from '../permanences.ts';
import { findStaleServices } from '../search/stale.ts';
import { findService, listServicesById } from '../services.ts';
import { listDuplicates, listMergeable } from './duplicates.ts';
import { listMerges, listMergesTold, mergeEntries, undoMerge } from './merge.ts';
import { listStored } from './states.ts';
import { insertEntry } from './write.ts';

const by = { id: 1, nom: 'CCV' };
const administration = {
	...by,
	role: 'administration',
	communes: [] as string[],
	courriel: '',
	hasSecondFactor: true
} as const;

async function entry(db: Db, slug: string) {
	const found = (await listStored(db)).find(({ state }) => state.slug === slug);
	if (!found) throw new Error(`No ${slug}`);
	return found;
}

/** What the last state of an entry's history says of a merge. */
async function lastTold(db: Db, id: number) {
	return (await listMergesTold(db, id)).get(await versionOf(db, id, null));
}

/** Everything that two entries are and that leads to them, as one text. */
async function picture(db: Db): Promise<string> {
	const tables = [
		'service',
		'service_commune',
		'service_theme',
		'service_variant',
		'closure',
		'message',
		'permanence',
		'maintainer',
		'verification',
		'professional_contact',
		'commune',
		'theme',
		'territory'
	] as const;
	const rows = [];
	for (const table of tables) rows.push(await db.selectFrom(table).selectAll().execute());
	const published = await db.selectFrom('publication').select('service_id').orderBy('service_id').execute();
	return JSON.stringify([rows, published, await db.selectFrom('archive').selectAll().execute()]).replaceAll(
		/"date_maj":"[^"]*"/g,
		''
	);
}

test('two entries become one, which has the fuller words and all that led to the other; they can be separated', async ({
	db
}) => {
	// What led to the second one: « en attendant », a variant, a closure, a theme's contact, a commune's.
	const [kept, gone] = [await entry(db, 'relais'), await entry(db, 'accueil-petite-enfance')];
	const before = await picture(db);
	await mergeEntries(db, kept, gone, { nom: 'ici', telephone: 'autre' }, by);

	const read = await findService(db, 'relais', 'pont-valclair');
	expect(read).toMatchObject({
		nom: 'Relais petite enfance',
		telephone: '04 65 71 00 23',
		mode_garde: 'assistant-maternel',
		age_min_mois: 2,
		closures: [{ motif: 'inventaire' }],
		varied: true
	});
	expect(read?.description).toMatch(/Au Pont-Valclair, une permanence/);
	expect((await entry(db, 'relais')).state.themes).toEqual([{ theme: 'petite-enfance', section: 'garder' }]);
	expect(await findService(db, 'accueil-petite-enfance', 'pont-valclair')).toBeUndefined();
	expect((await findService(db, 'creche'))?.en_attendant?.slug).toBe('relais');
	expect(await db.selectFrom('archive').select(['service_id', 'successor_id']).execute()).toEqual([
		{ service_id: gone.id, successor_id: kept.id }
	]);
	const theme = await db
		.selectFrom('theme')
		.select('contact_id')
		.where('slug', '=', 'petite-enfance')
		.executeTakeFirstOrThrow();
	expect(theme.contact_id).toBe(kept.id);
	expect(await findStaleServices(db)).toEqual([]);

	const nom = String(gone.state.facts.nom);
	expect(await lastTold(db, kept.id)).toEqual({ kind: 'reunie', nom });

	const [merge] = await listMerges(db);
	if (!merge) throw new Error('No merge');
	expect(await undoMerge(db, merge, by)).toEqual([]);
	expect(await picture(db)).toBe(before);
	expect(await lastTold(db, kept.id)).toEqual({ kind: 'separee', nom });
	expect(await listMerges(db)).toEqual([]);
	expect(await undoMerge(db, merge, by)).toEqual([]);
	expect(await findStaleServices(db)).toEqual([]);
});

test('the history tells of a merge, and of its undoing, that changed no word of the one that stays', async ({
	db
}) => {
	const relais = await entry(db, 'relais');
	const twinId = await insertEntry(db, { ...relais.state, slug: '' }, by);
	await mergeEntries(db, relais, (await listStored(db, [twinId]))[0] ?? relais, {}, by);
	expect(await lastTold(db, relais.id)).toMatchObject({ kind: 'reunie' });
	const [merge] = await listMerges(db);
	if (merge) await undoMerge(db, merge, by);
	expect(await lastTold(db, relais.id)).toMatchObject({ kind: 'separee' });
	// Two drafts too: whoever typed on the one that stays learns that it changed.
	const [one, other] = await listStored(db, [
		twinId,
		await insertEntry(db, { ...relais.state, slug: '' }, by)
	]);
	if (!one || !other) throw new Error('No drafts');
	const version = await versionOf(db, one.id, null);
	await mergeEntries(db, one, other, {}, by);
	expect(await versionOf(db, one.id, null)).toBeGreaterThan(version);
	expect(await lastTold(db, one.id)).toMatchObject({ kind: 'reunie' });
});

test('the professional contact of the one that goes stays with the one that stays', async ({ db }) => {
	const mairie = await entry(db, 'mairie-haut-valclair');
	const id = await insertEntry(
		db,
		{
			...mairie.state,
			slug: '',
			facts: { ...mairie.state.facts, nom: 'Mairie Haut Valclair' },
			professional: { contact_nom_prenom: null, telephone: null, courriel: null, notes: null }
		},
		by
	);
	const twin = (await listStored(db, [id]))[0];
	if (!twin) throw new Error('No twin');
	const [pair] = await listDuplicates(db, { role: 'mairie', communes: ['haut-valclair'] });
	expect([pair?.one.state.facts.nom, pair?.other.state.facts.nom, pair?.why]).toEqual([
		'Mairie de Haut-Valclair',
		'Mairie Haut Valclair',
		'nom proche et même téléphone'
	]);
	expect(await listDuplicates(db, { role: 'mairie', communes: ['bourg-valclair'] })).toEqual([]);

	await mergeEntries(db, twin, mairie, {}, by);
	const stayed = (await listStored(db, [id]))[0];
	expect(stayed).toMatchObject({
		isPublished: true,
		state: { professional: { contact_nom_prenom: 'CANARI-NOM' } }
	});
	const commune = await db
		.selectFrom('commune')
		.select('mairie_id')
		.where('slug', '=', 'haut-valclair')
		.executeTakeFirstOrThrow();
	expect(commune.mairie_id).toBe(id);
	// Someone confirmed the other one.
	expect((await listServicesById(db, [id], 'haut-valclair'))[0]?.verification?.verifie_par).toBe('la mairie');

	const [merge] = await listMerges(db);
	if (merge) await undoMerge(db, merge, by);
	expect((await listStored(db, [id]))[0]).toMatchObject({ isPublished: false });
	expect(await findService(db, 'mairie-haut-valclair', 'haut-valclair')).toBeDefined();
});

test('what was edited since two entries were made one is left when they are separated, and said', async ({
	db
}) => {
	await mergeEntries(db, await entry(db, 'relais'), await entry(db, 'creche'), {}, by);
	const edited = await findEditable(db, administration, 'relais');
	if (!edited) throw new Error('No entry');
	await publish(db, edited, { ...edited.facts, frais: 'gratuit' }, by);
	const [merge] = await listMerges(db);
	expect(merge && (await undoMerge(db, merge, by))).toEqual(['Prix']);
	expect((await entry(db, 'relais')).state.facts.frais).toBe('gratuit');
});

test('two communes each keep theirs; what serves several communes is what stays', async ({ db }) => {
	const [haut, bourg, shared] = await Promise.all(
		['mairie-haut-valclair', 'mairie-bourg-valclair', 'accueil-valclair'].map((slug) => entry(db, slug))
	);
	if (!haut || !bourg || !shared) throw new Error('No entries');
	expect(mergeProblem(haut.state, bourg.state)).toMatch(/deux communes/);
	expect(mergeProblem(haut.state, shared.state)).toMatch(/elle qu’il faut garder/);
	expect(mergeProblem(shared.state, haut.state)).toBeUndefined();
	expect(mergeProblem(shared.state, shared.state)).toMatch(/même fiche/);
	expect(
		(await listMergeable(db, { role: 'mairie', communes: ['haut-valclair'] })).map(({ state }) => state.slug)
	).toEqual(['mairie-haut-valclair']);
	expect(await listMergeable(db, { role: 'lecture', communes: [] })).toEqual([]);
});

test('permanences, messages and whoever answers for the one that goes follow it, and come back', async ({
	db
}) => {
	const [relais, creche] = [await entry(db, 'relais'), await entry(db, 'creche')];
	const named = { id: creche.id, slug: 'creche' };
	await addPermanence(
		db,
		named,
		{
			commune: 'haut-valclair',
			lieu: 'Mairie',
			adresse: null,
			horaires_accueil: 'Tu 09:00-12:00',
			precisions: null
		},
		by
	);
	await insertAnnouncement(db, { id: creche.id, variantOf: null }, 'message', {
		debut: '2026-12-01',
		fin: '2026-12-24',
		texte: 'Portes ouvertes.'
	});
	const asso = { courriel: 'asso@valclair.example', nom: 'L’association', publishes: false };
	await setMaintainer(db, named, 1, asso, administration);

	const around = async () => {
		const read = (await listServicesById(db, [relais.id], 'haut-valclair'))[0];
		const { first } = (await readPeople(db))({ id: relais.id, commune: null });
		return [
			read?.permanences.map(({ lieu }) => lieu),
			read?.messages.map(({ texte }) => texte),
			first.map(({ courriel }) => courriel)
		];
	};
	const before = await around();
	await mergeEntries(db, relais, creche, {}, by);
	expect(await around()).toEqual([['Mairie'], ['Portes ouvertes.'], [asso.courriel]]);
	const [merge] = await listMerges(db);
	if (merge) await undoMerge(db, merge, by);
	expect(await around()).toEqual(before);
	expect((await listServicesById(db, [creche.id], 'haut-valclair'))[0]?.permanences).toHaveLength(1);
});

test('a step of a situation, an event and what a resident wrote follow the entry that goes, and come back', async ({
	db
}) => {
	const [kept, gone] = [await entry(db, 'relais'), await entry(db, 'creche')];
	const slug = 'garder-mon-bebe';
	const open = async () => {
		const moment = await findEditableMoment(db, administration, slug);
		if (!moment) throw new Error(`No ${slug}`);
		return moment;
	};
	const written = await open();
	const [first, ...others] = written.common.etapes;
	if (!first) throw new Error('No step');
	const etapes = [{ ...first, fiche: gone.id }, ...others.map((step) => ({ ...step, fiche: null }))];
	await publishMoment(db, written, { ...written.common, appeler: gone.id, etapes }, by);
	const nom = String(gone.state.facts.nom);
	const loto = v.parse(eventSchema, { titre: 'Loto', service_id: gone.id, lieu: nom });
	await createEvent(db, loto, { etat: 'publie', by });
	const asked = {
		kind: 'question',
		text: 'Quand ?',
		reasons: '[]',
		received_at: '2026-11-24T09:00:00.000Z'
	} as const;
	await db
		.insertInto('enquiry')
		.values({ ...asked, service_id: gone.id, due_on: '2026-12-01' })
		.execute();

	const named = async () => {
		const { common } = await open();
		const enquiry = await db.selectFrom('enquiry').select('service_id').executeTakeFirst();
		const { projets } = await readAgenda(db, 'territoire');
		return {
			step: (await findMoment(db, slug, 'territoire', null))?.etapes[0]?.fiche?.slug,
			form: [common.appeler, common.etapes[0]?.fiche],
			place: projets.find(({ titre }) => titre === 'Loto')?.ou,
			enquiry: enquiry?.service_id
		};
	};
	const before = await named();
	expect(before).toEqual({ step: 'creche', form: [gone.id, gone.id], place: nom, enquiry: gone.id });
	await mergeEntries(db, kept, gone, { nom: 'ici' }, by);
	expect(await named()).toEqual({
		step: 'relais',
		form: [kept.id, kept.id],
		place: kept.state.facts.nom,
		enquiry: kept.id
	});
	// A form filled before they were made one can still be published.
	expect((await momentChoices(db, await open())).hasEntry(gone.id)).toBe(true);
	const [merge] = await listMerges(db);
	if (merge) await undoMerge(db, merge, by);
	expect(await named()).toEqual(before);
});

test('an entry made into one that is made into another in its turn leads to the last', async ({ db }) => {
	const [first, second, third] = [
		await entry(db, 'creche'),
		await entry(db, 'accueil-petite-enfance'),
		await entry(db, 'relais')
	];
	await mergeEntries(db, second, first, {}, by);
	await mergeEntries(db, third, await entry(db, 'accueil-petite-enfance'), {}, by);
	const follow = await readMerged(db);
	expect([first.id, second.id, third.id, null].map(follow)).toEqual([third.id, third.id, third.id, null]);
	for (const merge of await listMerges(db)) await undoMerge(db, merge, by);
	expect((await readMerged(db))(first.id)).toBe(first.id);
});
