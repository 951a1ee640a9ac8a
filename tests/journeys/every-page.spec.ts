import { brotliCompressSync } from 'node:zlib';
import type { APIRequestContext } from '@playwright/test';
import { languages, pathIn, translatedLanguages } from '#lib/domain/language.ts';
import { faultsOf, markupFaults, scriptFaults } from './page-faults.ts';
import { expect, test } from './server.ts';

test('every public page answers, is valid, and has a title and one heading of its own', async ({
	request
}) => {
	const titles = new Map<string, string>();
	const faults: string[] = [];
	for (const path of await publicPages(request)) {
		const response = await request.get(path);
		expect(response.status(), path).toBe(200);
		const html = await response.text();
		const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
		expect(titles.get(title), `${path} shares its title`).toBeUndefined();
		titles.set(title, path);
		expect(html.match(/<h1/g), path).toHaveLength(1);
		faults.push(...scriptFaults(path, html));
		expect(html, path).toMatch(/^<!doctype html>\n<html lang="fr" dir="ltr">/);
		faults.push(...(await markupFaults(path, html)));
	}
	expect(faults).toEqual([]);
});

// The pages of one commune are made as those of the others, in each language.
for (const { code, nom, lang, dir } of translatedLanguages)
	test(`in ${nom}, every page of a commune answers, is valid, and has a title and one heading of its own`, async ({
		request
	}) => {
		const paths = (await pagesInAll(request)).filter((path) =>
			['', 'haut-valclair'].includes(placeOf(pathIn('fr', path)))
		);
		const mine = paths.filter((path) => path === pathIn(code, path));
		expect(mine.length).toBe(paths.length / languages.length);
		const titles = new Set<string>();
		const faults: string[] = [];
		for (const path of mine) {
			const response = await request.get(path);
			expect(response.status(), path).toBe(200);
			const html = await response.text();
			const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
			expect(titles.has(title), `${path} shares its title`).toBe(false);
			titles.add(title);
			expect(title, path).toContain(nom);
			expect(html.match(/<h1/g), path).toHaveLength(1);
			expect(html, path).toContain(`<html lang="${lang}" dir="${dir}">`);
			expect(html, path).not.toMatch(/undefined|\[object/);
			expect(Buffer.byteLength(brotliCompressSync(html)), path).toBeLessThan(14_000);
			for (const [, href = ''] of html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) {
				const isMine = href === pathIn(code, href);
				const isSwitch = html.includes(`href="${href}" lang=`) || html.includes(`href="${href}?`);
				expect(isMine || isSwitch, `${href} of ${path} leaves the language`).toBe(true);
			}
			faults.push(...scriptFaults(path, html));
			faults.push(...(await markupFaults(path, html)));
		}
		expect(faults).toEqual([]);
	});

test('every link of every public page leads somewhere', async ({ request }) => {
	const seen = new Set<string>();
	for (const path of await publicPages(request)) {
		const html = await (await request.get(path)).text();
		for (const [, href = ''] of html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
			if (seen.has(href)) continue;
			seen.add(href);
			expect((await request.get(href)).status(), `${href} from ${path}`).toBe(200);
		}
	}
	expect(seen.size).toBeGreaterThan(50);
});

test('no page is wider than a phone', async ({ page, request }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const wider: string[] = [];
	for (const path of await publicPages(request)) {
		await page.goto(path);
		if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wider.push(path);
	}
	expect(wider).toEqual([]);
});

// The pages of one commune are made as those of the others.
for (const place of ['territoire', 'haut-valclair', ''])
	test(`axe finds nothing on any page ${place === '' ? 'outside the communes' : `of ${place}`}`, async ({
		page,
		request
	}) => {
		await page.setViewportSize({ width: 360, height: 740 });
		const paths = (await publicPages(request)).filter((path) => placeOf(path) === place);
		expect(paths.length).toBeGreaterThan(3);
		expect(await faultsOf(page, paths)).toEqual([]);
	});

const kindsOfPage = [
	'',
	'/petite-enfance',
	'/sante-et-urgences',
	'/agenda',
	'/moments',
	'/moments/garder-mon-bebe',
	'/moments/quelqu-un-me-fait-peur',
	'/services/accueil-petite-enfance',
	'/services/mairie-haut-valclair',
	'/services/accueil-petite-enfance/signaler',
	'/recherche?q=nounou',
	'/recherche?gratuit=oui&age=3',
	'/question',
	'/comprendre',
	'/numeros-utiles'
];
for (const { code, nom } of translatedLanguages)
	test(`axe finds nothing in ${nom}, on a page of each kind`, async ({ page }) => {
		await page.setViewportSize({ width: 320, height: 740 });
		const paths = kindsOfPage.map((kind) => `/haut-valclair${kind}`);
		expect(
			await faultsOf(
				page,
				['/', '/accessibilite', ...paths].map((path) => pathIn(code, path))
			)
		).toEqual([]);
	});

test('axe finds nothing in the dark either, on a page of each kind', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.setViewportSize({ width: 320, height: 740 });
	const kinds = [
		'',
		'/petite-enfance',
		'/droits-et-demarches',
		'/sante-et-urgences',
		'/agenda',
		'/services/accueil-petite-enfance',
		'/recherche?q=nounou',
		'/recherche?q=zzzzzz',
		'/recherche?q=crèche%20xyzzyx',
		'/recherche?q=mairie%20de%20Bourg-Valclair',
		'/numeros-utiles',
		'/plan-du-site'
	];
	const paths = kinds.map((kind) => `/haut-valclair${kind}`);
	expect(await faultsOf(page, ['/', ...paths, '/q', '/accessibilite'])).toEqual([]);
});

/** The commune, or `territoire`, whose page this is; empty for a page that is of none. */
function placeOf(path: string): string {
	const [, place = ''] = /^\/(territoire|[a-z]+-valclair)(\/|$)/.exec(path) ?? [];
	return place;
}

/** The public pages in French. */
async function publicPages(request: APIRequestContext): Promise<string[]> {
	return (await pagesInAll(request)).filter((path) => pathIn('fr', path) === path);
}

async function pagesInAll(request: APIRequestContext): Promise<string[]> {
	const sitemap = await (await request.get('/sitemap.xml')).text();
	const paths = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map(
		(match) => match[1] || '/'
	);
	expect(paths.length).toBeGreaterThan(40);
	return paths;
}
