import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { Account } from '#lib/domain/accounts.ts';
import { findEditable } from '#lib/server/editing/editable.ts';
import { publish } from '#lib/server/editing/publish.ts';
import { findEditableTheme, publishIntroduction, publishThemeWords } from '#lib/server/editing/themes.ts';
import { beside } from '../accounts.ts';
import { type Site, startSite } from '../site.ts';
import { markupFaults } from './page-faults.ts';

const password = 'trois mots sans rapport';

// What these journeys change is read by others: a site of their own.
let site: Site;
test.beforeAll(async () => {
	site = await startSite();
});
test.afterAll(async () => {
	await site.stop();
});

/** Opens a mairie's account from the command line, as an operator would. */
function openMairie(site: Pick<Site, 'dataDir' | 'query'>, commune: string): string {
	const courriel = `communes@${commune}.example`;
	if (site.query('SELECT 1 FROM account WHERE courriel = ?', courriel).length > 0) return courriel;
	const options = ['--role', 'mairie', '--commune', commune, '--nom', `Accueil ${commune}`];
	execFileSync(
		process.execPath,
		['src/cli/annuaire.ts', 'compte', 'creer', '--courriel', courriel, '--mot-de-passe-stdin', ...options],
		{ env: { ...process.env, DATA_DIR: site.dataDir, TERRITOIRE: 'valclair' }, input: password }
	);
	return courriel;
}

/** A secretary of this mairie, signed in without JavaScript on a small screen. */
async function secretary(browser: Browser, site: Site, commune: string): Promise<Page> {
	const courriel = openMairie(site, commune);
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	await page.goto('/connexion');
	await page.getByLabel('Courriel').fill(courriel);
	await page.getByLabel('Mot de passe').fill(password);
	await page.getByRole('button', { name: 'Se connecter' }).click();
	await expect(page).toHaveURL(/\/mairie$/);
	return page;
}

const administration: Account = {
	id: 0,
	courriel: 'ccv@valclair.example',
	nom: 'La communauté de communes',
	role: 'administration',
	communes: [],
	hasSecondFactor: true
};

/** The communauté de communes changes the common text of an entry. */
async function changeCommon(site: Site, slug: string, facts: Record<string, unknown>): Promise<void> {
	await beside(site, async (db) => {
		const common = await findEditable(db, administration, slug);
		if (!common) throw new Error(`${slug} is not there`);
		await publish(db, common, { ...common.facts, ...facts }, administration);
	});
}

test('the common text changes beneath a commune’s words: it keeps one, takes the other, and finds it again', async ({
	browser
}) => {
	const page = await secretary(browser, site, 'pont-valclair');
	const here = '/mairie/fiches/accueil-petite-enfance/commun?commune=pont-valclair';
	await page.goto(here);
	await expect(page.getByRole('button', { name: /^Revenir au texte commun/ })).toHaveCount(2);
	await changeCommon(site, 'accueil-petite-enfance', {
		telephone: '04 65 71 00 55',
		description: 'On inscrit les enfants ici.'
	});
	await page.goto(here);
	const phone = page.locator('#telephone');
	await expect(phone).toContainText(/disait\s*04.65.71.00.20/);
	await expect(phone).toContainText(/maintenant\s*04.65.71.00.55/);
	await expect(phone).toContainText(/à la place\s*04.65.71.00.23/);
	await page.getByRole('button', { name: 'Garder le mien : Téléphone' }).click();
	await expect(page.getByRole('status')).toContainText('vos mots restent');
	await expect(page.getByRole('button', { name: /^Garder le mien/ })).toHaveCount(1);
	const resident = await browser.newPage({ baseURL: site.origin });
	const read = '/pont-valclair/services/accueil-petite-enfance';
	await resident.goto(read);
	await expect(resident.getByText(/04.65.71.00.23/).first()).toBeVisible();
	await expect(resident.getByText('On inscrit les enfants ici.')).toBeVisible();
	await expect(resident.getByText(/une permanence a lieu/)).toBeVisible();

	await page.getByRole('button', { name: 'Reprendre le nouveau : Description' }).click();
	await expect(page.getByRole('status')).toContainText('Les habitants lisent le texte commun');
	await resident.reload();
	await expect(resident.getByText(/une permanence a lieu/)).toHaveCount(0);
	await page.getByRole('link', { name: 'les retrouver et les remettre' }).click();
	await page
		.getByRole('link', { name: /^Revenir à cet état/ })
		.first()
		.click();
	await expect(page.getByRole('main')).toContainText(/Après le retour[\s\S]*une permanence a lieu/);
	await page.getByRole('button', { name: 'Publier cet état' }).click();
	await expect(page.getByRole('status')).toContainText('rétabli');
	await resident.reload();
	await expect(resident.getByText(/une permanence a lieu/)).toBeVisible();
	await resident.close();

	const neighbour = await secretary(browser, site, 'haut-valclair');
	expect((await neighbour.goto(here))?.status()).toBe(404);
	const stolen = await neighbour.request.post(`${here}&/reprendre`, {
		headers: { origin: site.origin },
		form: { champ: 'telephone', version: '1' }
	});
	expect(stolen.status()).toBe(404);
});

