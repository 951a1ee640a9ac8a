import { expect } from 'vitest';
import { test } from '../../../tests/world.ts';
import {
	findService,
	listEmergencyNumbers,
	listServiceNames,
	listServicesById,
	listThemeServices
} from './services.ts';

test('a resident never sees what nobody has published', async ({ db }) => {
	expect(await findService(db, 'brouillon-jamais-publie')).toBeUndefined();
	expect(await findService(db, 'brouillon-jamais-publie', 'haut-valclair')).toBeUndefined();
	const placed = await listThemeServices(db, 'petite-enfance', 'haut-valclair');
	expect(placed.map(({ service }) => service.slug)).not.toContain('brouillon-jamais-publie');
});

test('a commune reads its own words, its neighbours the base', async ({ db }) => {
	const base = await findService(db, 'accueil-petite-enfance');
	const neighbour = await findService(db, 'accueil-petite-enfance', 'haut-valclair');
	const own = await findService(db, 'accueil-petite-enfance', 'pont-valclair');
	expect(base?.telephone).toBe('04 65 71 00 20');
	expect(neighbour?.telephone).toBe(base?.telephone);
	expect(neighbour?.description).toBe(base?.description);
	expect(neighbour?.varied).toBe(false);
	expect(own?.telephone).toBe('04 65 71 00 23');
	expect(own?.description).toContain('une permanence a lieu à l’école');
	expect(own?.varied).toBe(true);
});

test('a stand-in is called at the number its commune gives it', async ({ db }) => {
	expect((await findService(db, 'creche', 'pont-valclair'))?.en_attendant?.telephone).toBe('04 65 71 00 23');
	expect((await findService(db, 'creche', 'haut-valclair'))?.en_attendant?.telephone).toBe('04 65 71 00 20');
});

test('an entry without a named stand-in sends to the mairie of the commune where it is read', async ({
	db
}) => {
	expect((await findService(db, 'carte-grise', 'bourg-valclair'))?.en_attendant?.nom).toBe(
		'Mairie de Bourg-Valclair'
	);
	expect((await findService(db, 'carte-grise'))?.en_attendant).toBeNull();
});

test('a commune’s own entry is read there only', async ({ db }) => {
	expect(await findService(db, 'mairie-haut-valclair', 'haut-valclair')).toBeDefined();
	expect(await findService(db, 'mairie-haut-valclair', 'bourg-valclair')).toBeUndefined();
	expect(await findService(db, 'mairie-haut-valclair')).toBeUndefined();
});

test('a base entry is read only in the communes it serves', async ({ db }) => {
	expect(await findService(db, 'cafe-du-vendredi', 'bourg-valclair')).toBeDefined();
	expect(await findService(db, 'cafe-du-vendredi', 'pont-valclair')).toBeUndefined();
});

test('a theme’s page gives its sections in order, the commune’s own entries first', async ({ db }) => {
	const placed = await listThemeServices(db, 'droits-et-demarches', 'haut-valclair');
	expect(placed.map(({ service }) => service.slug)).toEqual([
		'mairie-haut-valclair',
		'accueil-valclair',
		'carte-grise'
	]);
});

test('nothing kept for professionals leaves with a public entry', async ({ db }) => {
	const service = await findService(db, 'mairie-haut-valclair', 'haut-valclair');
	expect(JSON.stringify(service)).not.toMatch(/CANARI/i);
});

test('entries come back in the order asked, those of elsewhere left out', async ({ db }) => {
	const names = await listServiceNames(db, 'pont-valclair');
	expect(names.map(({ slug }) => slug)).not.toContain('cafe-du-vendredi');
	const [first, second] = await listEmergencyNumbers(db);
	const ids = [second?.id ?? 0, 987_654, first?.id ?? 0];
	expect((await listServicesById(db, ids)).map(({ id }) => id)).toEqual([second?.id, first?.id]);
});
