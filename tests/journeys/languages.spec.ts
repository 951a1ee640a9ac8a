import { issueCode } from '#lib/server/codes/codes.ts';
import { beside, openPerson } from '../accounts.ts';
import { expect, test } from './server.ts';

test('the same page is read in another language at two presses, keyboard only and without a script', async ({
	browser,
	site
}) => {
	const page = await browser.newPage({ baseURL: site.origin, javaScriptEnabled: false });
	await page.goto('/haut-valclair/petite-enfance');
	const summary = page.locator('.langues summary');
	await summary.focus();
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: 'English', exact: true }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/en/haut-valclair/petite-enfance');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who can look after my baby?');
	// What follows stays in that language.
	await page.getByRole('link', { name: 'Accueil petite enfance' }).first().click();
	await expect(page).toHaveURL(/^[^?]*\/en\/haut-valclair\/services\/accueil-petite-enfance$/);
	await page.close();
});

test('what is asked is kept when the language changes', async ({ page }) => {
	await page.goto('/haut-valclair/recherche?q=nounou&gratuit=oui');
	await page.locator('.langues summary').click();
	await page.getByRole('link', { name: 'Türkçe' }).click();
	await expect(page).toHaveURL('/tr/haut-valclair/recherche?q=nounou&gratuit=oui');
	await expect(page.getByRole('searchbox')).toHaveValue('nounou');
});

test('in Arabic the page goes from right to left; numbers, hours and French keep their order, French stands beside', async ({
	page
}) => {
	await page.goto('/ar/haut-valclair/services/accueil-petite-enfance');
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	const call = page.locator('a.appel');
	await expect(call.locator('bdi')).toHaveAttribute('dir', 'ltr');
	await expect(call).toHaveAttribute('href', /^tel:\+33465710/);
	const heading = page.getByRole('heading', { level: 1 });
	await expect(heading).toHaveAttribute('lang', 'fr');
	await expect(page.locator('dd[lang="fr"], p[lang="fr"]').first()).toBeVisible();
	// The beginning of a span of hours is read first, from the right.
	const cell = page
		.locator('td span')
		.filter({ hasText: /\d.*\d/ })
		.first();
	const { start, end } = await cell.evaluate((element) => {
		const text = element.firstChild as Text;
		const at = (from: number) => {
			const range = document.createRange();
			range.setStart(text, from);
			range.setEnd(text, from + 1);
			return range.getBoundingClientRect().left;
		};
		const digits = [...text.data.matchAll(/\d/g)].map(({ index }) => index);
		return { start: at(digits[0] ?? 0), end: at(digits.at(-1) ?? 0) };
	});
	expect(start).toBeGreaterThan(end);
});

test('a word of another language finds who does it', async ({ page }) => {
	await page.goto('/tr/haut-valclair/recherche?q=kreş');
	await expect(page.getByRole('link', { name: /crèche/i }).first()).toBeVisible();
	await page.goto(`/ar/haut-valclair/recherche?q=${encodeURIComponent('حضانة')}`);
	await expect(page.getByRole('link', { name: /crèche/i }).first()).toBeVisible();
});

test('how things work in France is explained in one’s language, with the French word to say', async ({
	page
}) => {
	await page.goto('/pt/haut-valclair/petite-enfance');
	await page.locator('a[href$="/comprendre"]').first().click();
	await expect(page).toHaveURL('/pt/haut-valclair/comprendre');
	await expect(page.locator('#creche b[lang="fr"]')).toHaveText('La crèche');
});

test('on paper no page says « ouvert », in any language: its hours stand there in full, in French beside', async ({
	page
}) => {
	await page.emulateMedia({ media: 'print' });
	for (const prefix of ['', '/ar', '/tr'])
		for (const path of [
			'petite-enfance',
			'numeros-utiles',
			'services/accueil-petite-enfance',
			'recherche?q=nounou'
		]) {
			await page.goto(`${prefix}/haut-valclair/${path}`);
			const paper = await page.locator('main').innerText();
			expect(paper, prefix + path).not.toMatch(/Ouvert (?!jour et nuit)|Fermé ·|مفتوح حتى|Açık ·/);
			expect(paper.match(/\n(Garder cette fiche|Voir aussi)\n/), prefix + path).toBeNull();
		}
	await page.goto('/ar/haut-valclair/petite-enfance');
	await expect(page.locator('.premiere .francais')).toContainText('Lundi, mardi et jeudi');
});

test('a printed code carries a language', async ({ request, site }) => {
	const target = { kind: 'theme-tr', commune: 'haut-valclair', object: 'petite-enfance', support: 'affiche' };
	const code = await beside(site, (db) => issueCode(db, site.dataDir, target, 'essai'));
	const answer = await request.get(`/Q/${code}`, { maxRedirects: 0 });
	expect(answer.headers().location).toBe('/tr/haut-valclair/petite-enfance');
});

test('the communauté de communes corrects a translation, sees which are older than their French, and residents read it', async ({
	page,
	site
}) => {
	test.info().annotations.push({ type: 'expects an error page' });
	const ccv = await beside(site, (db) => openPerson(db, 'langues', 'administration'));
	const [name = '', value = ''] = ccv.cookie.split('=');
	await page.context().addCookies([{ name, value, url: site.origin }]);
	await page.goto('/mairie/traductions');
	await page.getByRole('link', { name: 'Thème : Droits et démarches, English : à jour' }).click();
	const question = page.getByLabel('Question, en titre de sa page');
	await expect(question).toHaveValue(/\?$/);
	await page.evaluate(() => {
		for (const area of document.querySelectorAll('textarea')) area.removeAttribute('maxlength');
	});
	await question.fill('y'.repeat(130));
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('alert')).toContainText('Une chose est à corriger');
	await expect(question).toHaveValue('y'.repeat(130));
	await question.fill('Who helps me with my papers?');
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('status')).toContainText('Une traduction est enregistrée');
	await page.goto('/en/haut-valclair/droits-et-demarches');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who helps me with my papers?');

	await page.goto('/mairie/themes/droits-et-demarches');
	await page.getByLabel(/Introduction/).fill('Pour vos papiers, commencez par France services.');
	await page.getByRole('button', { name: /Relire/ }).click();
	await page.getByRole('button', { name: 'Publier' }).click();
	await page.goto('/en/haut-valclair/droits-et-demarches');
	await expect(page.getByText('Pour vos papiers, commencez par France services.')).toHaveAttribute(
		'lang',
		'fr'
	);
	await page.goto('/mairie/traductions');
	await page.getByRole('link', { name: /Droits et démarches, English\s: 1 à relire/ }).click();
	await page.getByLabel('La traduction reste juste telle quelle').check();
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('status')).toContainText('Une traduction est enregistrée');
	await page.goto('/en/haut-valclair/droits-et-demarches');
	await expect(page.getByText('Pour vos papiers, commencez par France services.')).toHaveCount(0);
});
