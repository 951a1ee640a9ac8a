import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { giveLink } from '#lib/server/accounts/links.ts';
import { codeOf } from '#lib/server/accounts/totp.ts';
import { beside, openPerson, password } from '../accounts.ts';
import { readMail } from '../mail-server.ts';
import { type Site, startSite, tuesdayMorning } from '../site.ts';
import { markupFaults, shownFaults } from './page-faults.ts';

// One story on one site: each test begins where the one before ended.
test.describe.configure({ mode: 'serial' });
test.use({ javaScriptEnabled: false });

const direction = { nom: 'Direction des services', courriel: 'direction@valclair.example' };
const secretary = { nom: 'Accueil du Bourg', courriel: 'accueil@bourg-valclair.example' };
const firstPassword = 'trois mots sans rapport';
const nextPassword = 'quatre mots tout à fait neufs';

let site: Site;
let startedAt: number;
let administrator: Page;
let key = '';
let recoveryCodes: string[] = [];

test.beforeAll(async ({ browser }) => {
	site = await startSite();
	startedAt = Date.now();
	administrator = await someone(browser);
});
test.afterAll(async () => {
	await administrator.context().close();
	await site.stop();
});

/** A browser of its own, at this site. */
async function someone(browser: Browser, width = 1280): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width, height: 780 }
	});
	return context.newPage();
}

/** The step of codes that the site's clock is at. */
function presentStep(): number {
	return Math.floor((Date.parse(tuesdayMorning) + Date.now() - startedAt) / 30_000);
}

/** The mails sent to this address so far, the first first. */
function mailsTo(courriel: string) {
	const folder = path.join(site.dataDir, 'courriels');
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => name.endsWith('.eml'))
		.sort()
		.map((name) => readMail(readFileSync(path.join(folder, name), 'latin1')))
		.filter(({ headers }) => headers.get('to')?.includes(courriel));
}

/** The link that the last mail to this address carries, once `count` mails came to it. */
async function linkMailedTo(courriel: string, count: number): Promise<string> {
	await expect.poll(() => mailsTo(courriel).length).toBe(count);
	const links = mailsTo(courriel).map(
		({ parts }) => /http:\S+\/connexion\/\S+/.exec(parts.get('text/plain') ?? '')?.[0]
	);
	const seen = new Set(given);
	const link = links.find((one) => one !== undefined && !seen.has(one));
	if (link === undefined) throw new Error(`No new link for ${courriel}`);
	given.push(link);
	return link;
}
const given: string[] = [];