test('what a commune writes over the common text is said to replace it, and her own other tab is told as hers', async ({
	browser
}) => {
	const page = await secretary(browser, site, 'haut-valclair');
	const entry = '/mairie/fiches/ecoute-valclair';
	await page.goto(entry);
	await page.getByLabel('Résumé').fill('On vous écoute, ici aussi.');
	const tab = await page.context().newPage();
	await tab.goto(`${entry}/commun?champ=description`);
	await tab.getByLabel('Les mots de votre commune').fill('Sonnez deux fois.');
	await tab.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(tab.getByRole('alert')).toContainText('videz la case');
	await expect(tab.getByLabel('Les mots de votre commune')).toHaveValue('Sonnez deux fois.');
	await tab.getByLabel('Ajouter à la suite').check();
	await tab.getByRole('button', { name: 'Relire avant de publier' }).click();
	await tab.getByRole('button', { name: 'Publier' }).click();
	await expect(tab.getByRole('status')).toContainText('C’est publié');

	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('alert')).toContainText('Vous avez publié cette fiche dans un autre onglet');
	await expect(page.getByLabel('Résumé')).toHaveValue('On vous écoute, ici aussi.');
	await expect(page.getByLabel('Description')).toHaveValue(/Sonnez deux fois/);
	await tab.goto(entry);
	await expect(tab.getByText('Vous aviez gardé un brouillon')).toHaveCount(0);
	await page.getByLabel('Description').fill('Autre chose.');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByText('Votre commune dira ceci à la place du texte commun')).toHaveCount(2);
	await expect(page.getByRole('link', { name: /^L’ajouter plutôt à la suite/ })).toHaveAttribute(
		'href',
		/commun\?champ=description$/
	);
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
	await expect(page.getByText('dit encore l’ancien nom')).toHaveCount(0);
});

test('the common introduction changes beneath a commune’s: what says so and the field are told apart', async ({
	browser
}) => {
	const page = await secretary(browser, site, 'pont-valclair');
	await beside(site, async (db) => {
		const open = async (who: Account) => {
			const theme = await findEditableTheme(db, who, 'droits-et-demarches');
			if (!theme) throw new Error('The theme is not there');
			return theme;
		};
		const mairie: Account = { ...administration, role: 'mairie', communes: ['pont-valclair'] };
		const own = { mode: 'replace', introduction: 'Au Pont, tout se fait à la mairie.' } as const;
		await publishIntroduction(db, await open(mairie), own, mairie);
		const theme = await open(administration);
		const words = { ...theme.common, introduction: 'Vos papiers, pas à pas.' };
		await publishThemeWords(db, theme, words, administration);
	});
	await page.goto('/mairie/themes/droits-et-demarches');
	await expect(page.locator('#commune-introduction')).toContainText('Vos papiers, pas à pas.');
	await expect(page.locator('#introduction')).toHaveValue('Au Pont, tout se fait à la mairie.');
	expect(await markupFaults('le texte commun a changé', await page.content())).toEqual([]);
	await page.getByRole('button', { name: 'Garder le mien' }).click();
	await expect(page.getByRole('status')).toContainText('votre introduction reste');
});

