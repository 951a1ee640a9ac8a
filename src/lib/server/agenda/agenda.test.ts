import * as v from 'valibot';
import { beforeEach, expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { eventSchema } from '#lib/domain/agenda/event.ts';
import { test } from '../../../../tests/world.ts';
import { startClockAt } from '../clock.ts';
import type { Db } from '../database/schema.ts';
import { ConflictError } from '../editing/publish.ts';
import { listPublicPages } from '../sitemap.ts';
import { findAlike } from './alike.ts';
import { keepAttendance, listPastDates } from './attendance.ts';
import { feedOf } from './calendar.ts';
import { createEvent, findEditableEvent, listEventRevisions, mayEdit, saveEvent } from './editing.ts';
import { findPublishedEvent } from './events.ts';
import { readAgenda, readMonthOf } from './reading.ts';
import { findWithdrawn } from './withdrawn.ts';

beforeEach(() => {
	startClockAt(Date.parse('2026-11-24T10:15:00+01:00'));
});

const account = (role: Account['role'], communes: string[] = []): Account => ({
	id: 1,
	courriel: 'a@valclair.example',
	nom: 'Secrétariat',
	role,
	communes,
	hasSecondFactor: true
});
const administration = account('administration');
const bourg = account('mairie', ['bourg-valclair']);

const facts = (own: Partial<v.InferInput<typeof eventSchema>> = {}) =>
	v.parse(eventSchema, {
		titre: 'Loto',
		debut: '2026-12-05T14:00',
		fin: '2026-12-05T18:00',
		communes: ['bourg-valclair'],
		...own
	});
const titles = async (db: Db, scope: string, theme?: string) =>
	(await readAgenda(db, scope, theme)).cards.map(({ titre }) => titre);

test('a commune reads its own events and those of everywhere, the common base all of them, the next first', async ({
	db
}) => {
	expect(await titles(db, 'bourg-valclair')).toEqual(['Café des parents', 'Marché de Noël']);
	expect(await titles(db, 'haut-valclair')).toEqual(['Soirée jeux', 'Café des parents']);
	expect(await titles(db, 'territoire')).toEqual(['Soirée jeux', 'Café des parents', 'Marché de Noël']);
	expect(await titles(db, 'bourg-valclair', 'petite-enfance')).toEqual(['Café des parents']);
	expect(
		(await readAgenda(db, 'bourg-valclair')).projets.map(({ titre, quand }) => `${titre} ${quand}`)
	).toEqual(['Fête des familles Date à venir']);
});

test('what is cancelled stays, and says so', async ({ db }) => {
	const [soiree] = (await readAgenda(db, 'haut-valclair')).cards;
	expect(soiree?.annule?.texte.replace('\u202f', ' ')).toBe('Annulé : le chauffage est en panne');
	const january = await readMonthOf(db, 'bourg-valclair', { from: '2027-01-01', to: '2027-01-31' });
	expect(january.map(({ debut, annulation }) => [debut, annulation])).toEqual([
		['2027-01-12T09:30', 'salle en travaux']
	]);
});

test('an event leaves by itself, and the page says when', async ({ db }) => {
	await createEvent(db, facts(), { etat: 'publie', by: administration });
	const end = Date.parse('2026-12-05T18:00:00+01:00');
	expect((await readAgenda(db, 'bourg-valclair')).changes).toContain(end);
	startClockAt(end - 1000);
	expect(await titles(db, 'bourg-valclair')).toContain('Loto');
	startClockAt(end);
	expect(await titles(db, 'bourg-valclair')).not.toContain('Loto');
	// Its own page still answers: calendars lead there.
	expect(await findPublishedEvent(db, 'loto', 'bourg-valclair')).toBeDefined();
	expect((await listPublicPages(db)).map(({ path }) => path)).not.toContain('/bourg-valclair/agenda/loto');
});

test('a draft and what was put away are in no list, no feed, no sitemap', async ({ db }) => {
	for (const etat of ['brouillon', 'archive'] as const)
		await createEvent(db, facts({ titre: `Secret ${etat}` }), { etat, by: administration });
	for (const scope of ['bourg-valclair', 'territoire']) {
		expect((await titles(db, scope)).join()).not.toContain('Secret');
		expect(await feedOf(db, scope, 'https://annuaire.example')).not.toContain('Secret');
	}
	expect(await findPublishedEvent(db, 'secret-brouillon', undefined)).toBeUndefined();
	expect((await listPublicPages(db)).some(({ path }) => path.includes('secret'))).toBe(false);
});

test('the address of an event that was put away says so where it was read, in the words last read', async ({
	db
}) => {
	const slug = await createEvent(db, facts(), { etat: 'publie', by: administration });
	const at = async (scope: string, wanted = slug) => {
		const found = await findWithdrawn(db, wanted, scope);
		return found && [found.titre, found.quand.replace(/\s/g, ' '), found.passe, found.depuis];
	};
	const put = async (etat: 'publie' | 'brouillon' | 'archive', own: Parameters<typeof facts>[0] = {}) => {
		const event = await findEditableEvent(db, administration, slug);
		if (!event) throw new Error('Not there');
		const action = etat === 'publie' ? 'evenement-publie' : 'evenement-range';
		await saveEvent(db, event, facts(own), { etat, by: administration, action });
	};
	expect(await at('bourg-valclair')).toBeUndefined();
	await put('archive');
	const withdrawn = ['Loto', 'samedi 5 décembre 2026, de 14 h à 18 h', false, '2026-11-24'];
	expect(await at('bourg-valclair')).toEqual(withdrawn);
	expect(await at('territoire')).toEqual(withdrawn);
	expect(await at('haut-valclair')).toBeUndefined();
	// What someone types since isn't read.
	await put('brouillon', { titre: 'Grand secret', communes: ['haut-valclair'] });
	expect(await at('bourg-valclair')).toEqual(withdrawn);
	expect(await at('haut-valclair')).toBeUndefined();
	startClockAt(Date.parse('2026-12-06T10:00:00+01:00'));
	expect((await at('bourg-valclair'))?.[2]).toBe(true);
	await put('publie');
	expect(await at('bourg-valclair')).toBeUndefined();
	for (const etat of ['brouillon', 'archive'] as const)
		expect(
			await at('bourg-valclair', await createEvent(db, facts(), { etat, by: administration }))
		).toBeUndefined();
});

test('a feed holds the events of its commune, at the same identifier for ever', async ({ db }) => {
	const feed = await feedOf(db, 'haut-valclair', 'https://annuaire.example');
	expect(feed).toContain('UID:soiree-jeux@valclair');
	expect(feed).not.toContain('UID:marche-de-noel@valclair');
	expect(feed).toContain('https://annuaire.example/haut-valclair/agenda/cafe-des-parents');
	expect(await feedOf(db, 'territoire', 'https://annuaire.example')).toContain('UID:marche-de-noel@valclair');
});

test('a mairie changes what is for its communes only; administration, everything', async ({ db }) => {
	const mayBourg = (communes: string[]) => mayEdit(bourg, { communes });
	expect([
		mayBourg(['bourg-valclair']),
		mayBourg([]),
		mayBourg(['haut-valclair']),
		mayBourg(['bourg-valclair', 'haut-valclair'])
	]).toEqual([true, false, false, false]);
	expect(mayEdit(administration, { communes: [] })).toBe(true);
	expect(mayEdit(account('agent'), { communes: ['bourg-valclair'] })).toBe(false);
	expect(await findEditableEvent(db, bourg, 'marche-de-noel')).toBeDefined();
	expect(await findEditableEvent(db, bourg, 'soiree-jeux')).toBeUndefined();
	expect(await findEditableEvent(db, bourg, 'cafe-des-parents')).toBeUndefined();
});

test('the second of two people to save overwrites nothing', async ({ db }) => {
	const slug = await createEvent(db, facts(), { etat: 'publie', by: administration });
	const opened = await findEditableEvent(db, bourg, slug);
	if (!opened) throw new Error('Not there');
	const save = (titre: string) =>
		saveEvent(db, opened, facts({ titre }), { etat: 'publie', by: bourg, action: 'evenement-publie' });
	await save('Grand loto');
	await expect(save('Petit loto')).rejects.toThrow(ConflictError);
	expect((await findPublishedEvent(db, slug, undefined))?.facts.titre).toBe('Grand loto');
	expect((await listEventRevisions(db, opened.id)).map((state) => state.facts.titre)).toEqual([
		'Grand loto',
		'Loto'
	]);
});

test('the history of an event is never changed nor cut', async ({ db }) => {
	await createEvent(db, facts(), { etat: 'publie', by: administration });
	await expect(db.deleteFrom('event_revision').execute()).rejects.toThrow(/never cut/);
	await expect(db.updateTable('event_revision').set({ who: 'x' }).execute()).rejects.toThrow(/never changed/);
});

test('two events of one title have two addresses, neither one of the desk’s', async ({ db }) => {
	const add = (titre: string) => createEvent(db, facts({ titre }), { etat: 'publie', by: administration });
	expect([await add('Loto'), await add('Loto'), await add('Nouveau'), await add('Importer')]).toEqual([
		'loto',
		'loto-2',
		'nouveau-2',
		'importer-2'
	]);
});

test('an event of the same title, on a day and for a commune of both, is told as likely the same', async ({
	db
}) => {
	const slug = await createEvent(db, facts(), { etat: 'publie', by: administration });
	const like = async (own: Parameters<typeof facts>[0], of: string | null = null, who = bourg) =>
		(await findAlike(db, who, facts(own), of))?.date.debut;
	expect(await like({ titre: 'LOTO !' })).toBe('2026-12-05T14:00');
	expect(await like({ debut: '2026-12-04', fin: '2026-12-06', communes: [] })).toBe('2026-12-05T14:00');
	const weekly = { debut: '2026-11-28T20:00', fin: null, rrule: 'FREQ=WEEKLY;BYDAY=SA' };
	expect(await like(weekly)).toBe('2026-12-05T14:00');
	expect(await like({}, slug)).toBeUndefined();
	expect(await like({ titre: 'Loto des écoles' })).toBeUndefined();
	expect(await like({ debut: '2026-12-06', fin: null })).toBeUndefined();
	expect(await like({ communes: ['haut-valclair'] })).toBeUndefined();
	await createEvent(db, facts({ titre: 'Bal' }), { etat: 'brouillon', by: administration });
	expect(await like({ titre: 'Bal' })).toBe('2026-12-05T14:00');
	const other = account('mairie', ['haut-valclair']);
	expect(await like({ titre: 'Bal', communes: [] }, null, other)).toBeUndefined();
});

test('once a date is over, its organiser says how many came, once and for one’s own only', async ({ db }) => {
	const past = async (who: Account) =>
		(await listPastDates(db, who)).map(({ debut, participants }) => [debut, participants]);
	expect(await past(administration)).toEqual([['2026-11-10T09:30', null]]);
	expect(await past(bourg)).toEqual([]);
	const date = { slug: 'cafe-des-parents', debut: '2026-11-10T09:30', participants: 12 };
	expect(await keepAttendance(db, bourg, date)).toBe(false);
	expect(await keepAttendance(db, administration, { ...date, debut: '2026-12-08T09:30' })).toBe(false);
	expect(await keepAttendance(db, administration, date)).toBe(true);
	expect(await keepAttendance(db, administration, { ...date, participants: 14 })).toBe(true);
	expect(await past(administration)).toEqual([['2026-11-10T09:30', 14]]);
});

test('the place of an event follows its entry; one that people can no longer read leaves its name', async ({
	db
}) => {
	const entry = await db
		.selectFrom('service')
		.select(['id', 'nom'])
		.where('slug', '=', 'mairie-bourg-valclair')
		.executeTakeFirstOrThrow();
	await createEvent(db, facts({ service_id: entry.id, lieu: entry.nom }), {
		etat: 'publie',
		by: administration
	});
	const where = async () =>
		(await readAgenda(db, 'bourg-valclair')).cards.find(({ titre }) => titre === 'Loto')?.ou;
	expect(await where()).toBe(entry.nom);
	await db.updateTable('service').set({ nom: 'Hôtel de ville' }).where('id', '=', entry.id).execute();
	expect(await where()).toBe('Hôtel de ville');
	await db.deleteFrom('publication').where('service_id', '=', entry.id).execute();
	expect(await where()).toBe(entry.nom);
});
