import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typedQueries } from '../../../../tests/fixtures/search.ts';
import { openWorld } from '../../../../tests/world.ts';
import { type Found, search } from './search.ts';

/** What people of Fier et Usses type, searched in their real directory. */

let world: Awaited<ReturnType<typeof openWorld>>;
let slugs: Map<number, string>;

beforeAll(async () => {
	world = await openWorld('fier-et-usses');
	const services = await world.db.selectFrom('service').select(['id', 'slug']).execute();
	slugs = new Map(services.map(({ id, slug }) => [id, slug]));
});
afterAll(() => world.close());

async function find(q: string, commune = 'sillingy'): Promise<Omit<Found, 'ids'> & { found: string[] }> {
	const { ids, ...rest } = await search(world.db, { q, commune, limit: 200 });
	return { ...rest, found: ids.map((id) => slugs.get(id) ?? '?') };
}

test('of what people type, 95 % at least finds what they need among the first three', async () => {
	const missed: string[] = [];
	for (const { q, commune, wanted } of typedQueries) {
		const { found } = await find(q, commune);
		const first = found.slice(0, 3);
		if (!wanted.some((slug) => first.includes(slug))) missed.push(`${q} (${commune}): ${first.join(', ')}`);
	}
	expect(missed.length / typedQueries.length, missed.join('\n')).toBeLessThanOrEqual(0.05);
});

test('the entries that these queries want exist', () => {
	const known = new Set(slugs.values());
	expect(typedQueries.flatMap(({ wanted }) => wanted).filter((slug) => !known.has(slug))).toEqual([]);
});

describe('whole questions find who can answer them', () => {
	test.each([
		["mon fils se fait taper à l'école", 'harcelement-3018'],
		['qui peut garder mon fils de 5 ans le mercredi', 'accueil-de-loisirs'],
		["j'ai perdu mon travail", 'chercher-un-emploi'],
		['où faire garder mon bébé pendant les vacances', 'creches-intercommunales']
	])('« %s » finds first %s', async (q, slug) => {
		expect((await find(q)).found[0]).toBe(slug);
	});

	test('whoever is alone finds where to meet people', async () => {
		const { found } = await find('je suis seule et je m’ennuie');
		expect(found.slice(0, 3).sort()).toEqual(['associations', 'cafe-des-habitants', 'devenir-benevole']);
	});
});

test('an old name or initials find who bears them before who looks like them', async () => {
	expect((await find('caf')).found.slice(0, 2).sort()).toEqual(['caf-3230', 'caf-haute-savoie']);
	expect((await find('france travail')).found[0]).toBe('chercher-un-emploi');
	expect((await find('pôle emploi')).found[0]).toBe('chercher-un-emploi');
});

test('whoever asks for the mairie’s hours gets the mairie, and not all that speaks of a mairie', async () => {
	const { found, sure } = await find('horaires de la mairie');
	expect(found[0]).toBe('mairie-sillingy');
	expect(sure).toBeLessThanOrEqual(3);
	expect(found.length).toBeLessThanOrEqual(sure + 5);
});

describe('when another commune is named', () => {
	test.each([
		['école de Lovagny', 'sillingy', 'lovagny'],
		['ecole la balme', 'sillingy', 'la-balme-de-sillingy'],
		['mairie sillingy', 'la-balme-de-sillingy', 'sillingy'],
		['choisy', 'sillingy', 'choisy'],
		['ecolle de lovagni', 'sillingy', 'lovagny']
	])('« %s » typed in %s sends to %s, and gives nothing of here', async (q, commune, elsewhere) => {
		const result = await find(q, commune);
		expect(result.elsewhere).toEqual([elsewhere]);
		expect(result.found.filter((slug) => slug.endsWith(commune))).toEqual([]);
	});

	test('what is there and serves here is given all the same', async () => {
		expect((await find('france services la balme')).found[0]).toBe('france-services');
		expect((await find('laep mésigny')).found).toEqual(['lieu-accueil-enfants-parents']);
		expect((await find('château de Lovagny')).found).toEqual(['chateau-de-montrottier']);
	});

	test('« choisir » is no commune, and one’s own commune is not another one', async () => {
		expect((await find('choisir une nounou')).elsewhere).toEqual([]);
		expect((await find('mairie de la balme de sillingy', 'la-balme-de-sillingy')).elsewhere).toEqual([]);
		expect((await find('école de Lovagny', 'lovagny')).found[0]).toBe('ecole-primaire-lovagny');
	});
});
