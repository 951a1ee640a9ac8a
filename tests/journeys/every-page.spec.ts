import type { APIRequestContext } from '@playwright/test';
import { faultsOf, markupFaults } from './page-faults.ts';
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
		expect(html, path).not.toContain('<script');
		expect(html, path).toMatch(/^<!doctype html>\n<html lang="fr" dir="ltr">/);
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

async function publicPages(request: APIRequestContext): Promise<string[]> {
	const sitemap = await (await request.get('/sitemap.xml')).text();
	const paths = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map(
		(match) => match[1] || '/'
	);
	expect(paths.length).toBeGreaterThan(40);
	return paths;
}
