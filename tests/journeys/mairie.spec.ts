import { execFileSync } from 'node:child_process';
import process from 'node:process';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, type Site, test } from './server.ts';

const password = 'trois mots sans rapport';

/** Opens an account from the command line, as an operator would. */
function openAccount(site: Site, courriel: string, ...options: string[]): void {
	// A worker that runs several of these journeys opens it once.
	if (site.query('SELECT 1 FROM account WHERE courriel = ?', courriel).length > 0) return;
	execFileSync(
		process.execPath,
		['src/cli/annuaire.ts', 'compte', 'creer', '--courriel', courriel, '--mot-de-passe-stdin', ...options],
		{
			env: { ...process.env, DATA_DIR: site.dataDir, TERRITOIRE: 'valclair' },
			input: password
		}
	);
}

async function signIn(page: Page, courriel: string): Promise<void> {
	await page.goto('/connexion');
	await page.getByLabel('Courriel').fill(courriel);
	await page.getByLabel('Mot de passe').fill(password);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await expect(page).toHaveURL(/\/mairie$/);
}

/** Someone at a desk without JavaScript, on a small screen. */
async function secretary(browser: Browser, site: Site, courriel: string): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await signIn(page, courriel);
	return page;
}

test.beforeAll(({ site }) => {
	openAccount(
		site,
		'accueil@haut.example',
		'--role',
		'mairie',
		'--commune',
		'haut-valclair',
		'--nom',
		'Accueil'
	);
	openAccount(
		site,
		'maire@haut.example',
		'--role',
		'mairie',
		'--commune',
		'haut-valclair',
		'--nom',
		'Madame le maire'
	);
	openAccount(
		site,
		'accueil@bourg.example',
		'--role',
		'mairie',
		'--commune',
		'bourg-valclair',
		'--nom',
		'Le Bourg'
	);
});

test('a secretary corrects a number and the hours, reads them over, publishes, and takes it back', async ({
	browser,
	site
}) => {
	const page = await secretary(browser, site, 'accueil@haut.example');
	await page.getByRole('link', { name: 'Mes fiches' }).click();
	await page.getByRole('main').getByRole('link', { name: 'Mairie de Haut-Valclair' }).click();

	await page.getByLabel('Téléphone', { exact: true }).fill('04 65 71');
	await page.getByLabel('Horaires d’ouverture').fill('quand on veut');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('alert')).toContainText('2 choses sont à corriger');
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65 71');
	await expect(page.getByLabel('Horaires d’ouverture')).toHaveValue('quand on veut');
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveAccessibleDescription(/pas complet/);

	await page.getByLabel('Téléphone', { exact: true }).fill('0465710099');
	await page
		.getByLabel('Horaires d’ouverture')
		.fill(
			'du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi après-midi, samedi semaines paires 9h-12h'
		);
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await expect(page.getByText('Semaines paires, samedi').first()).toBeVisible();
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/haut-valclair/services/mairie-haut-valclair');
	await expect(resident.getByText(/04.65.71.00.99/)).toHaveCount(0);

	await page.getByLabel(/tout le reste est exact/).check();
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
	await resident.reload();
	await expect(resident.getByText(/04.65.71.00.99/).first()).toBeVisible();
	await expect(
		resident.getByText('Vérifié le 24 novembre 2026 par la mairie de Haut-Valclair.')
	).toBeVisible();

	await page.getByRole('link', { name: 'Ce qui a changé' }).click();
	await expect(page.getByText('En ligne aujourd’hui.')).toHaveCount(1);
	await page
		.getByRole('link', { name: /^Revenir à cet état.*«.Téléphone.»/ })
		.last()
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Revenir à cet état/);
	await expect(page.getByRole('main')).toContainText(/En ligne aujourd’hui\s*04.65.71.00.99/);
	await resident.reload();
	await expect(resident.getByText(/04.65.71.00.99/).first()).toBeVisible();
	await page.getByRole('button', { name: 'Publier cet état' }).click();
	await expect(page.getByRole('status')).toContainText('rétabli');
	await expect(page.getByText('Cet état est le même que celui d’aujourd’hui.').first()).toBeVisible();
	await resident.reload();
	await expect(resident.getByText(/04.65.71.00.99/)).toHaveCount(0);
	await resident.close();
});