test('a mairie introduces a theme, orders its entries, hides one and shows it again', async ({ browser }) => {
	const page = await secretary(browser, site, 'bourg-valclair');
	await page.getByRole('link', { name: 'Thèmes' }).click();
	await page.getByRole('link', { name: 'Petite enfance' }).click();
	await page.getByLabel('Ajouter les miens à la suite').check();
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('alert')).toContainText('ne peut pas être vide');
	await expect(page.getByLabel('Ajouter les miens à la suite')).toBeChecked();
	await page.getByLabel('Votre introduction').fill('Au Bourg, poussez la porte de l’école.');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByText('Crèche ou nounou : voici qui vous aide à choisir.')).toBeVisible();
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/bourg-valclair/petite-enfance');
	await expect(resident.getByText('Au Bourg, poussez la porte de l’école.')).toBeVisible();
	await page.getByRole('link', { name: 'Ce qui a changé' }).click();
	await page.getByRole('link', { name: /^Revenir à cet état/ }).click();
	await page.getByRole('button', { name: 'Publier cet état' }).click();
	await expect(page.getByRole('status')).toContainText('rétabli');
	await resident.reload();
	await expect(resident.getByText('Au Bourg, poussez la porte de l’école.')).toHaveCount(0);

	await page.goto('/mairie/themes/droits-et-demarches');
	const names = () => page.locator('ol.lignes > li b').allTextContents();
	const before = (await names()).map((name) => name.replace(/^\d+\. /, ''));
	expect(before.length).toBeGreaterThan(2);
	const last = before.at(-1) ?? '';
	await page.getByRole('button', { name: `En premier ${last}` }).press('Enter');
	expect((await names())[0]).toBe(`1. ${last}`);
	// The confirmation stands beside the entry that was moved.
	const first = page.locator('ol.lignes > li').first();
	await expect(first.getByRole('status')).toContainText(
		'C’est rangé : les habitants la voient à cette place'
	);
	await page.getByRole('button', { name: `Cacher ${last}` }).click();
	await expect(page.getByRole('status')).toHaveText(
		'C’est caché : la fiche n’est plus dans vos pages, vos listes ni votre recherche.'
	);
	await resident.goto('/bourg-valclair/droits-et-demarches');
	await expect(resident.getByRole('heading', { name: last })).toHaveCount(0);
	await resident.goto('/haut-valclair/droits-et-demarches');
	await expect(resident.getByRole('heading', { name: last })).toBeVisible();
	await page.getByRole('button', { name: `Montrer de nouveau ${last}` }).click();
	await expect(page.locator('li').filter({ hasText: last }).getByRole('status')).toHaveText(
		'C’est fait : les habitants la voient de nouveau.'
	);
	await resident.goto('/bourg-valclair/droits-et-demarches');
	await expect(resident.getByRole('heading', { name: last })).toBeVisible();
	await page.getByRole('button', { name: 'Revenir à l’ordre commun' }).click();
	expect((await names()).map((name) => name.replace(/^\d+\. /, ''))).toEqual(before);
	await expect(page.getByRole('status')).toHaveText('C’est fait : vos pages suivent l’ordre commun.');

	// The history says who did it, when, and in which commune.
	await page.getByRole('link', { name: 'Ce qui a changé' }).click();
	for (const said of [
		'Ordre commun des fiches repris à Bourg-Valclair.',
		`«\u202f${last}\u202f» de nouveau montrée à Bourg-Valclair.`,
		`«\u202f${last}\u202f» cachée à Bourg-Valclair.`,
		'Ordre des fiches changé à Bourg-Valclair.'
	]) {
		const line = page.getByRole('listitem').filter({ hasText: said });
		await expect(line).toHaveCount(1);
		await expect(line).toContainText('Accueil bourg-valclair');
		await expect(line).toContainText('24 novembre');
	}
	await resident.close();
});

test('hours are typed slot by slot, read over in French, and published', async ({ browser }) => {
	const page = await secretary(browser, site, 'bourg-valclair');
	await page.goto('/mairie/fiches/mairie-bourg-valclair/horaires');
	for (const name of ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']) {
		await page.getByLabel(`Fermé le ${name}`).uncheck();
		for (const slot of ['matin', 'après-midi'])
			for (const end of ['de', 'à']) await page.getByLabel(`${name}, ${slot}, ${end}`).fill('');
	}
	await page.getByLabel('lundi, matin, de').fill('09:00');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('alert')).toContainText('Lundi : il manque une heure');
	await expect(page.getByLabel('lundi, matin, de')).toHaveValue('09:00');
	await page.getByLabel('lundi, matin, à').fill('12:00');
	await page.getByRole('button', { name: 'Mettre ces heures jusqu’au vendredi' }).click();
	await expect(page.getByLabel('vendredi, matin, à')).toHaveValue('12:00');
	await page.getByLabel('vendredi, matin, à').press('Enter');
	await expect(page.getByText(/Du lundi au vendredi.*9.h.*12.h/)).toBeVisible();
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
	expect(site.query("SELECT horaires_accueil FROM service WHERE slug = 'mairie-bourg-valclair'")).toEqual([
		{ horaires_accueil: 'Mo-Fr 09:00-12:00; PH off' }
	]);
});

