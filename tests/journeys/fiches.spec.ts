import type { Browser, Page } from '@playwright/test';
import { beside, openPerson, type Person } from '../accounts.ts';
import { cutChoices, cutFaults, shownFaults } from './page-faults.ts';
import { expect, type Site, test } from './server.ts';

const people = new Map<string, Person>();

test.beforeAll(async ({ site }) => {
	// A worker that runs several of these journeys opens them once.
	if (people.size > 0) return;
	await beside(site, async (db) => {
		for (const name of ['lutins', 'collegue']) people.set(name, await openPerson(db, name, 'mairie'));
		people.set('administration', await openPerson(db, 'adm-lutins', 'administration'));
	});
});

/** Someone of Bourg-Valclair at a desk, on a small screen; without JavaScript, but for the tool that looks at pages. */
async function desk(
	browser: Browser,
	site: Site,
	name: string,
	{ javaScriptEnabled = false } = {}
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled,
		viewport: { width: 360, height: 740 }
	});
	const session = people.get(name)?.session ?? '';
	await context.addCookies([{ name: 'session', value: session, url: site.origin }]);
	return context.newPage();
}

/** Presses a link or a button as someone without a mouse does. */
async function press(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
	await page.getByRole(role, { name, exact: typeof name === 'string' }).focus();
	await page.keyboard.press('Enter');
}

const resident = '/bourg-valclair/services';
const telephone = /04.65.71.00.42/;

test('a secretary creates an entry, keeps it, reads it over, publishes it, renames it, archives it and puts it back', async ({
	browser,
	site
}) => {
	test.setTimeout(300_000);
	const page = await desk(browser, site, 'lutins');
	await page.goto('/mairie/fiches');
	await press(page, 'link', 'Créer une fiche');
	await press(page, 'button', 'Créer la fiche');
	await expect(page.getByRole('alert')).toContainText('choses sont à corriger');
	await page.getByLabel('Comment s’appelle-t-elle').fill('Garderie des Lutins');
	await page.getByLabel('Où la trouver').selectOption({ label: 'Petite enfance : Faire garder mon enfant' });
	await press(page, 'button', 'Créer la fiche');
	await expect(page).toHaveURL(/garderie-des-lutins\?cree/);
	await expect(page.getByRole('status')).toContainText('personne ne la lit');

	await page.getByLabel('Téléphone', { exact: true }).fill('04 65');
	await page.getByLabel('Notes entre professionnels').fill('Zzcanari, ne pas diffuser');
	await press(page, 'button', 'Garder comme brouillon');
	await expect(page.getByRole('status')).toContainText('C’est gardé');
	await press(page, 'link', 'Reprendre le brouillon');
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65');
	await press(page, 'button', 'Relire avant de publier');
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveAccessibleDescription(/pas complet/);
	await expect(page.getByLabel('Description')).toHaveAccessibleDescription(/ne peut pas être vide/);
	await page.getByLabel('Téléphone', { exact: true }).fill('0465710042');
	await page.getByLabel('Description').fill('On garde vos enfants le soir.');
	await page.getByLabel('Droits et démarches').selectOption('Être aidé');
	await press(page, 'button', 'Relire avant de publier');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await expect(page.getByText('Zzcanari')).toBeVisible();
	const preview = page.frameLocator('iframe');
	await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Garderie des Lutins');
	await expect(preview.getByText(telephone).first()).toBeVisible();
	await expect(preview.getByText('Zzcanari')).toHaveCount(0);
	expect((await page.request.get(`${resident}/garderie-des-lutins`)).status()).toBe(404);

	await press(page, 'button', 'Publier');
	await expect(page.getByRole('status')).toContainText('C’est publié');
	for (const address of [`${resident}/garderie-des-lutins`, `${resident}/garderie-des-lutins.vcf`]) {
		const text = await (await page.request.get(address)).text();
		expect(text).toMatch(/Garderie des Lutins/);
		expect(text).not.toMatch(/Zzcanari/i);
	}
	expect(await (await page.request.get('/bourg-valclair/petite-enfance')).text()).toContain(
		'Garderie des Lutins'
	);
	expect(await (await page.request.get('/bourg-valclair/recherche?q=zzcanari')).text()).not.toContain(
		'Lutins'
	);

	await press(page, 'link', 'Changer son adresse');
	await page.getByLabel('Fin de la nouvelle adresse').fill('mairie-bourg-valclair');
	await press(page, 'button', 'Changer l’adresse');
	await expect(page.getByLabel('Fin de la nouvelle adresse')).toHaveAccessibleDescription(/déjà pris/);
	await page.getByLabel('Fin de la nouvelle adresse').fill('Accueil des Lutins');
	await press(page, 'button', 'Changer l’adresse');
	await expect(page.getByRole('status')).toContainText('L’adresse est changée');
	for (const [old, present] of [
		[`${resident}/garderie-des-lutins`, `${resident}/accueil-des-lutins`],
		[`${resident}/garderie-des-lutins.vcf`, `${resident}/accueil-des-lutins.vcf`],
		['/pont-valclair/services/garderie-des-lutins', `${resident}/accueil-des-lutins`],
		['/territoire/services/garderie-des-lutins', `${resident}/accueil-des-lutins`],
		['/mairie/fiches/garderie-des-lutins', '/mairie/fiches/accueil-des-lutins']
	] as const) {
		const answer = await page.request.get(old, { maxRedirects: 0 });
		expect([old, answer.status() < 400 && answer.headers().location]).toEqual([old, present]);
	}

	await page.goto('/mairie/fiches/accueil-des-lutins');
	await press(page, 'link', 'L’archiver');
	await page.getByLabel('Qui répond à sa place').selectOption('Accueil petite enfance');
	await press(page, 'button', 'Archiver la fiche');
	await expect(page.getByRole('status')).toContainText('C’est fait');
	await press(page, 'link', 'voir ce qu’ils lisent');
	await expect(page.getByText('Ce n’est plus proposé depuis le 24 novembre 2026.')).toBeVisible();
	await expect(page.getByRole('link', { name: /04.65.71.00.20/ })).toHaveAttribute('href', /^tel:/);
	await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
	expect(await (await page.request.get('/sitemap.xml')).text()).not.toContain('des-lutins');
	expect(await (await page.request.get('/bourg-valclair/petite-enfance')).text()).not.toContain('Lutins');
	expect((await page.request.get(`${resident}/garderie-des-lutins`)).url()).toContain('accueil-des-lutins');

	await page.goto('/mairie/fiches');
	await page
		.getByRole('region', { name: 'Archivées' })
		.getByRole('link', { name: 'Garderie des Lutins' })
		.click();
	await press(page, 'button', 'La remettre en ligne');
	await expect(page.getByRole('status')).toContainText('la trouvent de nouveau');
	expect(await (await page.request.get(`${resident}/accueil-des-lutins`)).text()).toContain(
		'tel:+33465710042'
	);
});

