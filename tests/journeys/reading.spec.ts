import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { pathIn } from '#lib/domain/language.ts';
import { expect, startSite, test } from './server.ts';

test('a question asked at night is told when someone answers', async ({ page }) => {
	const site = await startSite({ HORLOGE: '2026-11-24T02:00:00+01:00' });
	try {
		for (const path of ['/haut-valclair', '/haut-valclair/petite-enfance', '/haut-valclair/agenda']) {
			await page.goto(site.origin + path);
			const voice = page.locator('.voix');
			await expect(voice, path).toContainText(/Fermé\s+· ouvre à 8.h.30/);
			await expect(voice, path).not.toContainText('répond');
		}
	} finally {
		await site.stop();
	}
});

test('a question asked in office hours is told until when someone answers', async ({ page }) => {
	await page.goto('/haut-valclair/agenda');
	const voice = page.locator('.voix');
	await expect(voice).toContainText(/Ouvert\s+jusqu’à 12.h, puis 13.h.30/);
	await expect(voice.getByRole('link', { name: /Mairie de Haut-Valclair.*04.65.71.00.01/ })).toBeVisible();
});

test('hours that can’t be read are shown as they were given, with a call to make', async ({ page, site }) => {
	await page.goto('/haut-valclair/services/accompagnement-intercommunautaire');
	await expect(page.getByText('Horaires à confirmer', { exact: false }).first()).toBeVisible();
	await expect(page.getByText('le soir, sauf le jeudi')).toBeVisible();
	await expect(page.getByRole('link', { name: /04.65.71.00.50/ })).toHaveAttribute(
		'href',
		'tel:+33465710050'
	);
	expect(site.output()).toContain('«\u202faccompagnement-intercommunautaire\u202f» ne se lisent pas');
});

test('a source that proves nothing is named without a link', async ({ page }) => {
	await page.goto('/haut-valclair/services/accompagnement-intercommunautaire');
	await expect(page.getByText('Source : Fichier inventé', { exact: false })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Fichier inventé' })).toHaveCount(0);
});

test('the legal pages name the publisher as one says it, and give every recourse', async ({ page }) => {
	await page.goto('/mentions-legales');
	await expect(page.getByText('Ce site est publié par la Communauté de communes du Valclair')).toBeVisible();
	await page.goto('/accessibilite');
	await expect(
		page.getByText('La Communauté de communes du Valclair s’engage à rendre ses sites internet accessibles')
	).toBeVisible();
	await expect(page.getByText(/Cette déclaration a été établie le 23.novembre.2026/)).toBeVisible();
	await expect(page.getByText('Libre réponse 71120')).toBeVisible();
	await expect(page.getByRole('heading', { level: 2 })).toHaveText([
		'État de conformité',
		'Résultats des tests',
		'Contenus non accessibles',
		'Établissement de cette déclaration d’accessibilité',
		'Retour d’information et contact',
		'Voies de recours'
	]);
});

test('no title is cut inside a word on a small screen, and no hour either', async ({ page, request }) => {
	test.setTimeout(240_000);
	const sitemap = await (await request.get('/sitemap.xml')).text();
	const paths = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)]
		.map((match) => match[1] || '/')
		.filter((path) => !/^\/(territoire|bourg-valclair|pont-valclair)\//.test(pathIn('fr', path)))
		// The names of services are the same in each language.
		.filter((path) => path === pathIn('fr', path) || !/\/(services|agenda)\//.test(path));
	expect(paths.filter((path) => path.endsWith('/accompagnement-intercommunautaire'))).not.toEqual([]);
	const cut: string[] = [];
	for (const path of paths) {
		await page.goto(path);
		for (const width of [320, 360]) {
			await page.setViewportSize({ width, height: 740 });
			const found = await cutPieces(page);
			cut.push(...found.map((piece) => `${path} at ${width}: ${piece}`));
		}
	}
	expect(cut).toEqual([]);
});

/** The words of titles and the hours that stand on more than one line, and the titles that their text leaves. */
async function cutPieces(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const cut: string[] = [];
		for (const element of document.querySelectorAll('h1, h2, h3, td span')) {
			// Heard, not shown.
			if (element.matches('.hors-ecran')) continue;
			if (element.scrollWidth > element.clientWidth + 1 && element.matches('h1, h2, h3'))
				cut.push(`${element.textContent} (too wide)`);
			const pieces = element.matches('td span') ? /.+/g : /[^\s-]+/g;
			const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
			for (let text = texts.nextNode(); text; text = texts.nextNode())
				for (const found of (text.textContent ?? '').matchAll(pieces)) {
					const range = document.createRange();
					range.setStart(text, found.index);
					range.setEnd(text, found.index + found[0].length);
					if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
						cut.push(found[0]);
				}
		}
		return cut;
	});
}

test('every theme and situation of a commune gives a number to call on the first screen of a phone', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('/haut-valclair');
	const themes = await page
		.locator('.parcelles a, .themes a, main a[class*="t-"]')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	expect(themes.length).toBeGreaterThan(3);
	for (const theme of themes) {
		await page.goto(theme);
		const box = await page.locator('main a[href^="tel:"], main a[href^="sms:"]').first().boundingBox();
		expect((box?.y ?? Infinity) + (box?.height ?? 0), theme).toBeLessThanOrEqual(740);
	}
});

test('a page is given to someone beside: its address to read out, and a symbol that a camera opens', async ({
	page,
	site
}) => {
	const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
	await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer }, fireImmediately: true });
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto('/en/haut-valclair/petite-enfance');
	await page.locator('a[href*="/partager?"]').click();
	await expect(
		page.getByText(`${site.origin.replace('http://', '')}/en/haut-valclair/petite-enfance`)
	).toBeVisible();
	const [symbol] = await readBarcodes(await page.screenshot({ fullPage: true }), { formats: ['QRCode'] });
	expect(symbol?.text).toBe(`${site.origin}/en/haut-valclair/petite-enfance`);
	expect((await page.request.get('/haut-valclair/partager?page=inconnu')).status()).toBe(404);
});
