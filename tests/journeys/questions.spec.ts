import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { beside, openPerson, type Person } from '../accounts.ts';
import { readMail } from '../mail-server.ts';
import { type Site, startSite } from '../site.ts';
import { markupFaults, shownFaults } from './page-faults.ts';

// One story on one site: each test begins where the one before ended.
test.describe.configure({ mode: 'serial' });

const thin = '\u202f';
let site: Site;
let people: Record<'direction' | 'bourg' | 'haut', Person>;
test.beforeAll(async () => {
	site = await startSite();
	people = await beside(site, async (db) => ({
		direction: await openPerson(db, 'direction', 'administration'),
		bourg: await openPerson(db, 'bourg', 'mairie'),
		haut: await openPerson(db, 'haut', 'mairie', { communes: ['haut-valclair'] })
	}));
});
test.afterAll(async () => {
	await site.stop();
});

/** Someone on a small telephone; signed in when they have an account. */
async function telephone(browser: Browser, person?: Person): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		viewport: { width: 360, height: 780 }
	});
	if (person) await context.addCookies([{ name: 'session', value: person.session, url: site.origin }]);
	return context.newPage();
}

/** The mails sent to an address, once there are `count`. */
async function mailsTo(to: string, count: number): Promise<string[]> {
	const folder = path.join(site.dataDir, 'courriels');
	const read = () =>
		(existsSync(folder) ? readdirSync(folder) : [])
			.filter((name) => name.endsWith('.eml'))
			.sort()
			.map((name) => readMail(readFileSync(path.join(folder, name), 'latin1')))
			.filter(({ headers }) => headers.get('to')?.includes(to))
			.map(({ headers, parts }) => `${headers.get('subject')}\n${parts.get('text/plain')}`);
	await expect.poll(() => read().length).toBe(count);
	return read();
}

/** As long as a person takes to read the page and write: the form says when it was opened. */
async function tookItsTime(page: Page): Promise<void> {
	const opened = page.locator('input[name=ouvert]');
	const value = Number(await opened.getAttribute('value')) - 60_000;
	await opened.evaluate((input, before) => {
		input.setAttribute('value', before);
	}, String(value));
}