test('a draft begun before a colleague published comes back with both, and nothing lost', async ({
	browser,
	site
}) => {
	const [one, other] = [await desk(browser, site, 'lutins'), await desk(browser, site, 'collegue')];
	await one.goto('/mairie/fiches/mairie-bourg-valclair');
	await one.getByLabel('Adresse', { exact: true }).fill('12 rue du Pré');
	await one.getByLabel('Code postal').fill('trop court');
	await one.getByLabel('Mots que les gens cherchent').fill('état civil');
	await one.getByRole('button', { name: 'Garder comme brouillon' }).click();

	await other.goto('/mairie/fiches/mairie-bourg-valclair');
	await expect(other.getByText('lutins garde un brouillon de cette fiche')).toBeVisible();
	await other.getByLabel('Adresse', { exact: true }).fill('10 rue du Pré');
	await other.getByLabel('Notes entre professionnels').fill('Appeler avant dix heures.');
	await other.getByRole('button', { name: 'Relire avant de publier' }).click();
	await other.getByRole('button', { name: 'Publier' }).click();
	await expect(other.getByRole('status')).toContainText('C’est publié');

	await one.goto('/mairie/fiches/mairie-bourg-valclair');
	await one.getByRole('link', { name: 'Reprendre le brouillon' }).click();
	await expect(one.getByRole('alert')).toContainText(
		'collegue a publié cette fiche pendant que vous écriviez'
	);
	await expect(one.getByText('10 rue du Pré')).toBeVisible();
	await expect(one.getByLabel('Adresse', { exact: true })).toHaveValue('12 rue du Pré');
	await expect(one.getByLabel('Code postal')).toHaveValue('trop court');
	await expect(one.getByLabel('Mots que les gens cherchent')).toHaveValue('état civil');
	await expect(one.getByLabel('Notes entre professionnels')).toHaveValue('Appeler avant dix heures.');

	await one.goto('/mairie/fiches/mairie-bourg-valclair?brouillon=abandonner');
	await one.getByRole('button', { name: 'Abandonner ce brouillon' }).click();
	await expect(one.getByRole('status')).toContainText('abandonné');
	await one.getByRole('button', { name: 'Reprendre ce brouillon' }).click();
	await expect(one.getByRole('status')).toContainText('C’est gardé');
});