async function signIn(page: Page, courriel: string, typed: string): Promise<void> {
	await page.goto('/mairie/compte');
	await page.getByLabel('Courriel').fill(courriel);
	await page.getByLabel('Mot de passe', { exact: true }).fill(typed);
	await page.getByRole('button', { name: 'Se connecter' }).click();
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('whoever installs the site opens the first account by the link it prints, which serves once', async () => {
	const link = /Premier compte\s: (\S+)/.exec(site.output())?.[1] ?? '';
	await administrator.goto(link);
	await expect(heading(administrator)).toHaveText('Premier compte');
	await administrator.getByLabel('Votre nom').fill(direction.nom);
	await administrator.getByLabel('Courriel').fill(direction.courriel);
	await administrator.getByLabel('Mot de passe').fill('court');
	await administrator.getByRole('button', { name: 'Ouvrir ce compte' }).click();
	await expect(administrator.getByRole('alert')).toContainText('trop court');
	await expect(administrator.getByLabel('Courriel')).toHaveValue(direction.courriel);
	await administrator.getByLabel('Mot de passe').fill(firstPassword);
	await administrator.getByRole('button', { name: 'Ouvrir ce compte' }).click();
	await expect(heading(administrator)).toHaveText('Se connecter');

	await administrator.goto(link);
	await expect(administrator.getByRole('heading', { name: 'Ce lien ne sert plus' })).toBeVisible();
	await expect(administrator.getByRole('main').getByRole('link', { name: 'connectez-vous' })).toBeVisible();
});

test('an administrator does nothing before double verification is on, and sees the recovery codes once', async () => {
	const page = administrator;
	await signIn(page, direction.courriel, 'un mauvais mot de passe');
	await expect(page.getByRole('alert')).toContainText('n’est pas le bon');
	await expect(page.getByLabel('Courriel')).toHaveValue(direction.courriel);
	await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveValue('');
	await page.getByLabel('Mot de passe', { exact: true }).fill(firstPassword);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	for (const address of ['/mairie/comptes', '/mairie/journal', '/mairie/compte']) {
		await page.goto(address);
		await expect(page).toHaveURL('/mairie/compte/second-facteur');
	}
	key = (await page.locator('.cle-tapee').innerText()).replaceAll(/\s/g, '');
	await page.getByLabel('Code à six chiffres').fill('000000');
	await page.getByRole('button', { name: 'Activer' }).click();
	await expect(page.getByRole('alert')).toContainText('Ce code n’est pas le bon');
	// The telephone already has this key: a wrong code must not change it.
	expect((await page.locator('.cle-tapee').innerText()).replaceAll(/\s/g, '')).toBe(key);
	await page.getByLabel('Code à six chiffres').fill(codeOf(key, presentStep()));
	await page.getByRole('button', { name: 'Activer' }).click();
	await expect(page.getByRole('heading', { name: 'Elle est active' })).toBeVisible();
	recoveryCodes = await page.locator('.codes li').allInnerTexts();
	expect(recoveryCodes).toHaveLength(10);
	await page.getByRole('link', { name: 'C’est rangé' }).click();
	await expect(heading(page)).toHaveText('Mon compte');
	await expect(page.getByText('Il vous reste 10')).toBeVisible();
	await page.goto('/mairie/compte/second-facteur');
	for (const code of recoveryCodes) await expect(page.getByText(code)).toHaveCount(0);
});

test('the telephone’s code, or a recovery code when it is lost, is then asked at each sign-in', async ({
	browser
}) => {
	const page = await someone(browser);
	await signIn(page, direction.courriel, firstPassword);
	await expect(heading(page)).toHaveText('Votre code');
	await page.goto('/mairie/compte');
	await expect(heading(page)).toHaveText('Se connecter');
	await signIn(page, direction.courriel, firstPassword);
	await page.getByLabel('Code à six chiffres').fill('123');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(page.getByRole('alert')).toContainText('Il faut six chiffres');
	await page.getByLabel('Code à six chiffres').fill(recoveryCodes[0]?.toUpperCase() ?? '');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(heading(page)).toHaveText('Mon compte');
	await expect(page.getByText('Il vous reste 9')).toBeVisible();
	await page.context().close();
});

test('a secretary accepts her invitation and signs in, on a telephone’s width, with the keyboard alone', async ({
	browser
}) => {
	await administrator.goto('/mairie/comptes');
	await administrator.getByLabel('Nom', { exact: true }).fill(secretary.nom);
	await administrator.getByLabel('Courriel').fill(secretary.courriel);
	await administrator.getByRole('button', { name: 'Envoyer l’invitation' }).click();
	await expect(administrator.getByRole('alert')).toContainText('Choisissez la commune');
	await expect(administrator.getByLabel('Nom', { exact: true })).toHaveValue(secretary.nom);
	await administrator.getByLabel('Bourg-Valclair').check();
	await administrator.getByRole('button', { name: 'Envoyer l’invitation' }).click();
	await expect(administrator.getByRole('status')).toContainText('L’invitation est partie');
	const link = await linkMailedTo(secretary.courriel, 1);

	const page = await someone(browser, 360);
	await page.goto(link);
	await expect(page.getByLabel('Courriel')).toHaveValue(secretary.courriel);
	await tabTo(page, 'Mot de passe');
	await page.keyboard.type('motdepasse123');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toContainText('trop courant');
	await tabTo(page, 'Mot de passe');
	await page.keyboard.type(firstPassword);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status')).toContainText('Connectez-vous');

	await page.goto('/mairie/compte');
	await tabTo(page, 'Courriel');
	await page.keyboard.type(secretary.courriel);
	await page.keyboard.press('Tab');
	await page.keyboard.type(firstPassword);
	await page.keyboard.press('Enter');
	await expect(heading(page)).toHaveText('Mon compte');
	await expect(page.getByRole('banner')).toContainText('Bourg-Valclair');
	await expect(page.getByRole('link', { name: 'Comptes' })).toHaveCount(0);
	expect((await page.goto('/mairie/comptes'))?.status()).toBe(404);

	await page.goto(link);
	await expect(page.getByRole('heading', { name: 'Ce lien ne sert plus' })).toBeVisible();
	await expect(page.getByText('demandez une nouvelle invitation')).toBeVisible();
	await page.context().close();
});

test('a forgotten password is chosen again by mail, and every session opened before ends', async ({
	browser
}) => {
	const [before, page] = [await someone(browser), await someone(browser, 360)];
	await signIn(before, secretary.courriel, firstPassword);
	await expect(heading(before)).toHaveText('Mon compte');

	await page.goto('/connexion');
	await page.getByRole('link', { name: 'Mot de passe oublié' }).click();
	await page.getByLabel('Courriel').fill('accueil@bourg');
	await page.getByRole('button', { name: 'Recevoir un lien' }).click();
	await expect(page.getByRole('alert')).toContainText('n’est pas complet');
	await page.getByLabel('Courriel').fill(secretary.courriel.toUpperCase());
	await page.getByRole('button', { name: 'Recevoir un lien' }).click();
	await expect(page.getByRole('status')).toContainText('Regardez votre boîte');
	const link = await linkMailedTo(secretary.courriel, 2);
	await page.goto(link);
	await page.getByLabel('Mot de passe', { exact: true }).fill(nextPassword);
	await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click();
	await expect(page.getByRole('status')).toContainText('votre mot de passe est enregistré');

	await before.goto('/mairie/compte');
	await expect(heading(before)).toHaveText('Se connecter');
	await signIn(page, secretary.courriel, firstPassword);
	await expect(page.getByRole('alert')).toBeVisible();
	await signIn(page, secretary.courriel, nextPassword);
	await expect(heading(page)).toHaveText('Mon compte');

	await page.goto(link);
	await expect(page.getByRole('heading', { name: 'Ce lien ne sert plus' })).toBeVisible();
	await page.getByRole('link', { name: 'Demandez-en un autre' }).click();
	await expect(heading(page)).toHaveText('Mot de passe oublié');
	for (const context of [before.context(), page.context()]) await context.close();
});

test('someone ends their other sessions, changes their password, then signs out for good', async ({
	browser
}) => {
	const [here, office] = [await someone(browser), await someone(browser)];
	for (const page of [here, office]) await signIn(page, secretary.courriel, nextPassword);
	await here.goto('/mairie/compte');
	await here.getByRole('button', { name: 'Fermer toutes les autres' }).click();
	await expect(here.getByRole('status')).toContainText('Toutes les autres sessions sont fermées');
	await office.goto('/mairie/compte');
	await expect(heading(office)).toHaveText('Se connecter');

	await here.getByLabel('Mot de passe actuel').fill('ce n’est pas lui');
	await here.getByLabel('Nouveau mot de passe').fill(firstPassword);
	await here.getByRole('button', { name: 'Changer de mot de passe' }).click();
	await expect(here.getByRole('alert')).toContainText('Ce n’est pas votre mot de passe actuel');
	await here.getByLabel('Mot de passe actuel').fill(nextPassword);
	await here.getByLabel('Nouveau mot de passe').fill(firstPassword);
	await here.getByRole('button', { name: 'Changer de mot de passe' }).click();
	await expect(here.getByRole('status')).toContainText('Votre mot de passe est changé');

	await here.getByRole('button', { name: 'Se déconnecter' }).click();
	await expect(heading(here)).toHaveText('Se connecter');
	expect((await here.context().cookies()).filter(({ name }) => name === 'session')).toEqual([]);
	await here.goBack();
	await here.goto('/mairie/compte');
	await expect(heading(here)).toHaveText('Se connecter');
	for (const context of [here.context(), office.context()]) await context.close();
});

test('the communauté de communes gives an account another commune: its person is signed out, and told by mail', async ({
	browser
}) => {
	const page = await someone(browser);
	await signIn(page, secretary.courriel, firstPassword);
	await expect(heading(page)).toHaveText('Mon compte');
	await administrator.goto('/mairie/comptes');
	await administrator.getByRole('link', { name: secretary.nom }).click();
	await expect(administrator.getByText('Dernière visite')).toBeVisible();
	await administrator.getByLabel('Bourg-Valclair').uncheck();
	await administrator.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(administrator.getByRole('alert')).toContainText('Choisissez la commune');
	await administrator.getByLabel('Haut-Valclair').check();
	await administrator.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(administrator.getByRole('status')).toContainText('C’est enregistré');
	await expect(administrator.getByText('Mairie · Haut-Valclair')).toBeVisible();

	await page.goto('/mairie/compte');
	await expect(heading(page)).toHaveText('Se connecter');
	await signIn(page, secretary.courriel, firstPassword);
	await expect(page.getByRole('banner')).toContainText('Haut-Valclair');
	await expect
		.poll(() => mailsTo(secretary.courriel).map(({ headers }) => headers.get('subject')))
		.toEqual([
			'Votre compte dans l’annuaire Valclair',
			'Choisir un nouveau mot de passe',
			'Votre mot de passe a changé',
			'Votre mot de passe a changé',
			'Ce que vous pouvez faire dans l’annuaire a changé'
		]);

	await administrator.goto('/mairie/comptes/1');
	await expect(administrator.getByText('C’est votre compte')).toBeVisible();
	await expect(administrator.getByLabel('Cette personne travaille pour')).toHaveCount(0);
	await page.context().close();
});

test('whoever takes too long to type their code is told to begin again, and goes where they were going', async ({
	browser
}) => {
	const page = await someone(browser, 360);
	await signIn(page, direction.courriel, firstPassword);
	await expect(heading(page)).toHaveText('Votre code');
	await beside(site, (db) =>
		db
			.updateTable('account_link')
			.set({ expires_at: '2026-11-24T00:00:00.000Z' })
			.where('purpose', '=', 'second-facteur')
			.execute()
	);
	await page.getByLabel('Code à six chiffres').fill(codeOf(key, presentStep()));
	await page.getByRole('button', { name: 'Continuer' }).click();
	await expect(page.getByRole('status')).toHaveText('Votre connexion a trop attendu\u202f: recommencez.');
	await page.goto('/connexion/code?suite=/mairie/journal');
	await expect(page.getByRole('status')).toContainText('a trop attendu');
	expect(new URL(page.url()).searchParams.get('suite')).toBe('/mairie/journal');
	// Whoever comes here without having typed a password has not waited.
	await page.goto('/connexion/code');
	await expect(page.getByRole('status')).toHaveCount(0);
	await page.context().close();
});

test('a closed account is signed out at once, and can no longer sign in', async ({ browser }) => {
	const page = await someone(browser);
	await signIn(page, secretary.courriel, firstPassword);
	await expect(heading(page)).toHaveText('Mon compte');
	await administrator.goto('/mairie/comptes');
	await administrator.getByRole('button', { name: `Fermer le compte ${secretary.nom}` }).click();
	await expect(administrator.getByRole('status')).toContainText('Ce compte est fermé');
	await page.goto('/mairie/compte');
	await expect(heading(page)).toHaveText('Se connecter');
	await signIn(page, secretary.courriel, firstPassword);
	await expect(page.getByRole('alert')).toContainText('n’est pas le bon');

	await administrator.getByRole('button', { name: `Rouvrir le compte ${secretary.nom}` }).click();
	await signIn(page, secretary.courriel, firstPassword);
	await expect(heading(page)).toHaveText('Mon compte');
	await page.context().close();
});

test('the administrator reads in the journal who did what', async () => {
	await administrator.goto('/mairie/journal');
	const lines = administrator.getByRole('listitem');
	for (const line of [
		`${direction.nom} a ouvert un compte`,
		`${secretary.nom} a accepté son invitation`,
		`${secretary.nom} a changé de mot de passe`,
		`${direction.nom} a fermé un compte`,
		`${direction.nom} s’est servi d’un code de secours`
	])
		await expect(lines.filter({ hasText: line }).first()).toBeVisible();
});

test.describe('every page of sign-in and of accounts', () => {
	test.use({ javaScriptEnabled: true, viewport: { width: 360, height: 780 } });

	for (const colorScheme of ['light', 'dark'] as const)
		test(`is valid, named, one screen wide, and axe finds nothing there (${colorScheme})`, async ({
			browser
		}) => {
			test.setTimeout(300_000);
			const context = await browser.newContext({
				baseURL: site.origin,
				viewport: { width: 360, height: 780 },
				colorScheme
			});
			const page = await context.newPage();
			const { person, invitation, forgotten } = await beside(site, async (db) => {
				const person = await openPerson(db, `direction-${colorScheme}`, 'administration');
				const { id } = await openPerson(db, `invitee-${colorScheme}`, 'agent');
				return {
					person,
					invitation: await giveLink(db, id, 'invitation'),
					forgotten: await giveLink(db, id, 'mot-de-passe')
				};
			});
			const faults: string[] = [];
			const titles = new Set<string>();
			const look = async (name: string) => {
				titles.add(await page.title());
				expect(await page.locator('h1').count(), name).toBe(1);
				faults.push(...(await shownFaults(page, name)));
				faults.push(...(await markupFaults(name, await sourceOf(page))));
				expect(await page.locator('script').count(), name).toBe(0);
			};
			for (const address of [
				'/connexion',
				'/connexion/oubli',
				`/connexion/invitation/${invitation}`,
				`/connexion/mot-de-passe/${forgotten}`,
				'/connexion/premier-compte/ancien'
			]) {
				await page.goto(address);
				await look(address);
			}
			await signIn(page, person.courriel, password);
			await look('/connexion/code');
			await page.getByLabel('Code à six chiffres').fill('000000');
			await page.getByRole('button', { name: 'Continuer' }).click();
			faults.push(...(await shownFaults(page, '/connexion/code, wrong')));
			await context.addCookies([{ name: 'session', value: person.session, url: site.origin }]);
			for (const address of [
				'/mairie/compte',
				'/mairie/compte/second-facteur',
				'/mairie/comptes',
				'/mairie/comptes/2',
				'/mairie/journal'
			]) {
				await page.goto(address);
				await look(address);
			}
			expect(titles.size).toBe(11);
			await page.goto('/mairie/comptes');
			await page.getByLabel('Nom', { exact: true }).fill('Accueil');
			await page.getByLabel('Courriel').fill('accueil@haut-valclair.example');
			await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
			faults.push(...(await shownFaults(page, '/mairie/comptes, wrong')));
			expect(faults).toEqual([]);
			await context.close();
		});
});

/** The HTML of the page shown, as it travelled. */
async function sourceOf(page: Page): Promise<string> {
	return (await page.request.get(page.url(), { headers: { accept: 'text/html' } })).text();
}

/** Presses Tab until the field of this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
	const wanted = page.getByLabel(label, { exact: true });
	for (let i = 0; i < 30; i += 1) {
		await page.keyboard.press('Tab');
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`Tab never reached ${label}`);
}
