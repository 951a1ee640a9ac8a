import { expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { findCommune } from '../communes.ts';
import { findContact } from '../contacts.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { search } from '../search/search.ts';
import { findStaleServices } from '../search/stale.ts';
import { findService, listNumbers, listServiceNames, listThemeServices } from '../services.ts';
import { followCommonOrder, hasOwnOrder, listPlacedSections, moveEntry, setHidden } from './placement.ts';

const by = { id: 1, nom: 'Accueil' };
const theme = 'petite-enfance';
const haut = { theme, commune: 'haut-valclair' };
const common = { theme, commune: null };

const read = async (db: Db, commune?: string, of = theme) =>
	(await listThemeServices(db, of, commune)).map(({ service }) => service.slug);
const found = async (db: Db, commune: string | undefined, q: string) =>
	(await search(db, { q, commune, limit: 20 })).ids;

test('a commune puts an entry before another: its page follows at once, its neighbours keep the common order', async ({
	db
}) => {
	expect((await read(db, 'haut-valclair')).slice(0, 2)).toEqual(['creche', 'relais']);
	expect(await hasOwnOrder(db, haut)).toBe(false);
	expect(await moveEntry(db, haut, 'relais', 'haut', by)).toBe(true);
	expect((await read(db, 'haut-valclair')).slice(0, 2)).toEqual(['relais', 'creche']);
	expect((await read(db, 'bourg-valclair')).slice(0, 2)).toEqual(['creche', 'relais']);
	expect((await read(db)).slice(0, 2)).toEqual(['creche', 'relais']);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
		action: 'theme-range',
		object: 'petite-enfance (haut-valclair)'
	});
	expect(await hasOwnOrder(db, haut)).toBe(true);
	await followCommonOrder(db, haut, by);
	expect((await read(db, 'haut-valclair')).slice(0, 2)).toEqual(['creche', 'relais']);
});

test('administration orders the common base: communes follow it, but those that have their own order', async ({
	db
}) => {
	await moveEntry(db, haut, 'creche', 'haut', by);
	expect(await hasOwnOrder(db, haut)).toBe(false);
	await moveEntry(db, haut, 'relais', 'debut', by);
	await moveEntry(db, { theme, commune: 'pont-valclair' }, 'creche', 'bas', by);
	await moveEntry(db, { theme, commune: 'pont-valclair' }, 'creche', 'debut', by);
	await moveEntry(db, common, 'creche', 'bas', by);
	expect((await read(db, 'bourg-valclair')).slice(0, 2)).toEqual(['relais', 'creche']);
	expect((await read(db, 'pont-valclair')).slice(0, 2)).toEqual(['creche', 'relais']);
	expect(await moveEntry(db, common, 'n-existe-pas', 'bas', by)).toBe(false);
	expect(await moveEntry(db, common, 'brouillon-jamais-publie', 'bas', by)).toBe(false);
});

test('who answers for a theme stays above the others, wherever it is placed', async ({ db }) => {
	const id = (await findService(db, 'accueil-petite-enfance'))?.id ?? 0;
	const leads = async (place: typeof haut | typeof common) =>
		(await listPlacedSections(db, place)).flatMap(({ shown }) =>
			shown.filter(({ isLead }) => isLead).map(({ slug }) => slug)
		);
	await db.updateTable('theme').set({ contact_id: id }).where('slug', '=', theme).execute();
	expect([await leads(haut), await leads(common)]).toEqual([
		['accueil-petite-enfance'],
		['accueil-petite-enfance']
	]);
	await moveEntry(db, haut, 'creche', 'debut', by);
	expect(await leads(haut)).toEqual(['accueil-petite-enfance']);
	await setHidden(db, haut, 'accueil-petite-enfance', true, by);
	expect(await leads(haut)).toEqual([]);
});

test('an entry that a commune hides leaves its theme, lists and search; its own address still answers', async ({
	db
}) => {
	const relais = (await findService(db, 'relais'))?.id ?? 0;
	const lists = async (commune?: string) => ({
		theme: (await read(db, commune)).includes('relais'),
		names: (await listServiceNames(db, commune)).some(({ slug }) => slug === 'relais'),
		search: (await found(db, commune, 'relais')).includes(relais)
	});
	expect(await lists('haut-valclair')).toEqual({ theme: true, names: true, search: true });
	expect(await setHidden(db, haut, 'relais', true, by)).toBe(true);
	expect(await lists('haut-valclair')).toEqual({ theme: false, names: false, search: false });
	expect(await lists('bourg-valclair')).toEqual({ theme: true, names: true, search: true });
	expect(await lists()).toEqual({ theme: true, names: true, search: true });
	expect((await findService(db, 'relais', 'haut-valclair'))?.nom).toBe('Relais petite enfance');
	expect(await findStaleServices(db)).toEqual([]);
	const sections = await listPlacedSections(db, haut);
	expect(sections.flatMap(({ hidden }) => hidden.map(({ slug }) => slug))).toEqual(['relais']);

	expect(await setHidden(db, haut, 'relais', false, by)).toBe(true);
	expect(await lists('haut-valclair')).toEqual({ theme: true, names: true, search: true });
	expect((await listJournal(db, { limit: 2 })).map(({ action, object }) => [action, object])).toEqual([
		['fiche-montree', 'relais (haut-valclair)'],
		['fiche-cachee', 'relais (haut-valclair)']
	]);
});

test('the words of a commune that hides an entry are found by nobody', async ({ db }) => {
	const pont = { theme, commune: 'pont-valclair' };
	const id = (await findService(db, 'accueil-petite-enfance'))?.id;
	const finds = async (commune?: string) => (await found(db, commune, 'permanence')).includes(id ?? 0);
	expect([await finds('pont-valclair'), await finds()]).toEqual([true, true]);
	await setHidden(db, pont, 'accueil-petite-enfance', true, by);
	expect([await finds('pont-valclair'), await finds()]).toEqual([false, false]);
});

test('nobody is sent to call an entry that the commune hides: the mairie answers', async ({ db }) => {
	const commune = (await findCommune(db, 'haut-valclair')) ?? null;
	const contact = (await findService(db, 'accueil-petite-enfance'))?.id ?? 0;
	expect((await findContact(db, contact, commune))?.slug).toBe('accueil-petite-enfance');
	await setHidden(db, haut, 'accueil-petite-enfance', true, by);
	expect((await findContact(db, contact, commune))?.slug).toBe('mairie-haut-valclair');
});

test('emergency numbers, the mairie, who answers when nobody does and a commune’s own entries are never hidden', async ({
	db
}) => {
	const commune = 'haut-valclair';
	const cannot: [string, string][] = [
		['sante-et-urgences', 'numero-de-secours'],
		['droits-et-demarches', 'mairie-haut-valclair'],
		['droits-et-demarches', 'accueil-valclair'],
		['droits-et-demarches', 'mairie-bourg-valclair'],
		['petite-enfance', 'carte-grise'],
		['petite-enfance', 'n-existe-pas']
	];
	for (const [theme, slug] of cannot)
		expect(await setHidden(db, { theme, commune }, slug, true, by), slug).toBe(false);
	expect(await setHidden(db, common, 'creche', true, by)).toBe(false);
	expect((await listNumbers(db, commune)).some(({ slug }) => slug === 'numero-de-secours')).toBe(true);
});
