import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { invite } from '#lib/server/accounts/letters.ts';
import { beside, password } from '../accounts.ts';
import { type Site, startSite } from '../site.ts';

/* A new secretary, from her invitation to what residents read: no JavaScript, 360 px, the keyboard alone. */
let site: Site;
test.beforeAll(async () => {
	site = await startSite();
});
test.afterAll(async () => {
	await site.stop();
});

// The second looks at what the first has made.
test.describe.configure({ mode: 'serial' });

const courriel = 'nouvelle@bourg.example';

async function someone(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	return context.newPage();
}

/** Presses Tab until this is where the keyboard is. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
	for (let i = 0; i < 200; i++) {
		await page.keyboard.press('Tab');
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error('The keyboard never reached it');
}

/** Follows a link or presses a button, by Tab and Enter. */
async function press(page: Page, wanted: Locator): Promise<void> {
	await tabTo(page, wanted);
	await page.keyboard.press('Enter');
}

async function type(page: Page, label: string, text: string): Promise<void> {
	const field = page.getByLabel(label, { exact: true });
	await tabTo(page, field);
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type(text);
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a new secretary goes from her invitation to her commune’s own number on a shared service, with the keyboard alone', async ({
	browser
}) => {
	const invitation = await beside(site, (db) =>
		invite(
			db,
			site.origin,
			{ courriel, nom: 'La nouvelle', role: 'mairie', communes: ['bourg-valclair'] },
			'essai'
		)
	);
	const page = await someone(browser);
	await page.goto(invitation);
	await type(page, 'Mot de passe', password);
	await page.keyboard.press('Enter');
	await page.goto('/connexion');
	await type(page, 'Courriel', courriel);
	await type(page, 'Mot de passe', password);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Bonjour');

	await press(page, link(page, 'Mes fiches'));
	await press(page, link(page, 'Accueil petite enfance'));
	await type(page, 'Téléphone', '0465710061');
	await press(page, button(page, 'Relire avant de publier'));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await press(page, button(page, 'Publier'));
	await expect(page.getByRole('status')).toContainText('C’est publié');

	const resident = await someone(browser);
	await resident.goto('/bourg-valclair/services/accueil-petite-enfance');
	await expect(resident.getByText(/04.65.71.00.61/).first()).toBeVisible();
	await resident.goto('/haut-valclair/services/accueil-petite-enfance');
	await expect(resident.getByText(/04.65.71.00.61/)).toHaveCount(0);

	// Where and when this service receives in her commune: read by all, hers first at home.
	await press(page, link(page, 'Permanences'));
	await expect(page.getByText('Aucune permanence pour l’instant')).toBeVisible();
	await type(page, 'Où', 'Mairie, salle du conseil');
	await type(page, 'Jours et heures', 'quand on peut');
	await press(page, button(page, 'Relire avant de publier'));
	await expect(page.getByRole('alert')).toContainText('quand on peut');
	await expect(page.getByLabel('Où', { exact: true })).toHaveValue('Mairie, salle du conseil');
	await type(page, 'Jours et heures', '1er et 3e mardi du mois, 9h-12h');
	await press(page, button(page, 'Relire avant de publier'));
	await expect(page.getByText('1er et 3e mardi du mois')).toBeVisible();
	await press(page, button(page, 'Publier'));
	await expect(page.getByRole('status')).toContainText('C’est publié');
	await resident.goto('/haut-valclair/services/accueil-petite-enfance');
	await expect(resident.getByRole('heading', { name: 'Permanences' })).toBeVisible();
	await expect(resident.getByText('Mairie, salle du conseil')).toBeVisible();
	await resident.goto('/bourg-valclair/recherche?q=accueil+petite+enfance');
	await expect(resident.getByText(/Permanence.: 1er et 3e mardi/)).toBeVisible();

	await press(page, page.getByRole('button', { name: /^Retirer la permanence/ }));
	await expect(page.getByRole('status')).toContainText('retirée');
	await resident.goto('/haut-valclair/services/accueil-petite-enfance');
	await expect(resident.getByText('Mairie, salle du conseil')).toHaveCount(0);
	await press(page, page.getByRole('button', { name: /^Remettre la permanence/ }));
	await expect(page.getByRole('status')).toContainText('C’est publié');
	await resident.reload();
	await expect(resident.getByText('Mairie, salle du conseil')).toBeVisible();
	for (const one of [page, resident]) await one.context().close();
});

test('axe finds nothing at her desk nor on the page of permanences, and neither is wider than a phone', async ({
	browser
}) => {
	// Axe itself is a script.
	const context = await browser.newContext({ baseURL: site.origin, viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	await page.goto('/connexion');
	await page.getByLabel('Courriel').fill(courriel);
	await page.getByLabel('Mot de passe').fill(password);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await expect(page).toHaveURL(/\/mairie$/);
	for (const address of ['/mairie', '/mairie/fiches/accueil-petite-enfance/permanences']) {
		await page.goto(address);
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	}
	await context.close();
});