test('a commune gives its own number for a shared service, and sees what is its own', async ({
	browser,
	site
}) => {
	const page = await secretary(browser, site, 'accueil@haut.example');
	await page.goto('/mairie/fiches/ecoute-valclair');
	await page.getByLabel('Téléphone', { exact: true }).fill('04 65 71 00 77');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveAccessibleDescription(
		/Propre à votre commune/
	);
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/haut-valclair/services/ecoute-valclair');
	await expect(resident.getByText(/04.65.71.00.77/).first()).toBeVisible();
	await resident.goto('/bourg-valclair/services/ecoute-valclair');
	await expect(resident.getByText(/04.65.71.00.77/)).toHaveCount(0);
	await resident.close();
});

test('two people on one entry: the second sees both versions and loses nothing', async ({
	browser,
	site
}) => {
	const [one, other] = [
		await secretary(browser, site, 'accueil@haut.example'),
		await secretary(browser, site, 'maire@haut.example')
	];
	for (const page of [one, other]) await page.goto('/mairie/fiches/mairie-haut-valclair');
	await one.getByLabel('Adresse', { exact: true }).fill('10 place de la Source');
	await one.getByLabel('Résumé').fill('Papiers, école, et un café le mardi.');
	await one.getByRole('button', { name: 'Relire avant de publier' }).click();
	await other.getByLabel('Adresse', { exact: true }).fill('12 place de la Source');
	await other.getByLabel('Complément d’adresse').fill('Premier étage');
	await other.getByRole('button', { name: 'Relire avant de publier' }).click();
	await one.getByRole('button', { name: 'Publier' }).click();
	await expect(one.getByRole('status')).toContainText('C’est publié');

	await other.getByRole('button', { name: 'Publier' }).click();
	await expect(other.getByRole('alert')).toContainText(
		'Accueil a publié cette fiche pendant que vous écriviez'
	);
	await expect(other.getByText('10 place de la Source')).toBeVisible();
	await expect(other.getByLabel('Adresse', { exact: true })).toHaveValue('12 place de la Source');
	await expect(other.getByLabel('Complément d’adresse')).toHaveValue('Premier étage');
	await expect(other.getByLabel('Résumé')).toHaveValue('Papiers, école, et un café le mardi.');
	await other.getByRole('button', { name: 'Relire avant de publier' }).click();
	await other.getByRole('button', { name: 'Publier' }).click();
	await expect(other.getByRole('status')).toContainText('C’est publié');
});

test('what was typed when the session ended is sent again once signed in', async ({ browser, site }) => {
	const page = await secretary(browser, site, 'accueil@bourg.example');
	await page.goto('/mairie/fiches/mairie-bourg-valclair');
	await page.getByLabel('Complément d’adresse').fill('Deuxième étage');
	await page.context().clearCookies();
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous n’êtes plus connecté');

	const [tab] = await Promise.all([
		page.context().waitForEvent('page'),
		page.getByRole('link', { name: 'Se connecter dans un autre onglet' }).click()
	]);
	await signIn(tab, 'accueil@bourg.example');
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await expect(page.getByText('Deuxième étage').first()).toBeVisible();
});

test('a mairie’s session opens nothing of another commune, and changes nothing there', async ({
	browser,
	site
}) => {
	const page = await secretary(browser, site, 'accueil@bourg.example');
	const before = site.query('SELECT * FROM service ORDER BY id');
	for (const address of [
		'/mairie/fiches/mairie-haut-valclair',
		'/mairie/fiches/mairie-haut-valclair/historique',
		'/mairie/fiches/ecoute-valclair?commune=haut-valclair',
		'/mairie/fiches/brouillon-jamais-publie',
		'/mairie/fiches/n-existe-pas',
		'/mairie/comptes',
		'/mairie/journal'
	]) {
		expect((await page.request.get(address)).status(), address).toBe(404);
		const [path = '', search = ''] = address.split('?');
		const action = `${path}?${search === '' ? '' : `${search}&`}/publier`;
		const sent = await page.request.post(action, {
			headers: { origin: site.origin },
			form: { version: '0', nom: 'Volé', telephone: '04 65 71 00 66' }
		});
		expect([404, 405], `${action} ${sent.status()}`).toContain(sent.status());
	}
	expect(site.query('SELECT * FROM service ORDER BY id')).toEqual(before);
});

test('axe finds nothing on the pages of the desk, and none is wider than a phone', async ({
	page,
	site: _site
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await signIn(page, 'accueil@haut.example');
	for (const path of [
		'/mairie',
		'/mairie/fiches',
		'/mairie/fiches?q=zzzz',
		'/mairie/fiches/mairie-haut-valclair',
		'/mairie/fiches/accueil-petite-enfance',
		'/mairie/fiches/mairie-haut-valclair/historique'
	]) {
		await page.goto(path);
		const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
		expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
			path
		).toBeLessThanOrEqual(0);
	}
});
