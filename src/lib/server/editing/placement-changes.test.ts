import { expect } from 'vitest';
import { test } from '../../../../tests/world.ts';
import { renameEntry } from './address.ts';
import { followCommonOrder, moveEntry, setHidden } from './placement.ts';
import { listHidings, listThemeChanges, type PlacementChange } from './placement-changes.ts';

const by = { id: 1, nom: 'Accueil' };
const theme = 'petite-enfance';
const haut = { theme, commune: 'haut-valclair' };
const bourg = { theme, commune: 'bourg-valclair' };
const common = { theme, commune: null };

const told = (changes: PlacementChange[]) =>
	changes.map(({ who, action, commune, nom }) => [who, action, commune, nom]);

test('the order and what is hidden are told of a theme: to a commune its own and the common one, to the base all', async ({
	db
}) => {
	await moveEntry(db, common, 'relais', 'haut', by);
	await moveEntry(db, haut, 'creche', 'haut', by);
	await moveEntry(db, bourg, 'creche', 'haut', by);
	await setHidden(db, haut, 'relais', true, by);
	await setHidden(db, haut, 'relais', false, by);
	await followCommonOrder(db, haut, by);
	const [nom] = (await db.selectFrom('service').select('nom').where('slug', '=', 'relais').execute()).map(
		(service) => service.nom
	);
	const ofHaut = [
		['Accueil', 'ordre-commun', 'haut-valclair', null],
		['Accueil', 'fiche-montree', 'haut-valclair', nom],
		['Accueil', 'fiche-cachee', 'haut-valclair', nom]
	];
	const orderOf = (commune: string | null) => ['Accueil', 'theme-range', commune, null];
	expect(told(await listThemeChanges(db, haut))).toEqual([
		...ofHaut,
		orderOf('haut-valclair'),
		orderOf(null)
	]);
	expect(told(await listThemeChanges(db, common))).toEqual([
		...ofHaut,
		orderOf('bourg-valclair'),
		orderOf('haut-valclair'),
		orderOf(null)
	]);
	expect(await listThemeChanges(db, { theme: 'sante-et-urgences', commune: 'haut-valclair' })).toEqual([]);
});

test('an entry that was hidden is still told after its address changed', async ({ db }) => {
	await setHidden(db, haut, 'relais', true, by);
	const { id } = await db
		.selectFrom('service')
		.select('id')
		.where('slug', '=', 'relais')
		.executeTakeFirstOrThrow();
	await renameEntry(db, { id, slug: 'relais' }, 'relais-petite-enfance', by);
	expect(told(await listHidings(db, id, 'haut-valclair'))).toEqual(told(await listHidings(db, id, null)));
	expect(await listHidings(db, id, 'haut-valclair')).toHaveLength(1);
	expect(await listHidings(db, id, 'bourg-valclair')).toEqual([]);
});
