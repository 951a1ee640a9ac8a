import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beside, openPerson } from '../accounts.ts';
import { expect, test, type Site } from './server.ts';

async function enter(page: Page, site: Site, name: string, role: 'mairie' | 'administration') {
	const { cookie } = await beside(site, (db) => openPerson(db, name, role));
	const [key = '', value = ''] = cookie.split('=');
	await page.context().addCookies([{ name: key, value, url: site.origin }]);
}

test('a secretary creates a code, notes what is printed, downloads the sheet, then sends the paper elsewhere', async ({
	page,
	site
}) => {
	test.info().annotations.push({ type: 'expects an error page' });
	await enter(page, site, 'supports', 'mairie');
	await page.goto('/mairie');
	await page.getByRole('link', { name: 'Codes', exact: true }).click();
	// A mairie prints for its own commune.
	await expect(page.getByRole('table')).not.toContainText('Haut-Valclair');
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

	await page.getByLabel('Page', { exact: true }).selectOption('Petite enfance');
	await page.getByLabel('Langue de la page').selectOption('En turc');
	await page.getByLabel('Imprimé sur').selectOption('Affiche');
	await page.getByLabel('Nombre d’exemplaires').fill('beaucoup');
	await page.getByRole('button', { name: 'Créer ce code' }).click();
	await expect(page.getByRole('alert')).toContainText('2 choses sont à corriger');
	await expect(page).toHaveTitle(/^Erreur/);
	await expect(page.getByLabel('Nombre d’exemplaires')).toHaveValue('beaucoup');
	await expect(page.getByLabel('Langue de la page')).toHaveValue('tr');
	await page.getByLabel('Nombre d’exemplaires').fill('4 000');
	await page.getByLabel('Où va ce papier').fill('Salle d’attente');
	await page.getByRole('button', { name: 'Créer ce code' }).click();

	await expect(page.getByRole('status')).toContainText('Ce code est créé');
	const code =
		/Code (\w{5})/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[1] ?? '';
	expect(readFileSync(`${site.dataDir}/codes.csv`, 'utf8')).toContain(
		`${code},valclair,theme-tr,bourg-valclair`
	);
	await expect(page.getByText('4 000 exemplaires')).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	const leads = await page.request.get(`/q/${code}`, { maxRedirects: 0 });
	expect(leads.headers().location).toBe('/tr/bourg-valclair/petite-enfance');

	const sheet = await page.request.get(`/mairie/supports/${code}/a6.pdf`);
	expect(sheet.headers()).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
	expect((await sheet.body()).toString('latin1')).toMatch(/^%PDF/);
	const symbol = await page.request.get(`/mairie/supports/${code}/code.svg`);
	expect(await symbol.text()).toMatch(/^<svg/);
	expect((await page.request.get(`/mairie/supports/${code}/a7.pdf`)).status()).toBe(404);

	await page.getByLabel('Langue de la page').selectOption('En français');
	await page.getByRole('button', { name: 'Changer…' }).click();
	await expect(page.getByText(/Les 4\s000 exemplaires en circulation mèneront à/)).toContainText(
		'Petite enfance, Bourg-Valclair'
	);
	// Nothing has changed yet.
	expect((await page.request.get(`/q/${code}`, { maxRedirects: 0 })).headers().location).toContain('/tr/');
	// Another page chosen between the question and the answer is asked again.
	await page.getByLabel('Page', { exact: true }).selectOption('Agenda');
	await page.getByRole('button', { name: 'Oui, changer' }).click();
	await expect(page.getByText(/mèneront à/)).toContainText('Agenda, Bourg-Valclair');
	await page.getByLabel('Page', { exact: true }).selectOption('Petite enfance');
	await page.getByRole('button', { name: 'Oui, changer' }).click();
	await expect(page.getByText(/mèneront à/)).toContainText('Petite enfance, Bourg-Valclair');
	await page.getByRole('button', { name: 'Oui, changer' }).click();
	await expect(page.getByRole('status')).toContainText('ce code mène ailleurs');
	expect((await page.request.get(`/q/${code}`, { maxRedirects: 0 })).headers().location).toBe(
		'/bourg-valclair/petite-enfance'
	);
	await expect(page.getByText(/en turc, depuis le/)).toBeVisible();

	await page.getByRole('button', { name: /ne circule plus/ }).click();
	await expect(page.getByRole('status')).toContainText('ne circulent plus');
	await page.getByRole('button', { name: /circule/ }).click();
	await expect(page.getByRole('status')).toContainText('ces exemplaires circulent');

	await page.goto('/mairie/supports');
	const register = await page.request.get('/mairie/supports/registre.csv');
	expect(await register.text()).toContain(`${code};${site.origin}/q/${code};affiche;`);
	expect(await register.text()).not.toContain('haut-valclair');
});

test('the communauté de communes follows all codes, a commune at a time', async ({ page, site }) => {
	await enter(page, site, 'supports-ccv', 'administration');
	await page.goto('/mairie/supports');
	await expect(page.getByRole('table')).toContainText('Haut-Valclair');
	await page.getByLabel('Commune', { exact: true }).first().selectOption('Bourg-Valclair');
	await page.getByRole('button', { name: 'Afficher' }).click();
	await expect(page.getByRole('table')).toContainText('Bourg-Valclair');
	await expect(page.getByRole('table')).not.toContainText('Haut-Valclair');
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
	}
});