test('a resident asks from the page of a theme, told who answers and by when', async ({ browser }) => {
	const page = await telephone(browser);
	await page.goto('/haut-valclair/droits-et-demarches');
	await page.getByRole('link', { name: 'Écrire votre question' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Poser une question');
	await expect(page.getByText(/Réponse au plus tard le mardi 1er décembre/)).toBeVisible();
	await expect(page.getByLabel(/De quoi s’agit-il/)).toHaveValue('droits-et-demarches');
	await page.getByLabel('Votre courriel').fill('anne@exemple');
	await page.getByRole('button', { name: 'Envoyer' }).click();
	await expect(page.getByRole('alert')).toContainText('2 choses sont à corriger');
	await expect(page.getByLabel('Votre courriel')).toHaveValue('anne@exemple');
	await expect(page.getByLabel('Votre courriel')).toHaveAttribute('aria-invalid', 'true');
	expect(await shownFaults(page, 'question')).toEqual([]);
	expect(await markupFaults('question', await page.content())).toEqual([]);
	await page.getByLabel('Votre question').fill('La déchèterie ouvre-t-elle le samedi ? Merci, Anne Martin');
	await page.getByLabel('Votre courriel').fill('anne@exemple.fr');
	await tookItsTime(page);
	await page.getByRole('button', { name: 'Envoyer' }).click();
	await expect(page).toHaveURL(/\/haut-valclair\/question\/merci\?theme=droits-et-demarches$/);
	await expect(page.getByRole('status')).toContainText('Merci.');
	expect(await shownFaults(page, 'merci')).toEqual([]);
	expect(page.url()).not.toContain('anne');
});

test('the mairie is told, answers by mail, and publishes the answer without the name', async ({
	browser
}) => {
	const [told = ''] = await mailsTo(people.haut.courriel, 1);
	expect(told).toContain('La déchèterie ouvre-t-elle le samedi');
	const page = await telephone(browser, people.haut);
	await page.goto('/mairie');
	await expect(page.getByRole('heading', { name: 'Un habitant vous écrit' })).toBeVisible();
	await page.getByRole('link', { name: /La déchèterie/ }).click();
	expect(await shownFaults(page, 'réponse')).toEqual([]);
	expect(await markupFaults('réponse', await page.content())).toEqual([]);
	await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
	await expect(page.getByRole('alert')).toContainText('Écrivez la réponse');
	await page.getByLabel('Votre réponse').fill('Oui, de 9 h à 12 h.');
	await page.getByRole('button', { name: 'Envoyer la réponse' }).click();
	await expect(page.getByRole('status')).toContainText('C’est envoyé');
	const [answer = ''] = await mailsTo('anne@exemple.fr', 1);
	expect(answer).toContain('Oui, de 9 h à 12 h.');
	await page.getByRole('link', { name: /Publier cette question/ }).click();
	await expect(page.getByLabel('La question')).toHaveValue(
		`La déchèterie ouvre-t-elle le samedi${thin}? Merci, [nom]`
	);
	expect(await shownFaults(page, 'publier')).toEqual([]);
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('alert')).toContainText('[nom]');
	await page.getByLabel('La question').fill('La déchèterie ouvre-t-elle le samedi ?');
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié');
	const reader = await telephone(browser);
	await reader.goto('/haut-valclair/droits-et-demarches');
	await reader.getByText(`La déchèterie ouvre-t-elle le samedi${thin}?`).click();
	await expect(reader.getByText('Oui, de 9 h à 12 h.')).toBeVisible();
	expect(await shownFaults(reader, 'thème')).toEqual([]);
	await reader.goto('/bourg-valclair/droits-et-demarches');
	await expect(reader.getByText('La déchèterie')).toHaveCount(0);
});

test('an error reported on an entry comes to whoever keeps it, and whoever reported it is told', async ({
	browser
}) => {
	const page = await telephone(browser);
	await page.goto('/bourg-valclair/services/mairie-bourg-valclair');
	await page.getByRole('link', { name: 'Signaler une erreur' }).click();
	await page.getByRole('button', { name: 'Envoyer' }).click();
	await expect(page.getByRole('alert')).toContainText('Cochez ce qui est faux');
	await page.getByLabel('Les horaires sont faux').check();
	await page.getByLabel('Votre courriel').fill('paul@exemple.fr');
	expect(await shownFaults(page, 'signaler')).toEqual([]);
	expect(await markupFaults('signaler', await page.content())).toEqual([]);
	await tookItsTime(page);
	await page.getByRole('button', { name: 'Envoyer' }).click();
	await expect(page.getByRole('status')).toContainText('vous rendez service');
	const desk = await telephone(browser, people.bourg);
	await desk.goto('/mairie/questions');
	await desk.getByRole('listitem').filter({ hasText: 'Erreur signalée' }).getByRole('link').click();
	await expect(desk.getByText('Les horaires sont faux')).toBeVisible();
	await desk.getByRole('link', { name: 'Ouvrir la fiche pour la corriger' }).click();
	await expect(desk).toHaveURL(/\/mairie\/fiches\/mairie-bourg-valclair/);
	// The entry itself leads back to what was reported.
	await desk.getByRole('link', { name: /L’erreur signalée le/ }).click();
	await desk.getByRole('button', { name: 'C’est corrigé' }).click();
	await expect(desk.getByRole('status')).toContainText('C’est clos');
	expect((await mailsTo('paul@exemple.fr', 1))[0]).toContain('C’est corrigé.');
});

test('what a robot sends waits to be sorted, and is set aside or kept', async ({ browser }) => {
	for (const text of ['Visit http://a.example and http://b.example', 'Best casino bonus for you']) {
		const robot = await telephone(browser);
		await robot.goto('/bourg-valclair/question');
		await robot.getByLabel('Votre question').fill(text);
		await robot.getByRole('button', { name: 'Envoyer' }).click();
		// It is answered as anyone is.
		await expect(robot.getByRole('status')).toContainText('Merci.');
	}
	const desk = await telephone(browser, people.bourg);
	await desk.goto('/mairie/questions');
	await expect(desk.getByText('2 envois ressemblent à un envoi automatique', { exact: false })).toBeVisible();
	expect(await shownFaults(desk, 'questions')).toEqual([]);
	expect(await markupFaults('questions', await desk.content())).toEqual([]);
	await desk.getByRole('checkbox', { name: /casino/ }).check();
	await desk.getByRole('button', { name: 'Écarter ce qui est coché' }).click();
	await expect(desk.getByRole('status')).toContainText('C’est écarté');
	await desk.getByRole('checkbox', { name: /Visit/ }).check();
	await desk.getByRole('button', { name: 'Garder' }).click();
	await expect(desk.getByRole('link', { name: /Visit/ })).toBeVisible();
	await desk.getByRole('link', { name: /casino/ }).click();
	await desk.getByRole('button', { name: 'Remettre à répondre' }).click();
	await expect(desk.getByRole('heading', { name: 'Répondre' })).toBeVisible();
	await desk.getByText('Ce n’est pas à vous de répondre').click();
	await desk.getByLabel('Qui doit répondre').selectOption('La mairie, Haut-Valclair');
	await desk.getByRole('button', { name: 'Transmettre' }).click();
	await expect(desk.getByRole('link', { name: /casino/ })).toHaveCount(0);
	// Whoever left neither mail nor telephone can't be answered: it is set apart all the same.
	const other = await telephone(browser, people.haut);
	await other.goto('/mairie/questions');
	await other.getByRole('link', { name: /casino/ }).click();
	await expect(other.getByRole('button', { name: 'J’ai rappelé' })).toHaveCount(0);
	await other.getByRole('button', { name: 'Classer sans répondre' }).click();
	await expect(other.getByRole('status')).toContainText('C’est classé');
});

test('a difficulty with the site has a queue of its own, at the communauté de communes', async ({
	browser
}) => {
	const page = await telephone(browser);
	await page.goto('/accessibilite');
	await page.getByRole('link', { name: 'écrire ce qui ne va pas' }).click();
	await page.getByLabel('Qu’est-ce qui ne va pas').fill('Mon lecteur d’écran ne lit pas les horaires');
	await tookItsTime(page);
	await page.getByRole('button', { name: 'Envoyer' }).click();
	const desk = await telephone(browser, people.direction);
	await desk.goto('/mairie/questions');
	await expect(
		desk.getByRole('region', { name: 'Le site est difficile à utiliser' }).getByRole('link')
	).toContainText('Mon lecteur d’écran');
});

test('a page says whether it helped: counted by page and day, nothing else', async ({ browser }) => {
	const page = await telephone(browser);
	await page.goto('/bourg-valclair/petite-enfance');
	await page.getByRole('button', { name: 'Oui' }).click();
	await expect(page.getByRole('status')).toBeVisible();
	await page.goto('/bourg-valclair/services/mairie-bourg-valclair');
	await page.getByRole('button', { name: 'Non' }).click();
	expect(await shownFaults(page, 'avis')).toEqual([]);
	await page.getByRole('link', { name: 'Écrire votre question' }).click();
	await expect(page.getByText('À propos de')).toContainText('Mairie');
	await expect
		.poll(() => site.query('SELECT path, helped, did_not FROM page_opinion ORDER BY path'))
		.toEqual([
			{ path: '/bourg-valclair/petite-enfance', helped: 1, did_not: 0 },
			{ path: '/bourg-valclair/services/mairie-bourg-valclair', helped: 0, did_not: 1 }
		]);
});
