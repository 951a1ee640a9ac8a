import { expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import { listUnreadableHours } from './hours.ts';

test('whoever installs the site is told which entries have hours that can’t be read', async ({ db }) => {
	expect(await listUnreadableHours(db)).toEqual([
		{ slug: 'accompagnement-intercommunautaire', horaires: 'le soir, sauf le jeudi' }
	]);
});

test('hours that one commune gives are looked at too', async ({ db }) => {
	const { id } = await db
		.selectFrom('service')
		.select('id')
		.where('slug', '=', 'accueil-valclair')
		.executeTakeFirstOrThrow();
	await db
		.insertInto('service_variant')
		.values({
			service_id: id,
			commune: 'haut-valclair',
			field: 'horaires_accueil',
			mode: 'replace',
			value: JSON.stringify('quand il fait beau'),
			base_value: JSON.stringify('Mo-Fr 09:00-12:30'),
			changed_at: '2026-11-24T09:00:00Z',
			changed_by: 'essai'
		})
		.execute();
	expect((await listUnreadableHours(db)).map(({ horaires }) => horaires)).toContain('quand il fait beau');
});
