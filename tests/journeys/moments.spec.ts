import { expect, test } from './server.ts';

test('a tired parent chooses a situation at home, reads what to do in order, and has a number to press', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('/haut-valclair');
	await page.getByRole('link', { name: /Je cherche qui peut garder mon bébé/ }).click();
	await expect(page).toHaveURL(/\/haut-valclair\/moments\/garder-mon-bebe$/);
	const steps = page.getByRole('main').locator('ol > li');
	await expect(steps).toHaveCount(3);
	await expect(steps.first().getByRole('heading', { level: 2 })).toHaveText(
		'Appelez l’accueil petite enfance'
	);
	await expect(steps.first()).toContainText('Carnet de santé');
	await expect(steps.first().getByRole('link', { name: /^Appeler Accueil petite enfance/ })).toBeVisible();
	await page.getByRole('link', { name: 'Toutes les situations' }).click();
	await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'bébé' })).toBeVisible();
});

test('a theme leads on to its situations', async ({ page }) => {
	await page.goto('/haut-valclair/petite-enfance');
	await page.getByRole('link', { name: 'Je cherche qui peut garder mon bébé' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Je cherche qui peut garder mon bébé');
});

test('without anyone named to call first, a situation ends on the commune’s mairie', async ({ page }) => {
	for (const [commune, number] of [
		['haut-valclair', '04 65 71 00 01'],
		['bourg-valclair', '04 65 71 00 02']
	] as const) {
		await page.goto(`/${commune}/moments/faire-mes-papiers`);
		const voice = page.getByRole('complementary', { name: 'Une question' });
		await expect(voice.getByRole('link', { name: new RegExp(number.replaceAll(' ', '.')) })).toBeVisible();
	}
});

test('someone in danger reads the number before anything else, can leave at one press, and knows what stays', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto('/haut-valclair/moments/quelqu-un-me-fait-peur');
	const first = page.getByRole('main').getByRole('link').first();
	await expect(first).toHaveAttribute('href', /^tel:/);
	await expect(first).toBeInViewport({ ratio: 1 });
	const leave = page.getByRole('link', { name: 'Quitter cette page' });
	await expect(leave).toBeInViewport({ ratio: 1 });
	await expect(leave).toHaveAttribute('rel', 'noreferrer');
	await expect(page.getByText('reste dans l’historique')).toBeVisible();
	// A question is not for the emergency services.
	const voice = page.getByRole('complementary', { name: 'Une question' });
	await expect(voice.getByRole('link', { name: /04.65.71.00.01/ })).toBeVisible();
});

test('a situation that doesn’t exist says whom to call', async ({ page, request }, info) => {
	info.annotations.push({ type: 'expects an error page' });
	expect((await request.get('/haut-valclair/moments/inconnue')).status()).toBe(404);
	await page.goto('/haut-valclair/moments/inconnue');
	await expect(page.getByText(/04.65.71.00.01/)).toBeVisible();
});