test('a mairie’s session creates, previews, renames and archives nothing that isn’t its own', async ({
	browser,
	site
}) => {
	const page = await desk(browser, site, 'lutins');
	const tables = [
		'service',
		'archive',
		'former_slug',
		'draft',
		'publication',
		'service_commune',
		'structure'
	];
	const state = () => tables.map((table) => site.query(`SELECT * FROM ${table}`));
	const before = state();
	const post = (address: string, form: Record<string, string>) =>
		page.request.post(address, {
			headers: { origin: site.origin, accept: 'text/html' },
			form,
			maxRedirects: 0
		});
	for (const slug of ['mairie-haut-valclair', 'brouillon-jamais-publie', 'n-existe-pas'])
		for (const [end, form] of [
			['?/brouillon', { nom: 'Volée' }],
			['?/abandonner', {}],
			['/adresse', { fin: 'volee' }],
			['/archiver?/archiver', { remplacante: '1' }],
			['/archiver?/remettre', {}],
			['/apercu', {}]
		] as const) {
			const address = `/mairie/fiches/${slug}${end}`;
			expect([404, 405], address).toContain((await post(address, form)).status());
			expect((await page.request.get(address.replace(/\?.*/, ''))).status(), address).toBe(404);
		}
	// A shared entry is adapted; it is neither archived nor renamed.
	for (const [end, form] of [
		['/adresse', { fin: 'volee' }],
		['/archiver?/archiver', {}],
		['/archiver?/remettre', {}]
	] as const)
		expect((await post(`/mairie/fiches/relais${end}`, form)).status(), end).toBe(404);
	const created = await post('/mairie/fiches/nouvelle', {
		nom: 'Volée',
		nature: 'service',
		place: 'petite-enfance/nulle-part',
		pour: 'territoire'
	});
	expect(created.status()).toBe(400);
	const draft = site.query<{ id: number }>(`SELECT id FROM service WHERE slug = 'brouillon-jamais-publie'`)[0]
		?.id;
	const archived = await post('/mairie/fiches/mairie-bourg-valclair/archiver?/archiver', {
		remplacante: String(draft)
	});
	expect(archived.status()).toBe(400);
	expect(state()).toEqual(before);

	const forBase = await post('/mairie/fiches/nouvelle', {
		nom: 'Pour tous',
		nature: 'service',
		place: 'petite-enfance/garder',
		pour: 'territoire'
	});
	expect(forBase.status()).toBe(303);
	expect(site.query(`SELECT commune FROM service WHERE nom = 'Pour tous'`)).toEqual([
		{ commune: 'bourg-valclair' }
	]);
});

test('axe finds nothing on the pages of an entry’s life, and none is wider than a phone', async ({
	browser,
	site
}) => {
	test.setTimeout(600_000);
	const page = await desk(browser, site, 'collegue', { javaScriptEnabled: true });
	const faults: string[] = [];
	const look = async (name: string) => faults.push(...(await shownFaults(page, name)));
	await page.goto('/mairie/fiches/nouvelle');
	await page.getByRole('button', { name: 'Créer la fiche' }).click();
	await look('nouvelle');
	await page.getByLabel('Comment s’appelle-t-elle').fill('Atelier du samedi');
	await page.getByLabel('Où la trouver').selectOption('petite-enfance/garder');
	await page.getByRole('button', { name: 'Créer la fiche' }).click();
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await look('à corriger');
	// Every choice is read whole, on the smallest telephones too.
	await page.setViewportSize({ width: 320, height: 740 });
	expect(await cutChoices(page.locator('select#nature'))).toEqual([]);
	faults.push(...(await cutFaults(page, 'à corriger, 320 px')));
	await page.setViewportSize({ width: 360, height: 740 });
	await page.getByLabel('Description').fill('Un atelier pour les enfants.');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await look('à relire');
	await page.getByRole('button', { name: 'Publier' }).click();
	await look('publiée');
	const path = '/mairie/fiches/atelier-du-samedi';
	for (const end of ['/historique', '/adresse', '/archiver']) {
		await page.goto(`${path}${end}`);
		await look(end);
	}
	await page.getByRole('button', { name: 'Archiver la fiche' }).click();
	await look('archivée');
	for (const address of [path, '/mairie/fiches', '/bourg-valclair/services/atelier-du-samedi']) {
		await page.goto(address);
		await look(address);
	}
	await page.goto(`${path}/archiver`);
	await page.getByRole('button', { name: 'La remettre en ligne' }).click();
	await page.goto(path);
	await page.getByRole('button', { name: 'Garder comme brouillon' }).click();
	await look('gardée');
	await page.goto(`${path}/apercu`);
	await look('aperçu');
	expect(faults).toEqual([]);
});

