import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFilters } from '#lib/domain/search/filters.ts';
import { tuesdayMorning } from '../../../../tests/site.ts';
import { openWorld } from '../../../../tests/world.ts';
import { restoreClock, startClockAt } from '../clock.ts';
import { readingOf } from '../reading.ts';
import { findAnswers } from './answers.ts';

let valclair: Awaited<ReturnType<typeof openWorld>>;
let real: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
	startClockAt(Date.parse(tuesdayMorning));
	valclair = await openWorld();
	real = await openWorld('fier-et-usses');
});
afterAll(async () => {
	await valclair.close();
	await real.close();
	restoreClock();
});

async function find(q: string, query = '', { world = valclair, commune = 'bourg-valclair' } = {}) {
	const filters = readFilters(new URLSearchParams(query));
	const reading = await readingOf(world.db, commune);
	const found = await findAnswers(world.db, { q, filters, commune }, reading);
	return (
		found && { answers: found.answers.map(({ slug }) => slug), others: found.others.map(({ slug }) => slug) }
	);
}

test('nothing asked, nothing found', async () => {
	expect(await find('')).toBeUndefined();
	expect(await find('', 'age=-3&theme=')).toBeUndefined();
});

describe('without words, all that fits is found', () => {
	test('free', async () => {
		expect((await find('', 'gratuit=oui'))?.answers.sort()).toEqual([
			'accueil-petite-enfance',
			'accueil-valclair',
			'numero-de-secours'
		]);
	});

	test('free and without appointment', async () => {
		expect((await find('', 'gratuit=oui&rendez_vous=sans'))?.answers).toEqual(['accueil-valclair']);
	});

	test('in a theme', async () => {
		expect((await find('', 'theme=petite-enfance&gratuit=oui'))?.answers).toEqual(['accueil-petite-enfance']);
		expect(await find('', 'theme=inconnu')).toEqual({ answers: [], others: [] });
	});

	test('for an age: first what is said to be for it, never what isn’t', async () => {
		const { answers = [] } = (await find('', 'age=3')) ?? {};
		expect(answers.slice(0, 2).sort()).toEqual(['accueil-petite-enfance', 'creche']);
		const old = (await find('', 'age=80'))?.answers ?? [];
		expect(old).not.toContain('creche');
		expect(old).toContain('mairie-bourg-valclair');
	});
});

test('« ouvert maintenant » and « ouvert samedi » find what is, on that Tuesday at a quarter past ten', async () => {
	const now = (await find('ouvert maintenant'))?.answers;
	expect(now).toContain('accueil-petite-enfance');
	expect(now).not.toContain('mairie-bourg-valclair');
	expect((await find('', 'ouvert=oui'))?.answers).toEqual(now);
	// The Saturday of an even week.
	expect((await find('ouvert samedi'))?.answers.sort()).toEqual([
		'ecoute-valclair',
		'mairie-bourg-valclair',
		'numero-de-secours',
		'secours-par-sms'
	]);
	expect((await find('mairie ouverte samedi'))?.answers).toEqual(['mairie-bourg-valclair']);
	expect((await find('mairie ouverte mardi'))?.answers).toEqual([]);
});

test('a word of a question is still searched when something is chosen beside it', async () => {
	expect((await find('crèche', 'age=2'))?.answers[0]).toBe('creche');
	const { answers, others } = (await find('crèche', 'age=40')) ?? {};
	expect(answers).not.toContain('creche');
	expect(others).not.toContain('creche');
});

describe('a word of another language finds who does it, in the real directory', () => {
	test.each([
		['nursery', ['creches-intercommunales', 'service-petite-enfance']],
		['childminder', ['nounou-assistante-maternelle']],
		['school meals', ['cantine']],
		['pregnant', ['declarer-grossesse', 'protection-maternelle-infantile']],
		['divorce', ['mediation-familiale', 'pensions-alimentaires-3238']],
		['creche', ['creches-intercommunales', 'service-petite-enfance']],
		['ama', ['nounou-assistante-maternelle']],
		['grávida', ['declarer-grossesse', 'protection-maternelle-infantile']],
		['refeições escolares', ['cantine']],
		['carta de condução', ['carte-grise-permis']],
		['kreş', ['creches-intercommunales', 'service-petite-enfance']],
		['çocuk bakıcısı', ['nounou-assistante-maternelle']],
		['okul', ['ecole-primaire-chef-lieu-sillingy']],
		['ehliyet', ['carte-grise-permis']],
		['hamile', ['declarer-grossesse', 'protection-maternelle-infantile']],
		['حضانة', ['creches-intercommunales', 'service-petite-enfance']],
		['المدرسة', ['ecole-primaire-chef-lieu-sillingy']],
		['حامل', ['declarer-grossesse', 'protection-maternelle-infantile']]
	])('« %s »', async (q, wanted) => {
		const { answers = [], others = [] } = (await find(q, '', { world: real, commune: 'sillingy' })) ?? {};
		const first = [...answers, ...others].slice(0, 3);
		expect(
			wanted.some((slug) => first.includes(slug)),
			first.join(', ')
		).toBe(true);
	});
});
