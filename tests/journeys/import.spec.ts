import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Site, startSite } from '../site.ts';

// What this journey changes is read by others: a site of its own.
let site: Site;
test.beforeAll(async () => {
	site = await startSite();
});
test.afterAll(async () => {
	await site.stop();
});

const password = 'trois mots sans rapport';

/** A list as mairies keep them: a title, eaten zeros, two numbers in a cell, words for hours, an old encoding. */
const messy = [
	'Recensement 2026;;;;;;',
	'Intitulé;Tél.;Adresse complète;Jours et horaires;Qui ?;Âges;Mél',
	'Mairie de Haut Valclair;465710001;1 place de la Source, 00100 Haut-Valclair;;;;accueil@haut.example',
	'Club des aînés;04.65.71.01.01 / 04.65.71.01.09;Salle des fêtes, 00100 Haut-Valclair;quand on veut;Seniors;;',
	'Bibliothèque;+33465710102;3 rue du Pré, 00100 HAUT-VALCLAIR;mercredi 14h-18h;Familles;dès 18 mois;',
	'La plage;0465710105;1 rue du Lac, 74000 Annecy;;;;'
].join('\r\n');

/** A secretary at a desk without JavaScript, on a small screen. */
async function secretary(browser: Browser, name: string): Promise<Page> {
	const courriel = `${name}@haut.example`;
	execFileSync(
		process.execPath,
		[
			'src/cli/annuaire.ts',
			...['compte', 'creer', '--courriel', courriel, '--mot-de-passe-stdin', '--role', 'mairie'],
			...['--commune', 'haut-valclair', '--nom', 'Recensement']
		],
		{ env: { ...process.env, DATA_DIR: site.dataDir, TERRITOIRE: 'valclair' }, input: password }
	);
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
	await page.waitForURL('**/mairie**');
	return page;
}

