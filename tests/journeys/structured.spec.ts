import type { Page } from '@playwright/test';
import { createEntry } from '#lib/server/editing/create.ts';
import { publish } from '#lib/server/editing/publish.ts';
import { beside } from '../accounts.ts';
import { editors, garderie, open } from '../editors.ts';
import { markupFaults, scriptFaults } from './page-faults.ts';
import { expect, startSite, test } from './server.ts';

/* What robots read of a page (JSON-LD) is what people read on it. */

const office = '/haut-valclair/services/accueil-petite-enfance';

/** What the only script of the page at this path says. */
async function toldAt<Told>(page: Page, path: string): Promise<Told> {
	await page.goto(path);
	const [text = '', ...others] = await page.locator('script').allTextContents();
	expect(others).toEqual([]);
	return JSON.parse(text) as Told;
}

interface Hours {
	dayOfWeek: string | string[];
	opens?: string;
	closes?: string;
}
interface ToldService {
	name: string;
	description: string;
	url: string;
	provider: { name: string };
	mainEntityOfPage: { dateModified: string };
	availableChannel: {
		servicePhone: { telephone: string };
		serviceLocation: {
			address: { streetAddress: string; postalCode: string; addressLocality: string };
			openingHoursSpecification: Hours[];
		};
	};
}

test('the number, the hours and the address that robots read are those of the page', async ({ page }) => {
	const told = await toldAt<ToldService>(page, office);
	const main = page.locator('main');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(told.name);
	await expect(main).toContainText(told.description);
	await expect(main).toContainText(told.provider.name);
	const { servicePhone, serviceLocation } = told.availableChannel;
	await expect(main.getByRole('link', { name: /^Appeler/ })).toHaveAttribute(
		'href',
		`tel:${servicePhone.telephone}`
	);
	for (const words of Object.values(serviceLocation.address).filter(
		(word) => !/^(PostalAddress|FR)$/.test(word)
	))
		await expect(main).toContainText(words);

	// « Monday » is « lundi », « 08:30 » is « 8 h 30 ».
	const french = {
		lundi: 'Monday',
		mardi: 'Tuesday',
		mercredi: 'Wednesday',
		jeudi: 'Thursday',
		vendredi: 'Friday',
		'week-end': 'Saturday'
	};
	const clock = (time = '') =>
		`${Number(time.slice(0, 2))} h${time.endsWith(':00') ? '' : ` ${time.slice(3)}`}`;
	const rows = await main.getByRole('row').all();
	expect(rows).toHaveLength(6);
	for (const row of rows) {
		const day = (await row.getByRole('rowheader').innerText()) as keyof typeof french;
		const cells = await row.getByRole('cell').locator('span').allInnerTexts();
		const shown = cells.map((cell) => cell.replaceAll(/[\s\u2060]+/g, ' ').trim()).filter(Boolean);
		const slots = serviceLocation.openingHoursSpecification
			.filter(({ dayOfWeek }) => dayOfWeek.includes(french[day]))
			.map(({ opens, closes }) => `${clock(opens)} – ${clock(closes)}`);
		expect([day, ...shown]).toEqual([day, ...(slots.length === 0 ? ['fermé'] : slots)]);
	}
});

test('its address is that of the page which says the same, and its day the one of the sitemap', async ({
	page,
	site
}) => {
	const { url, mainEntityOfPage } = await toldAt<ToldService>(page, office);
	await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', url);
	const sitemap = await (await page.request.get('/sitemap.xml')).text();
	expect(sitemap).toContain(`<loc>${url}</loc><lastmod>${mainEntityOfPage.dateModified}</lastmod>`);
	expect(url.startsWith(site.origin)).toBe(true);
});

test('each day of the sitemap is a day, and none is to come', async ({ request }) => {
	const sitemap = await (await request.get('/sitemap.xml')).text();
	const days = [...sitemap.matchAll(/<lastmod>([^<]*)<\/lastmod>/g)].map(([, day = '']) => day);
	expect(days.length).toBeGreaterThan(100);
	for (const day of new Set(days)) {
		expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(new Date(`${day}T00:00Z`).toISOString().slice(0, 10)).toBe(day);
		expect(day <= '2026-11-24', day).toBe(true);
	}
});

test('an event says when and where as its page does; a project without a date says nothing', async ({
	page
}) => {
	const told = await toldAt<{ startDate: string; location: { name: string; address: string } }>(
		page,
		'/haut-valclair/agenda/cafe-des-parents'
	);
	expect(told.startDate).toBe('2026-12-08T09:30:00+01:00');
	await expect(page.locator('main')).toContainText(/mardi 8 décembre 2026, de 9\sh\s30/i);
	await expect(page.locator('main')).toContainText(told.location.name);
	await expect(page.locator('main')).toContainText(told.location.address);
	await page.goto('/haut-valclair/agenda/fete-des-familles');
	expect(await page.locator('script').count()).toBe(0);
	const microdata = await page.locator('[itemscope], [itemprop]').count();
	expect(microdata).toBe(0);
});

test('a name made to leave its place stays a name, and the policy of the page has nothing to refuse', async ({
	browser
}) => {
	const own = await startSite();
	try {
		const nom = '</script><script>alert(1)</script> L’« Été » "là" & là';
		const slug = await beside(own, async (db) => {
			const { haut } = await editors(db);
			const created = await createEntry(db, { ...garderie, nom }, haut);
			const entry = await open(db, haut, created);
			await publish(db, entry, { ...entry.facts, nom, description: `<!--<script>${nom}` }, haut);
			return created;
		});
		const page = await browser.newPage({ baseURL: own.origin });
		const said: string[] = [];
		page.on('console', (message) => said.push(message.text()));
		page.on('dialog', (dialog) => said.push(dialog.message()));
		const path = `/haut-valclair/services/${slug}`;
		const told = await toldAt<ToldService>(page, path);
		expect([told.name, told.description]).toEqual([nom, `<!--<script>${nom}`]);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(nom);
		const html = await (await page.request.get(path)).text();
		expect(scriptFaults(path, html)).toEqual([]);
		expect(await markupFaults(path, html)).toEqual([]);
		expect(said).toEqual([]);
	} finally {
		await own.stop();
	}
});
