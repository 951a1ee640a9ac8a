import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { beside, openPerson, type Person } from '../accounts.ts';
import { type Site, startSite } from '../site.ts';

// What these journeys change is read by others: a site of their own.
let site: Site;
const people = new Map<string, Person>();
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
	site = await startSite();
	await beside(site, async (db) => {
		people.set('ccv', await openPerson(db, 'ccv', 'administration'));
		people.set('collegue', await openPerson(db, 'collegue', 'administration'));
		people.set('bourg', await openPerson(db, 'bourg', 'mairie'));
	});
});
test.afterAll(async () => {
	await site.stop();
});

/** Someone at the desk, without JavaScript on a small screen. */
async function desk(browser: Browser, name: string): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const session = people.get(name)?.session ?? '';
	await context.addCookies([{ name: 'session', value: session, url: site.origin }]);
	return context.newPage();
}

/** Nothing is wider than the screen. */
async function fits(page: Page): Promise<void> {
	expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(360);
}

const publish = async (page: Page) => {
	await page.getByRole('button', { name: 'Relire avant de publier' }).last().click();
	await page.getByRole('button', { name: 'Publier', exact: true }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
};

test('the communauté de communes writes a situation from nothing: steps added, an entry searched, read over on a phone, published', async ({
	browser
}) => {
	const page = await desk(browser, 'ccv');
	await page.goto('/mairie/situations');
	await page.getByRole('link', { name: 'Créer une situation' }).click();
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(page.getByRole('alert')).toContainText('2 choses sont à corriger');
	await page.getByLabel('Comment les gens le disent-ils').fill('Je viens d’emménager');
	await page.getByLabel('Dans quel thème').selectOption({ label: 'Petite enfance' });
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(page.getByRole('status')).toContainText('Personne ne la lit');
	await page.getByLabel('Accroche').fill('Déménagement, école, crèche');
	await page.getByLabel('Introduction').fill('Commencez par un appel.');
	const first = page.getByRole('group', { name: 'Étape 1', exact: true });
	await first.getByLabel('Titre').fill('Appelez l’accueil');
	await first.getByLabel('Texte').fill('Appelez le 04 65 71 00 20.');
	// Enter in the search looks for entries, and loses nothing.
	await first.getByLabel('Chercher une fiche').fill('creche');
	await first.getByLabel('Chercher une fiche').press('Enter');
	await expect(page.getByRole('status').first()).toContainText('Vous cherchiez une fiche');
	await first
		.getByRole('radio', { name: /crèche/ })
		.first()
		.check();
	await first.getByLabel('À préparer').fill('Justificatif de domicile\nPièce d’identité');
	await page.getByRole('button', { name: 'Ajouter une étape' }).click();
	await expect(page).toHaveURL(/#etape-3$/);
	await expect(first.getByRole('radio', { name: /crèche/ }).first()).toBeChecked();
	const second = page.getByRole('group', { name: 'Étape 2', exact: true });
	await second.getByLabel('Titre').fill('Inscrivez vos enfants');
	await second.getByLabel('Texte').fill('La mairie vous aide.');
	await page.getByRole('button', { name: /^Monter.*étape 2$/ }).click();
	await expect(first.getByLabel('Titre')).toHaveValue('Inscrivez vos enfants');
	await fits(page);

	await page.getByRole('button', { name: 'Relire avant de publier' }).last().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await expect(page.getByRole('main')).toContainText('le numéro est tenu à jour');
	const shown = page.frameLocator('iframe').getByRole('main');
	await expect(shown.locator('ol > li')).toHaveCount(2);
	await expect(shown).toContainText('Justificatif de domicile');
	await page.getByRole('button', { name: 'Corriger encore' }).click();
	await page.getByRole('group', { name: 'Étape 2', exact: true }).getByLabel('Texte').fill('On vous écoute.');
	await publish(page);

	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/haut-valclair/moments');
	await resident.getByRole('link', { name: /Je viens d’emménager/ }).click();
	await expect(resident.getByRole('main').locator('ol > li').first()).toContainText('Inscrivez vos enfants');
	await resident.goto('/haut-valclair/recherche?q=demenagement');
	const links = resident.getByRole('main').getByRole('link');
	await expect(links.first()).toHaveAttribute('href', '/haut-valclair/moments/je-viens-d-emmenager');
	await resident.goto('/haut-valclair/recherche?q=creche');
	await expect(resident.getByRole('main').locator('a[href*="/services/"]').first()).toHaveText(/crèche/);
	await resident.close();
});

test('a mairie says it in its own way, its residents read it, and the common text changes beneath', async ({
	browser
}) => {
	const page = await desk(browser, 'bourg');
	await page.goto('/mairie');
	await page.getByRole('navigation', { name: 'Bureau' }).getByRole('link', { name: 'Situations' }).click();
	await page.getByRole('link', { name: 'Je cherche qui peut garder mon bébé' }).click();
	await page.getByLabel('Votre introduction').fill('Chez nous, demandez Léa.');
	await page.getByRole('button', { name: 'Relire avant de publier' }).last().click();
	// Nothing says whether these words replace the common ones.
	await expect(page.getByRole('alert')).toContainText('vous avez écrit un texte');
	await page.getByRole('radio', { name: 'Mettre le mien à la place' }).first().check();
	await page.getByRole('radio', { name: 'Ne pas montrer cette étape' }).nth(2).check();
	await page.getByRole('button', { name: 'Ajouter une étape à nous' }).click();
	const own = page.getByRole('group', { name: 'Votre étape 1', exact: true });
	await own.getByLabel('Titre').fill('Passez nous voir');
	await own.getByLabel('Texte').fill('On remplit le dossier avec vous.');
	await own.getByLabel('Chercher une fiche').fill('mairie');
	await own.getByRole('button', { name: /^Chercher/ }).click();
	await own.getByRole('radio', { name: 'Mairie de Bourg-Valclair' }).check();
	await fits(page);
	await publish(page);
	await expect(page.getByRole('region', { name: /Ce qui est propre/ })).toContainText('Passez nous voir');
	await expect(page.getByRole('button', { name: /^Revenir au texte commun/ })).toHaveCount(1);

	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/bourg-valclair/moments/garder-mon-bebe');
	await expect(resident.getByText('Chez nous, demandez Léa.')).toBeVisible();
	await expect(resident.getByRole('main').locator('ol.etapes > li h2')).toHaveText([
		'Passez nous voir',
		'Appelez l’accueil petite enfance',
		'Demandez une place à la crèche'
	]);
	await resident.goto('/haut-valclair/moments/garder-mon-bebe');
	await expect(resident.getByText('demandez Léa')).toHaveCount(0);

	const common = await desk(browser, 'ccv');
	await common.goto('/mairie/situations/garder-mon-bebe');
	await expect(common.getByRole('region', { name: 'Ce que disent les communes' })).toContainText(
		'Dit des choses à elle'
	);
	await common.getByLabel('Introduction').fill('Un appel, et on cherche avec vous.');
	await publish(common);

	await page.goto('/mairie');
	const task = page.getByRole('listitem').filter({ hasText: 'Le texte commun a changé sous le vôtre' });
	await task.getByRole('link', { name: /garder mon bébé/ }).click();
	await expect(page.getByRole('main')).toContainText(
		/disait[\s\S]*Un seul appel suffit[\s\S]*maintenant[\s\S]*Un appel, et on cherche/
	);
	await expect(page.getByLabel('Votre introduction')).toHaveValue('Chez nous, demandez Léa.');
	await page.getByRole('button', { name: /^Garder le mien/ }).click();
	await expect(page.getByRole('status')).toContainText('vos mots restent');
	await page.getByRole('button', { name: /^Revenir au texte commun/ }).click();
	await expect(page.getByRole('status')).toContainText('Les habitants lisent le texte commun');
	await resident.goto('/bourg-valclair/moments/garder-mon-bebe');
	await expect(resident.getByText('Un appel, et on cherche avec vous.')).toBeVisible();

	await page.getByRole('link', { name: 'les retrouver et les remettre' }).click();
	await page
		.getByRole('link', { name: /^Revenir à cet état.*Introduction/ })
		.first()
		.click();
	await expect(page.getByRole('main')).toContainText(/Après le retour[\s\S]*demandez Léa/);
	await page.getByRole('button', { name: 'Publier cet état' }).click();
	await expect(page.getByRole('status')).toContainText('rétabli');
	await resident.reload();
	await expect(resident.getByText('Chez nous, demandez Léa.')).toBeVisible();
	await resident.close();
});

test('two colleagues publish the same situation: the second sees both, and loses nothing', async ({
	browser
}) => {
	const [first, second] = [await desk(browser, 'ccv'), await desk(browser, 'collegue')];
	for (const page of [first, second]) await page.goto('/mairie/situations/faire-mes-papiers');
	await first.getByLabel('Accroche').fill('Papiers, dossiers');
	await first
		.getByRole('group', { name: 'Étape 1', exact: true })
		.getByLabel('Titre')
		.fill('Téléphonez à la mairie');
	await publish(first);
	await second.getByLabel('Accroche').fill('Démarches, aide');
	await second.getByLabel('Nom', { exact: true }).fill('J’ai des papiers à faire');
	await second.getByRole('button', { name: 'Relire avant de publier' }).last().click();
	await second.getByRole('button', { name: 'Publier', exact: true }).click();
	await expect(second.getByRole('alert')).toContainText(
		'ccv a publié cette situation pendant que vous écriviez'
	);
	await expect(second.getByRole('main')).toContainText(
		/Papiers, dossiers[\s\S]*Vous avez écrit[\s\S]*Démarches, aide/
	);
	await expect(second.getByLabel('Accroche')).toHaveValue('Démarches, aide');
	await expect(second.getByRole('group', { name: 'Étape 1', exact: true }).getByLabel('Titre')).toHaveValue(
		'Téléphonez à la mairie'
	);
	await publish(second);

	await second.getByRole('link', { name: 'Ce qui a changé' }).click();
	await expect(second.getByRole('main').getByRole('listitem').first()).toContainText('collegue');
	await expect(second.getByRole('main')).toContainText('Le premier état connu.');
});

test('a commune orders its home and hides a situation, from the keyboard', async ({ browser }) => {
	const page = await desk(browser, 'bourg');
	await page.goto('/mairie/situations');
	const line = page.getByRole('listitem').filter({ hasText: 'papiers à faire' });
	await line.getByRole('button', { name: /^Monter/ }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status')).toContainText('C’est rangé');
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/bourg-valclair');
	await expect(resident.locator('.situations a').first()).toContainText('papiers à faire');
	await resident.goto('/haut-valclair');
	await expect(resident.locator('.situations a').first()).toContainText('garder mon bébé');

	await expect(page.getByRole('button', { name: /^Cacher Quelqu’un me fait peur/ })).toHaveCount(0);
	await page.getByRole('button', { name: /^Cacher Je viens d’emménager/ }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status')).toContainText('C’est caché');
	await resident.goto('/bourg-valclair/moments');
	await expect(resident.getByText('Je viens d’emménager')).toHaveCount(0);
	await page.getByRole('button', { name: /^Montrer de nouveau/ }).click();
	await page.getByRole('button', { name: 'Revenir à l’ordre commun' }).click();
	await expect(page.getByRole('status')).toContainText('l’ordre commun');
	await resident.close();

	for (const other of ['haut-valclair', 'n-existe-pas'])
		expect((await page.goto(`/mairie/situations?commune=${other}`))?.status()).toBe(404);
	for (const action of ['deplacer', 'cacher', 'montrer', 'ordre']) {
		const stolen = await page.request.post(`/mairie/situations?commune=haut-valclair&/${action}`, {
			headers: { origin: site.origin },
			form: { situation: 'garder-mon-bebe', sens: 'bas' }
		});
		expect(stolen.status(), action).toBe(404);
	}
	for (const reserved of ['nouvelle', 'garder-mon-bebe/archiver', 'garder-mon-bebe/adresse'])
		expect((await page.goto(`/mairie/situations/${reserved}`))?.status()).toBe(404);
});

test('a situation put away leads to what to read instead, by any address it had, until it is brought back', async ({
	browser
}) => {
	const page = await desk(browser, 'ccv');
	await page.goto('/mairie/situations/je-viens-d-emmenager');
	await page.getByRole('link', { name: 'Changer son adresse' }).click();
	await page.getByLabel('Fin de la nouvelle adresse').fill('Emménager');
	await page.getByRole('button', { name: 'Changer l’adresse' }).click();
	await expect(page.getByRole('status')).toContainText('L’ancienne continue de marcher');
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/haut-valclair/moments/je-viens-d-emmenager');
	await expect(resident).toHaveURL(/\/haut-valclair\/moments\/emmenager$/);

	await page.goto('/mairie/situations/emmenager');
	await page.getByRole('link', { name: 'L’archiver' }).click();
	await page
		.getByLabel('Quelle situation la remplace')
		.selectOption({ label: 'Je cherche qui peut garder mon bébé' });
	await page.getByRole('button', { name: 'Archiver la situation' }).click();
	await resident.goto('/haut-valclair/moments/je-viens-d-emmenager');
	await expect(resident.getByRole('main')).toContainText('n’est plus tenue à jour');
	await resident.getByRole('link', { name: 'Je cherche qui peut garder mon bébé' }).click();
	await expect(resident).toHaveURL(/\/moments\/garder-mon-bebe$/);

	await page.goto('/mairie/situations');
	await page.getByRole('link', { name: 'Je viens d’emménager' }).click();
	await page.getByRole('button', { name: 'La remettre en ligne' }).click();
	await resident.goto('/haut-valclair/moments/emmenager');
	await expect(resident.getByRole('heading', { level: 1 })).toHaveText('Je viens d’emménager');
	await resident.close();
});

test('every screen of situations is accessible, on a telephone and on a desk', async ({ browser }) => {
	for (const [name, paths] of [
		[
			'ccv',
			['', '/nouvelle', '/garder-mon-bebe', '/garder-mon-bebe/historique', '/garder-mon-bebe/archiver']
		],
		['bourg', ['', '/garder-mon-bebe', '/garder-mon-bebe/historique']]
	] as const)
		for (const width of [360, 1280]) {
			const context = await browser.newContext({ baseURL: site.origin, viewport: { width, height: 740 } });
			const session = people.get(name)?.session ?? '';
			await context.addCookies([{ name: 'session', value: session, url: site.origin }]);
			const page = await context.newPage();
			for (const path of paths) {
				await page.goto(`/mairie/situations${path}`);
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(violations, `${name} ${path} ${width}`).toEqual([]);
			}
			await context.close();
		}
	const context = await browser.newContext({ baseURL: site.origin, viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	for (const path of ['recherche?q=demenagement', 'moments/garder-mon-bebe']) {
		await page.goto(`/bourg-valclair/${path}`);
		expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
	}
	await context.close();
});