test('a secretary imports a messy list, says what a column is, settles a duplicate, and takes it all back', async ({
	browser
}) => {
	const page = await secretary(browser, 'recensement');
	await page.getByRole('link', { name: 'Import', exact: true }).click();
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText('Choisissez un fichier');
	await page
		.getByLabel('Le fichier')
		.setInputFiles({ name: 'recensement.csv', mimeType: 'text/csv', buffer: Buffer.from(messy, 'latin1') });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Que disent les colonnes ?');
	await expect(page.getByLabel('Tél.')).toHaveValue('telephone');
	// A tab closed here loses nothing: the desk says that the file waits.
	await page.goto('/mairie');
	await expect(page.getByRole('heading', { name: 'Un import à relire' })).toBeVisible();
	await page.goto('/mairie/import');
	await page.getByRole('link', { name: 'Continuer avec recensement.csv' }).click();
	await page.getByLabel('Qui ?').selectOption('Pour qui');
	await page.getByRole('button', { name: 'Continuer' }).click();

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant d’importer');
	await expect(page.getByText('Doublons probables').first()).toBeVisible();
	await page.getByLabel(/C’est la même.*remplacer ce que dit «.Mairie de Haut-Valclair/).check();
	await page.getByRole('button', { name: 'Retenir ces choix' }).click();
	await expect(page.getByRole('status')).toContainText('Vos choix sont retenus');
	await expect(page.getByText('2 fiches seront créées, 1 fiche sera modifiée.')).toBeVisible();
	await page.getByRole('link', { name: 'Fiches à créer' }).click();
	await expect(page.getByText(/^Mercredi.: 14.h/)).toBeVisible();
	await expect(page.getByText(/04.65.71.01.02/)).toBeVisible();
	await page.getByRole('link', { name: 'Lignes aux cases laissées de côté' }).click();
	await expect(page.getByText(/Ces horaires ne se lisent pas \(«.quand on veut.»\)/)).toBeVisible();
	await expect(page.getByText(/Autre numéro laissé de côté/)).toBeVisible();
	const resident = await browser.newPage({ baseURL: site.origin });
	expect((await resident.goto('/haut-valclair/services/bibliotheque'))?.status()).toBe(404);

	await page.getByLabel('Sont en ligne tout de suite').check();
	await page.getByRole('button', { name: 'Importer', exact: true }).click();
	await expect(page.getByRole('status')).toContainText('2 fiches créées, en ligne, 1 fiche modifiée');
	await resident.goto('/haut-valclair/services/bibliotheque');
	await expect(resident.getByText(/04.65.71.01.02/).first()).toBeVisible();
	await expect(resident.getByText(/recensement\.csv/).first()).toBeVisible();
	await resident.goto('/haut-valclair/services/mairie-haut-valclair');
	await expect(resident.getByText('accueil@haut.example')).not.toHaveCount(0);

	// The next file is read as this one was.
	await page.goto('/mairie/import');
	await page
		.getByLabel('Le fichier')
		.setInputFiles({ name: 'encore.csv', mimeType: 'text/csv', buffer: Buffer.from(messy, 'latin1') });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.getByLabel('Qui ?')).toHaveValue('publics');
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page.getByRole('link', { name: 'Fiches déjà à jour' }).click();
	await expect(page.getByRole('link', { name: 'Bibliothèque' })).toHaveAttribute(
		'href',
		'/mairie/fiches/bibliotheque'
	);
	await expect(page.getByText(/à compléter/)).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Importer', exact: true })).toHaveCount(0);
	await page.getByRole('button', { name: 'Abandonner ce fichier' }).click();
	await expect(page.getByRole('status')).toContainText('rien n’a été écrit');

	await page.getByRole('link', { name: 'recensement.csv' }).click();
	await page.getByRole('link', { name: 'Annuler cet import…' }).click();
	await page.getByRole('button', { name: 'Annuler cet import' }).click();
	await expect(page.getByRole('status')).toContainText('a été annulé');
	await resident.goto('/haut-valclair/services/bibliotheque');
	await expect(resident.getByText('Ce n’est plus proposé')).toBeVisible();
	await resident.goto('/haut-valclair/services/mairie-haut-valclair');
	await expect(resident.getByText('accueil@haut.example')).toHaveCount(0);
	await resident.close();
	await page.goto('/mairie/fiches/mairie-haut-valclair/historique');
	const states = page.getByRole('main').getByRole('listitem');
	await expect(states.nth(0)).toContainText('Import annulé.');
	await expect(states.nth(1)).toContainText('Import d’un fichier.');
	await page.goto('/mairie');
	await expect(page.getByText(/import annulé par /)).toBeVisible();
});

test('« Importer » takes the choices shown, without another button', async ({ browser }) => {
	const page = await secretary(browser, 'import');
	await page.goto('/mairie/import');
	const buffer = Buffer.from('Nom;Commune;Horaires\nMairie de Haut Valclair;Haut-Valclair;lundi 5h-6h');
	await page.getByLabel('Le fichier').setInputFiles({ name: 'une.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await page.getByRole('button', { name: 'Continuer' }).click();
	await page.getByRole('button', { name: 'Importer', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('Rien n’est à importer');
	await page.getByLabel(/C’en est une autre/).check();
	await page.getByRole('button', { name: 'Importer', exact: true }).click();
	await expect(page.getByRole('status')).toContainText('1 fiche créée, en brouillon.');
	await expect(page.getByText('1 fiche créée')).toHaveCount(1);
	await expect(page.getByText('fiche modifiée')).toHaveCount(0);
	await expect(page.getByText('1 ligne lue.')).toBeVisible();
});

test('a file that waits is abandoned from the list', async ({ browser }) => {
	const page = await secretary(browser, 'oubli');
	await page.goto('/mairie/import');
	const buffer = Buffer.from('Nom\nClub');
	await page.getByLabel('Le fichier').setInputFiles({ name: 'oubli.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await page.goto('/mairie/import');
	await page.getByRole('button', { name: 'Abandonner oubli.csv' }).click();
	await expect(page.getByRole('status')).toContainText('rien n’a été écrit');
	await expect(page.getByText('oubli.csv')).toHaveCount(0);
});
