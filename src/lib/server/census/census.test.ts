import { expect } from 'vitest';
import type { Proposal } from '#lib/domain/census/plan.ts';
import { openWorld, test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { findEditable } from '../editing/editable.ts';
import { publish } from '../editing/publish.ts';
import { listRevisions } from '../editing/revisions.ts';
import { listJournal } from '../journal.ts';
import { search } from '../search/search.ts';
import { findStaleServices } from '../search/stale.ts';
import { findService } from '../services.ts';
import { applyPlan, outcomeOf } from './apply.ts';
import { chooseColumns, columnsOf, findWaiting, type Importer, keepCensus, listDone } from './census.ts';
import { csvOf, exportFor, xlsxOf } from './export.ts';
import { planOf } from './plan.ts';
import { undoCensus } from './undo.ts';

const administration: Importer = { id: null, nom: 'CCV', role: 'administration', communes: [] };
const haut: Importer = { id: null, nom: 'Accueil', role: 'mairie', communes: ['haut-valclair'] };

async function keep(db: Db, by: Importer, content: string | Uint8Array) {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	const census = await findWaiting(db, by, await keepCensus(db, by, 'recensement.csv', bytes));
	if (!census) throw new Error('It was just kept.');
	return census;
}

async function plan(db: Db, by: Importer, content: string | Uint8Array) {
	const census = await keep(db, by, content);
	const targets = (await columnsOf(db, census)).map(({ target }) => target);
	return { census, proposals: await planOf(db, by, { ...census, targets }) };
}

async function importAll(
	db: Db,
	by: Importer,
	content: string,
	{ publish = false, choices = {} }: { publish?: boolean; choices?: Record<string, string> } = {}
) {
	const { census, proposals } = await plan(db, by, content);
	return applyPlan(db, census.id, proposals, choices, { by, publish });
}

const lots = (proposals: readonly Proposal[]) => proposals.map(({ kind }) => kind);
const content = (db: Db) => exportFor(db, { role: 'administration', communes: [] });

test.for(['valclair', 'fier-et-usses'])(
	'importing one’s own export of %s changes nothing, in CSV of both kinds and in XLSX',
	async (territoire) => {
		const world = await openWorld(territoire);
		try {
			const table = await exportFor(world.db, { role: 'administration', communes: [] });
			expect(table.rows.length).toBeGreaterThan(10);
			for (const file of [csvOf(table, 'standard'), csvOf(table, 'tableur'), await xlsxOf(table)]) {
				const { proposals } = await plan(world.db, administration, file);
				expect(proposals.filter(({ kind }) => kind !== 'inchangee')).toEqual([]);
				expect(proposals).toHaveLength(table.rows.length);
			}
		} finally {
			await world.close();
		}
	}
);

test('an export of nasty words comes back unchanged, and no spreadsheet runs any of them', async ({ db }) => {
	const nasty = [
		'=HYPERLINK("https://x")',
		'+1+1',
		'-2',
		'@SUM(A1)',
		'\ttab',
		"'déjà",
		'a;b,c"d\ne',
		'’ œ € 💩'
	];
	for (const [i, words] of nasty.entries())
		await importAll(
			db,
			administration,
			`Nom;Commune;Horaires, précisions\nNasty ${i};haut-valclair;"${words.replaceAll('"', '""')}"`
		);
	await db.updateTable('service').set({ sms: '+41 22 345 67 89' }).where('slug', '=', 'relais').execute();
	const table = await content(db);
	const csv = csvOf(table, 'standard');
	expect(csv).toContain("'=HYPERLINK");
	expect(csv).toContain(',+41 22 345 67 89,');
	for (const cell of csv.split(',')) expect(cell).not.toMatch(/^"?[=@]/);
	for (const file of [csv, await xlsxOf(table)])
		expect(
			lots((await plan(db, administration, file)).proposals).filter((kind) => kind !== 'inchangee')
		).toEqual([]);
});

test('what is for professionals goes to those who may see it, and to nobody else', async ({ db }) => {
	const canaries = (table: { headers: string[]; rows: string[][] }) =>
		[...table.headers, ...table.rows.flat()].filter((cell) =>
			/canari|ne pas diffuser|BROUILLON-SECRET/i.test(cell)
		).length;
	expect(canaries(await exportFor(db, 'public'))).toBe(0);
	expect(canaries(await exportFor(db, { role: 'lecture', communes: [] }))).toBe(0);
	const elsewhere = await exportFor(db, { role: 'mairie', communes: ['bourg-valclair'] });
	expect(elsewhere.rows.flat().filter((cell) => /canari/i.test(cell))).toEqual([]);
	for (const role of ['administration', 'agent'] as const)
		expect((await exportFor(db, { role, communes: [] })).rows.flat().join()).toContain('CANARI-NOM');
	expect((await exportFor(db, { role: 'mairie', communes: ['haut-valclair'] })).rows.flat().join()).toContain(
		'CANARI-NOM'
	);
});

const messy = [
	'Recensement 2026',
	'',
	'Intitulé;Tél.;Adresse;Horaires;Public;Âges;Mél;Commune',
	'Mairie de Haut Valclair;465710001;;;;;accueil@haut.example;Haut-Valclair',
	'Club des aînés;04.65.71.01.01 / 04.65.71.01.09;Salle des fêtes;quand on veut;Seniors;;néant;haut-valclair',
	'Bibliothèque;+33465710102;"3 rue du Pré, 00100 HAUT-VALCLAIR";mercredi 14h-18h;Familles;3-6 ans;;',
	'La plage;0465710105;"1 rue du Lac, 74000 Annecy";;;;;',
	';0465710103;;;;;;',
	'Nulle part;;;;;;;',
	'La bibliothèque;;;;;;;00001'
].join('\r\n');

test('a messy list is told apart row by row, and nothing is written', async ({ db }) => {
	const before = await content(db);
	const { proposals } = await plan(db, administration, messy);
	expect(proposals.map(({ line, kind }) => [line, kind])).toEqual([
		[4, 'doublon'],
		[5, 'creation'],
		[6, 'creation'],
		[7, 'hors'],
		[8, 'refus'],
		[9, 'refus'],
		[10, 'doublon']
	]);
	const [mairie, club, library, , , , again] = proposals;
	expect(mairie?.kind === 'doublon' && mairie.likes[0]).toMatchObject({
		why: 'nom proche et même téléphone',
		completed: { changes: [] },
		replaced: { changes: [{ name: 'courriel' }, { name: 'source' }, { name: 'releve_le' }] }
	});
	expect(club?.refused.map(({ header }) => header)).toEqual(['Horaires', 'Mél']);
	expect(club?.notes.join()).toContain('04.65.71.01.09');
	expect(library?.kind === 'creation' && library.created).toMatchObject({
		commune: 'haut-valclair',
		communes: ['haut-valclair'],
		structure: 'Commune de Haut-Valclair',
		source: 'Fichier «\u202frecensement.csv\u202f»',
		facts: {
			telephone: '04 65 71 01 02',
			adresse: '3 rue du Pré',
			code_postal: '00100',
			horaires_accueil: 'We 14:00-18:00',
			publics: ['familles'],
			age_min_mois: 36,
			age_max_mois: 83
		}
	});
	expect(again?.kind === 'doublon' && again.likes[0]).toMatchObject({ line: 6 });
	expect(await content(db)).toEqual(before);
});

test('what is confirmed is written, searched, told by the journal, and undone in one step', async ({
	db
}) => {
	const before = await content(db);
	const mairie = await db
		.selectFrom('service')
		.select('id')
		.where('slug', '=', 'mairie-haut-valclair')
		.executeTakeFirstOrThrow();
	const counts = await importAll(db, administration, messy, {
		publish: true,
		choices: { '4': `remplacer-${mairie.id}` }
	});
	expect(counts).toMatchObject({ lues: 7, creees: 2, modifiees: 1, doublons: 1, refusees: 2, hors: 1 });
	expect(await findService(db, 'bibliotheque', 'haut-valclair')).toMatchObject({
		telephone: '04 65 71 01 02',
		verification: null
	});
	expect((await search(db, { q: 'bibliotheque', commune: 'haut-valclair', limit: 5 })).sure).toBeGreaterThan(
		0
	);
	expect(await findStaleServices(db)).toEqual([]);
	expect((await listRevisions(db, mairie.id, null)).map(({ who }) => who)).toEqual(['CCV', 'amorce']);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({ who: 'CCV', action: 'import' });

	const [done] = await listDone(db, administration);
	if (!done) throw new Error('No import');
	expect(await undoCensus(db, done, administration)).toEqual([]);
	expect((await listRevisions(db, mairie.id, null)).map(({ cause }) => cause)).toEqual([
		'import-annule',
		'import',
		null
	]);
	expect(await content(db)).toEqual(before);
	expect(await findService(db, 'bibliotheque', 'haut-valclair')).toBeUndefined();
	expect(await findStaleServices(db)).toEqual([]);
	expect((await listDone(db, administration))[0]?.undoneBy).toBe('CCV');
});

test('what was edited since is left when an import is undone, and said', async ({ db }) => {
	await importAll(db, haut, 'Identifiant;SMS;Courriel\nmairie-haut-valclair;0665710001;nouveau@haut.example');
	const account = { ...haut, id: 1, courriel: '', hasSecondFactor: false } as const;
	const entry = await findEditable(db, account, 'mairie-haut-valclair');
	if (!entry) throw new Error('No entry');
	await publish(db, entry, { ...entry.facts, courriel: 'encore@haut.example' }, account);
	const [done] = await listDone(db, haut);
	expect(done && (await undoCensus(db, done, haut))).toEqual(['Mairie de Haut-Valclair\u202f: Courriel']);
	expect(await findService(db, 'mairie-haut-valclair', 'haut-valclair')).toMatchObject({
		courriel: 'encore@haut.example',
		sms: null
	});
});

test('completing an entry fills what is empty and takes nothing away; replacing takes the place of its words', async ({
	db
}) => {
	const { id } = await db
		.updateTable('service')
		.set({ courriel: null, source: 'Site de la commune', age_min_mois: 60 })
		.where('slug', '=', 'mairie-haut-valclair')
		.returning('id')
		.executeTakeFirstOrThrow();
	const file =
		'Nom;Commune;Téléphone;Courriel;Ville;Horaires;Jusqu’à quel âge\nMAIRIE HAUT VALCLAIR;Haut-Valclair;0465710055;b@haut.example;HAUT VALCLAIR;lundi 9h-10h;3 ans';
	const read = () => db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const before = await read();
	const completed = await importAll(db, haut, file, { choices: { '2': `completer-${id}` } });
	expect(completed).toMatchObject({ modifiees: 1, creees: 0 });
	const { date_maj: _, ...after } = await read();
	expect(after).toEqual({ ...before, date_maj: undefined, courriel: 'b@haut.example' });

	const { proposals } = await plan(db, haut, file);
	const [like] = proposals[0]?.kind === 'doublon' ? proposals[0].likes : [];
	expect(like && outcomeOf(like, 'completer')).toBeUndefined();
	const hours = like?.replaced?.changes.find(({ name }) => name === 'horaires_accueil');
	expect(hours?.apres).toMatch(/^Lundi.: 9.h/);
	await importAll(db, haut, file, { choices: { '2': `remplacer-${id}` } });
	expect(await read()).toMatchObject({
		telephone: '04 65 71 00 55',
		ville: 'Haut-Valclair',
		horaires_accueil: 'Mo 09:00-10:00',
		age_min_mois: 60,
		age_max_mois: before.age_max_mois
	});
});

test('a second import of the same file finds nothing to do', async ({ db }) => {
	await importAll(db, administration, messy);
	const { proposals } = await plan(db, administration, messy);
	expect(lots(proposals).filter((kind) => kind === 'creation')).toEqual([]);
	expect(proposals[2]).toMatchObject({
		kind: 'inchangee',
		known: { state: { slug: 'bibliotheque' } },
		notes: []
	});
});

test('what is created is a draft unless one says so; an empty cell takes nothing away', async ({ db }) => {
	await importAll(db, haut, 'Nom;Téléphone\nLudothèque;0465710188');
	expect(await findService(db, 'ludotheque', 'haut-valclair')).toBeUndefined();
	const counts = await importAll(
		db,
		haut,
		'Identifiant;Nom;Téléphone;SMS\nludotheque;Ludothèque;;0465710189'
	);
	expect(counts.modifiees).toBe(1);
	const row = await db
		.selectFrom('service')
		.selectAll()
		.where('slug', '=', 'ludotheque')
		.executeTakeFirstOrThrow();
	expect([row.telephone, row.sms]).toEqual(['04 65 71 01 88', '04 65 71 01 89']);
	expect(await findService(db, 'ludotheque', 'haut-valclair')).toBeUndefined();
});

test('a mairie writes its own entries only, whatever the file says', async ({ db }) => {
	const { proposals } = await plan(
		db,
		haut,
		[
			'Identifiant;Nom;Commune;Communes servies;Téléphone',
			'mairie-bourg-valclair;Mairie de Bourg-Valclair;;;0465710199',
			'accueil-valclair;Accueil du Valclair;;;0465710198',
			';Club du Bourg;Bourg-Valclair;;0465710197',
			';Pour tous;;Toutes;0465710196',
			'brouillon-jamais-publie;Brouillon;;;0465710195',
			';Chez nous;;;0465710194'
		].join('\n')
	);
	expect(lots(proposals)).toEqual(['refus', 'refus', 'refus', 'refus', 'creation', 'creation']);
	expect(proposals[4]?.kind === 'creation' && proposals[4].created.commune).toBe('haut-valclair');
	const { proposals: own } = await plan(db, haut, csvOf(await exportFor(db, haut), 'tableur'));
	expect(own.filter(({ kind }) => kind !== 'inchangee')).toEqual([]);
});

test('what a column was said to be is remembered for the next file; saying otherwise forgets it', async ({
	db
}) => {
	const first = await keep(db, haut, 'Nom;Qui ?;Courriel\nClub;Seniors;a@b.fr');
	expect((await columnsOf(db, first)).map(({ target }) => target)).toEqual(['nom', undefined, 'courriel']);
	await chooseColumns(db, first, { '0': 'nom', '1': 'publics', '2': '' });
	const next = await keep(db, haut, 'nom;QUI;courriel\nClub;Seniors;a@b.fr');
	expect((await columnsOf(db, next)).map(({ target }) => target)).toEqual(['nom', 'publics', undefined]);
	await chooseColumns(db, next, { '0': 'nom', '1': '', '2': 'courriel' });
	const last = await keep(db, haut, 'nom;qui;courriel\nClub;Seniors;a@b.fr');
	expect((await columnsOf(db, last)).map(({ target }) => target)).toEqual(['nom', undefined, 'courriel']);
});

test('a file that waits belongs to whoever sent it', async ({ db }) => {
	const { id } = await keep(db, haut, 'Nom\nClub');
	expect(await findWaiting(db, { ...haut, id: 7 }, id)).toBeUndefined();
	expect(await findWaiting(db, haut, id)).toBeDefined();
});