test('a closure is announced, changed, removed, and put back', async ({ browser }) => {
	const page = await secretary(browser, site, 'bourg-valclair');
	await page.goto('/mairie/fiches/mairie-bourg-valclair/annonces');
	await page.getByRole('link', { name: 'Annoncer une fermeture' }).click();
	await page.getByLabel('Fermé du').fill('2026-12-24');
	await page.getByLabel('Jusqu’au').fill('2026-12-20');
	await page.getByLabel('Motif').fill('congés');
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('alert')).toContainText('Le dernier jour vient avant le premier');
	await expect(page.getByLabel('Motif')).toHaveValue('congés');
	await page.getByLabel('Jusqu’au').fill('2027-01-02');
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('status')).toContainText('C’est enregistré');
	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto('/bourg-valclair/services/mairie-bourg-valclair');
	await expect(resident.getByText(/Fermé du 24 décembre au 2 janvier\s*: congés/)).toBeVisible();
	await page.getByText('Retirer', { exact: true }).click();
	await page.getByRole('button', { name: 'Oui, la retirer' }).click();
	await expect(page.getByRole('status')).toContainText('C’est retiré');
	await resident.reload();
	await expect(resident.getByText(/congés/)).toHaveCount(0);
	await page.getByRole('button', { name: /^Annuler : .* a retiré/ }).click();
	await expect(page.getByRole('status')).toContainText('C’est annulé');
	await resident.reload();
	await expect(resident.getByText(/congés/)).toBeVisible();
	await resident.close();

	const neighbour = await secretary(browser, site, 'haut-valclair');
	const theirs = '/mairie/fiches/mairie-bourg-valclair/annonces';
	expect((await neighbour.goto(theirs))?.status()).toBe(404);
	await neighbour.goto('/mairie/fiches/ecoute-valclair/annonces?ajouter=fermeture');
	await expect(neighbour.getByRole('button', { name: 'Enregistrer' })).toHaveCount(0);
	const form = {
		nature: 'fermeture',
		annonce: '0',
		version: '0',
		debut: '2026-12-24',
		fin: '',
		texte: 'volé'
	};
	for (const path of [theirs, '/mairie/fiches/ecoute-valclair/annonces']) {
		const headers = { origin: site.origin };
		expect((await neighbour.request.post(`${path}?/enregistrer`, { headers, form })).status()).toBe(404);
	}
	expect(site.query("SELECT * FROM closure WHERE motif = 'volé'")).toEqual([]);
});

test('a message is read on its days only: a site open the day before, one that day, one the day after', async ({
	browser
}) => {
	const dataDir = mkdtempSync(path.join(tmpdir(), 'annuaire-messages-'));
	const words = 'Pendant les travaux, entrez par la cour.';
	const pages = ['/haut-valclair/services/mairie-haut-valclair', '/haut-valclair/droits-et-demarches'];
	const isSaid = async (site: Site) =>
		Promise.all(pages.map(async (page) => (await (await fetch(site.origin + page)).text()).includes(words)));

	const before = await startSite({ DATA_DIR: dataDir, HORLOGE: '2026-11-25T23:59:00+01:00' });
	const page = await secretary(browser, before, 'haut-valclair');
	await page.goto('/mairie/fiches/mairie-haut-valclair/annonces?ajouter=message');
	await page.getByLabel('À partir du').fill('2026-11-26');
	await page.getByLabel('Jusqu’au').fill('2026-11-26');
	await page.getByLabel('Votre message').fill(words);
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByText('À venir', { exact: true })).toBeVisible();
	expect(await isSaid(before)).toEqual([false, false]);
	await before.stop();

	const during = await startSite({ DATA_DIR: dataDir, HORLOGE: '2026-11-26T00:00:30+01:00' });
	expect(await isSaid(during)).toEqual([true, true]);
	await during.stop();

	const after = await startSite({ DATA_DIR: dataDir, HORLOGE: '2026-11-27T00:00:30+01:00' });
	expect(await isSaid(after)).toEqual([false, false]);
	await after.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

test('axe finds nothing on these pages, and none is wider than a phone', async ({ browser }) => {
	const signedIn = await secretary(browser, site, 'pont-valclair');
	const context = await browser.newContext({
		baseURL: site.origin,
		storageState: await signedIn.context().storageState(),
		viewport: { width: 360, height: 740 }
	});
	const page = await context.newPage();
	for (const path of [
		'/mairie/themes',
		'/mairie/themes/petite-enfance',
		'/mairie/themes/petite-enfance/historique',
		'/mairie/fiches/accueil-petite-enfance/commun',
		'/mairie/fiches/accueil-petite-enfance/annonces',
		'/mairie/fiches/mairie-pont-valclair/annonces?ajouter=fermeture',
		'/mairie/fiches/mairie-pont-valclair/horaires'
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
