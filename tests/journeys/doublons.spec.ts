import { expect, test } from '@playwright/test';
import { beside, openPerson } from '../accounts.ts';
import { type Site, startSite } from '../site.ts';
import { faultsOf } from './page-faults.ts';

// What this journey changes is read by others: a site of its own.
let site: Site;
test.beforeAll(async () => {
	site = await startSite();
});
test.afterAll(async () => {
	await site.stop();
});

const gone = '/haut-valclair/services/accueil-petite-enfance';
const kept = '/haut-valclair/services/relais';

test('two entries that say the same are compared and made one; both addresses go on; they are separated', async ({
	browser
}) => {
	const administration = await beside(site, (db) => openPerson(db, 'administration', 'administration'));
	const small = { baseURL: site.origin, javaScriptEnabled: false, viewport: { width: 360, height: 740 } };
	const cookie = { name: 'session', value: administration.session, url: site.origin };
	const context = await browser.newContext(small);
	await context.addCookies([cookie]);
	const page = await context.newPage();
	const resident = await (await browser.newContext(small)).newPage();

	await page.goto('/mairie/fiches');
	await page.getByRole('link', { name: 'Doublons probables' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Doublons probables');
	await page.goto('/mairie/fiches/relais');
	await page.getByRole('link', { name: 'La réunir à une autre' }).click();
	await page.getByLabel('L’autre fiche').selectOption('accueil-petite-enfance');
	await page.getByRole('button', { name: 'Comparer' }).click();
	const name = page.getByRole('group', { name: 'Nom', exact: true });
	await name.getByLabel(/Relais petite enfance/).check();
	const telephone = page.getByRole('group', { name: 'Téléphone', exact: true });
	const [ours = '', theirs = ''] = await telephone.locator('label').allInnerTexts();
	expect(ours).not.toBe(theirs);
	await telephone.getByRole('radio').nth(1).check();
	const comparison = new URL(page.url());
	await page.getByRole('button', { name: 'Réunir ces deux fiches' }).click();
	await expect(page.getByRole('status')).toContainText('n’en font plus qu’une');

	for (const address of [gone, kept]) {
		await resident.goto(address);
		await expect(resident).toHaveURL(new RegExp(`${kept}$`));
		await expect(resident.getByRole('heading', { level: 1 })).toContainText('Relais petite enfance');
	}
	const number = theirs.trim().split('\n').at(-1) ?? '';
	await expect(resident.getByRole('link', { name: number }).first()).toBeVisible();

	await page.goto('/mairie/fiches/relais/historique');
	const last = page.getByRole('main').getByRole('listitem').first();
	await expect(last.getByText(/^Réunie avec «.Accueil petite enfance.»\.$/)).toBeVisible();
	await expect(last.locator('b').first()).toHaveText('administration');
	await page.goto('/mairie/fiches/accueil-petite-enfance');
	await expect(page.getByRole('link', { name: 'La réunir à une autre' })).toHaveCount(0);
	await expect(page.getByText(/Réunie à «.Relais petite enfance.» par .+, le /)).toBeVisible();
	await expect(page.getByText('dire qui la remplace')).toHaveCount(0);
	await page.getByRole('link', { name: 'Séparer ces deux fiches…' }).click();
	await page.getByRole('button', { name: 'Séparer ces deux fiches' }).click();
	await expect(page.getByRole('status')).toContainText('de nouveau séparées');
	await page.goto('/mairie/fiches/relais/historique');
	await expect(last.getByText(/^Séparée de «.Accueil petite enfance.»\.$/)).toBeVisible();
	await expect(page.getByText('Aucun mot n’a changé')).toHaveCount(0);
	await resident.goto(gone);
	await expect(resident).toHaveURL(new RegExp(`${gone}$`));

	// axe is itself a script.
	const scripted = await browser.newContext({ ...small, javaScriptEnabled: true });
	await scripted.addCookies([cookie]);
	const looked = await scripted.newPage();
	expect(await faultsOf(looked, ['/mairie/doublons', comparison.pathname + comparison.search])).toEqual([]);
});