test('hours given day by day go to the draft of an entry that nobody has published, with all that was typed', async ({
	browser,
	site
}) => {
	const page = await desk(browser, site, 'lutins');
	await page.goto('/mairie/fiches/nouvelle');
	await page.getByLabel('Comment s’appelle-t-elle').fill("L'atelier du mardi");
	await page.getByLabel('Où la trouver').selectOption({ label: 'Petite enfance : Faire garder mon enfant' });
	await press(page, 'button', 'Créer la fiche');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('L’atelier du mardi');
	await page.getByLabel('Téléphone', { exact: true }).fill('04 65');
	await press(page, 'button', /jour par jour/);
	await expect(page.getByText('Vous complétez un brouillon')).toBeVisible();
	await page.getByLabel('mardi, matin, de').fill('08:30');
	await page.getByLabel('mardi, matin, à').fill('12:00');
	await press(page, 'button', 'Relire ces horaires');
	await expect(page.getByText(/Mardi.*8.h.30.*12.h/)).toBeVisible();
	await press(page, 'button', 'Corriger encore');
	await expect(page.getByLabel('mardi, matin, de')).toHaveValue('08:30');
	await press(page, 'button', 'Relire ces horaires');
	await press(page, 'button', 'Garder dans le brouillon');
	await expect(page.getByRole('status')).toContainText('Vos horaires sont dans ce brouillon');
	await expect(page.getByLabel('Horaires d’ouverture')).toHaveValue(/Mardi.*8.h.30.*12.h/);
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65');
	await press(page, 'button', /jour par jour/);
	await expect(page.getByLabel('mardi, matin, à')).toHaveValue('12:00');
	await page.goBack();
	// The Enter key still reads the whole form over, from a field above the button of the grid.
	await page.getByLabel('Téléphone', { exact: true }).press('Enter');
	await expect(page.getByRole('alert')).toContainText('à corriger');
	expect(site.query(`SELECT horaires_accueil FROM service WHERE nom = 'L’atelier du mardi'`)).toEqual([
		{ horaires_accueil: null }
	]);
});

test('hours given day by day while a draft is open wait in it; residents read the former ones', async ({
	browser,
	site
}) => {
	const page = await desk(browser, site, 'collegue');
	const path = '/mairie/fiches/mairie-bourg-valclair';
	const hours = () => site.query(`SELECT horaires_accueil FROM service WHERE slug = 'mairie-bourg-valclair'`);
	const before = hours();
	await page.goto(path);
	await page.getByLabel('Résumé').fill('Elle vous reçoit.');
	await press(page, 'button', 'Garder comme brouillon');
	await press(page, 'link', 'Reprendre le brouillon');
	await press(page, 'button', /jour par jour/);
	await page.getByLabel('samedi, matin, de').fill('09:00');
	await page.getByLabel('samedi, matin, à').fill('11:00');
	await page.getByLabel('Fermé le samedi').uncheck();
	await press(page, 'button', 'Relire ces horaires');
	await press(page, 'button', 'Garder dans le brouillon');
	await expect(page.getByLabel('Résumé')).toHaveValue('Elle vous reçoit.');
	await expect(page.getByLabel('Horaires d’ouverture')).toHaveValue(/Samedi.*9.h.*11.h/);
	expect(hours()).toEqual(before);
	await page.goto(`${path}?brouillon=abandonner`);
	await press(page, 'button', 'Abandonner ce brouillon');
});
