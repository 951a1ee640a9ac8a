import { expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import { findTheme, listSections, listThemes } from './themes.ts';

test('a commune introduces a theme in its own words, its neighbours keep the base’s', async ({ db }) => {
	await db
		.insertInto('theme_variant')
		.values({
			theme: 'agenda',
			commune: 'bourg-valclair',
			field: 'introduction',
			mode: 'add',
			value: JSON.stringify('Au Bourg, le marché est le jeudi.'),
			base_value: JSON.stringify('Les rendez-vous du territoire.'),
			changed_at: '2026-11-24T10:15:00Z',
			changed_by: 'mairie'
		})
		.execute();
	const introduction = async (commune?: string) => (await findTheme(db, 'agenda', commune))?.introduction;
	expect(await introduction('bourg-valclair')).toBe(
		'Les rendez-vous du territoire.\n\nAu Bourg, le marché est le jeudi.'
	);
	expect(await introduction('haut-valclair')).toBe('Les rendez-vous du territoire.');
	expect(await introduction()).toBe('Les rendez-vous du territoire.');
	const listed = await listThemes(db, 'bourg-valclair');
	expect(listed.find(({ slug }) => slug === 'agenda')?.introduction).toContain('le jeudi');
});

test('themes and their sections come in the order of the territory', async ({ db }) => {
	expect((await listThemes(db)).map(({ slug }) => slug)).toEqual([
		'petite-enfance',
		'droits-et-demarches',
		'sante-et-urgences',
		'agenda'
	]);
	expect((await listSections(db, 'petite-enfance')).map(({ slug }) => slug)).toEqual([
		'garder',
		'accompagner',
		'bientot'
	]);
	expect(await findTheme(db, 'inconnu')).toBeUndefined();
});
