import type { Page } from '@playwright/test';
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
	expect(site.output()).toContain('« accompagnement-intercommunautaire » ne se lisent pas');
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
	await expect(page.getByText('Cette déclaration a été établie le lundi 23 novembre 2026')).toBeVisible();
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

for (const width of [320, 360])
	test(`no title is cut inside a word on a screen of ${width} pixels, and no hour either`, async ({
		page,
		request
	}) => {
		await page.setViewportSize({ width, height: 740 });
		const sitemap = await (await request.get('/sitemap.xml')).text();
		const paths = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map(
			(match) => match[1] || '/'
		);
		expect(paths.some((path) => path.endsWith('accompagnement-intercommunautaire'))).toBe(true);
		const cut: string[] = [];
		for (const path of paths) {
			await page.goto(path);
			cut.push(...(await cutWords(page, 'h1, h2, h3', /[^\s-]+/g)).map((word) => `${path} ${word}`));
			cut.push(...(await cutWords(page, 'td span', /.+/g)).map((slot) => `${path} ${slot}`));
		}
		expect(cut).toEqual([]);
	});

/** The pieces of these elements' text that stand on more than one line, or leave their element. */
async function cutWords(page: Page, selector: string, pieces: RegExp): Promise<string[]> {
	return page.locator(selector).evaluateAll(
		(elements, [source, flags]) =>
			elements.flatMap((element) => {
				const cut =
					element.scrollWidth > element.clientWidth + 1 ? [`${element.textContent} (too wide)`] : [];
				const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
				for (let text = texts.nextNode(); text; text = texts.nextNode())
					for (const piece of (text.textContent ?? '').matchAll(new RegExp(source ?? '', flags))) {
						const range = document.createRange();
						range.setStart(text, piece.index);
						range.setEnd(text, piece.index + piece[0].length);
						const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
						if (lines.size > 1) cut.push(piece[0]);
					}
				return cut;
			}),
		[pieces.source, pieces.flags]
	);
}
