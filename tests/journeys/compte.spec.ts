import { expect, type Locator, test } from '@playwright/test';
import { beside, openPerson } from '../accounts.ts';
import { type Site, startSite } from '../site.ts';

// The name changed here is read by others: a site of its own.
let site: Site;
test.beforeAll(async () => {
	site = await startSite();
});
test.afterAll(async () => {
	await site.stop();
});

const border = (field: Locator) =>
	field.evaluate((control) => {
		const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(control);
		return { color: borderTopColor, style: borderTopStyle, width: parseFloat(borderTopWidth) };
	});

test('one changes one’s name; a field in error says so to the eye and to a screen reader', async ({
	browser
}) => {
	const bourg = await beside(site, (db) => openPerson(db, 'bourg', 'mairie'));
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	await context.addCookies([{ name: 'session', value: bourg.session, url: site.origin }]);
	const page = await context.newPage();
	await page.goto('/mairie/compte');
	const nom = page.getByLabel('Comment vous appeler');
	await expect(nom).toHaveValue('bourg');
	await expect(nom).not.toHaveAttribute('aria-invalid');
	const plain = await border(nom);

	await nom.fill(' ');
	await page.getByRole('button', { name: 'Changer de nom' }).click();
	await expect(page.getByRole('alert')).toContainText('Une chose est à corriger');
	await expect(nom).toHaveAttribute('aria-invalid', 'true');
	await expect(nom).toHaveAttribute('aria-describedby', /(^| )erreur-nom( |$)/);
	await expect(page.locator('#erreur-nom')).not.toBeEmpty();
	const wrong = await border(nom);
	expect(wrong).toMatchObject({ style: 'solid' });
	expect(wrong.width).toBeGreaterThanOrEqual(2);
	expect(wrong.color).not.toBe(plain.color);
	expect(wrong.color).toBe(
		await page.locator('#erreur-nom').evaluate((error) => getComputedStyle(error).color)
	);

	await nom.fill('x'.repeat(101));
	await page.getByRole('button', { name: 'Changer de nom' }).click();
	await expect(nom).toHaveAttribute('aria-invalid', 'true');
	await expect(nom).toHaveValue('x'.repeat(101));

	await nom.fill('Accueil de la mairie');
	await page.getByRole('button', { name: 'Changer de nom' }).click();
	await expect(page.getByRole('status')).toContainText('Votre nom est changé');
	await expect(page.getByText('Accueil de la mairie · bourg@valclair.example')).toBeVisible();
	await expect(nom).toHaveValue('Accueil de la mairie');

	// The same in the form of an entry.
	await page.goto('/mairie/fiches/mairie-bourg-valclair');
	const telephone = page.getByLabel('Téléphone', { exact: true });
	const before = await border(telephone);
	await telephone.fill('04 65');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(telephone).toHaveAttribute('aria-invalid', 'true');
	expect((await border(telephone)).color).not.toBe(before.color);
	await context.close();
});
