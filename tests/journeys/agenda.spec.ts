import type { Browser, Page } from '@playwright/test';
import { convertIcsCalendar } from 'ts-ics';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { publishAnswer } from '#lib/server/enquiries/published.ts';
import { beside, openPerson } from '../accounts.ts';
import { markupFaults, shownFaults } from './page-faults.ts';
import { expect, startSite, type Site, test } from './server.ts';

/* An event from the desk to the calendars of residents: no JavaScript, 360 px. */
let own: Site;
let cookies: Record<'bourg' | 'collegue' | 'administration', string>;
test.beforeAll(async () => {
	own = await startSite();
	cookies = await beside(own, async (db) => ({
		bourg: (await openPerson(db, 'bourg', 'mairie')).cookie,
		collegue: (await openPerson(db, 'collegue', 'mairie')).cookie,
		administration: (await openPerson(db, 'administration', 'administration')).cookie
	}));
});
test.afterAll(async () => {
	await own.stop();
});

async function desk(browser: Browser, who: keyof typeof cookies): Promise<Page> {
	const context = await browser.newContext({
		baseURL: own.origin,
		viewport: { width: 360, height: 740 }
	});
	const [name = '', value = ''] = cookies[who].split(/=(.*)/);
	await context.addCookies([{ name, value, url: own.origin }]);
	return context.newPage();
}

const done = (page: Page) => page.getByRole('status');
const calendar = async (path: string) =>
	convertIcsCalendar(undefined, await (await fetch(own.origin + path)).text());

test('a secretary adds an event, publishes it, cancels a date: residents and calendars follow', async ({
	browser
}) => {
	const page = await desk(browser, 'bourg');
	await page.goto('/mairie/agenda');
	await page.getByRole('link', { name: 'Ajouter un évènement' }).click();

	// What can't be read is said beside its field; nothing typed is lost.
	await page.getByLabel('Titre', { exact: true }).fill('Atelier pain');
	await page.getByLabel('Heures', { exact: true }).fill('le matin');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('alert')).toContainText('2 choses sont à corriger');
	await expect(page.getByLabel('Titre', { exact: true })).toHaveValue('Atelier pain');
	expect(await shownFaults(page, 'nouveau')).toEqual([]);

	await page.getByLabel('Jour', { exact: true }).fill('2026-12-08');
	await page.getByLabel('Heures', { exact: true }).fill('9h30-11h');
	await page.getByLabel('Lieu', { exact: true }).fill('Fournil communal');
	await page.getByLabel('Pour qui', { exact: true }).fill('Parents et enfants');
	await page.getByText('Plusieurs jours, ou plusieurs fois').click();
	await page.getByLabel('Revient-il').selectOption('rang');
	await page.getByLabel('Jusqu’au', { exact: true }).fill('2027-03-31');
	await page.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Relisez avant de publier');
	await expect(page.locator('main')).toContainText(/le 2e mardi de chaque mois, jusqu’au 31 mars 2027/i);
	expect((await fetch(`${own.origin}/bourg-valclair/agenda/atelier-pain`)).status).toBe(404);
	await page.getByRole('button', { name: 'Publier' }).click();
	await expect(done(page)).toContainText('C’est publié');
	expect(await shownFaults(page, 'un évènement')).toEqual([]);

	const resident = await browser.newPage({ baseURL: own.origin, viewport: { width: 360, height: 740 } });
	await resident.goto('/bourg-valclair/agenda');
	await resident.getByRole('link', { name: 'Atelier pain' }).click();
	await expect(resident).toHaveURL(/\/bourg-valclair\/agenda\/atelier-pain$/);
	await expect(resident.locator('main')).toContainText('Fournil communal');
	await expect(resident.locator('main')).toContainText('Mardi 9 mars 2027', { ignoreCase: true });
	// Another commune doesn't read it.
	expect((await fetch(`${own.origin}/haut-valclair/agenda/atelier-pain`)).status).toBe(404);

	await page.getByRole('link', { name: 'Annuler, ranger' }).click();
	await page.getByLabel(/Annuler cette date\s: Mardi 12 janvier/).click();
	await page
		.locator('form:has(input[value="2027-01-12T09:30"])')
		.getByLabel('Pourquoi')
		.fill('four en panne');
	await page
		.locator('form:has(input[value="2027-01-12T09:30"])')
		.getByRole('button', { name: 'Oui, l’annuler' })
		.click();
	await expect(done(page)).toContainText('C’est annulé');
	await resident.reload();
	await expect(resident.locator('main')).toContainText(/Annulé\s: four en panne/);
	await expect(resident.getByRole('link', { name: 'Ajouter à mon calendrier' })).toHaveAttribute(
		'href',
		'/bourg-valclair/agenda/atelier-pain.ics'
	);
	for (const path of [
		'/bourg-valclair/agenda/atelier-pain.ics',
		'/bourg-valclair/agenda.ics',
		'/donnees/agenda.ics'
	]) {
		const { events = [] } = await calendar(path);
		const ours = events.filter(({ summary }) => summary.includes('Atelier pain'));
		expect(
			ours.map(({ status }) => status),
			path
		).toEqual(['CONFIRMED', 'CANCELLED']);
		expect(ours[1]?.start.date.toISOString()).toBe('2027-01-12T08:30:00.000Z');
	}
	expect(
		(await calendar('/haut-valclair/agenda.ics')).events?.some(({ summary }) => summary.includes('pain'))
	).toBe(false);

	// All of it, then as before.
	await page.getByText('Annuler toutes les dates').click();
	await page.getByLabel('Pourquoi, en un mot').last().fill('reporté');
	await page.getByRole('button', { name: 'Oui, l’annuler' }).last().click();
	await resident.goto('/bourg-valclair/agenda');
	await expect(resident.getByRole('listitem').filter({ hasText: 'Atelier pain' })).toContainText(
		/Annulé\s: reporté/
	);
	await page.getByRole('button', { name: /Il aura lieu/ }).click();
	await expect(done(page)).toContainText('C’est rétabli');
	await page.getByRole('link', { name: 'Ce qui a changé' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ce qui a changé');
	await expect(page.locator('main > ol > li')).toHaveCount(4);
	expect(await shownFaults(page, 'historique')).toEqual([]);

	// Put away, its address says so: a printed code may lead there.
	await page.goto('/mairie/agenda/atelier-pain');
	await page.getByRole('button', { name: 'Le ranger' }).click();
	await expect(done(page)).toBeVisible();
	const answer = await resident.goto('/bourg-valclair/agenda/atelier-pain');
	expect(answer?.status()).toBe(200);
	await expect(resident.locator('main')).toContainText('n’est plus annoncé depuis le 24 novembre 2026');
	await expect(resident.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
	expect(await shownFaults(resident, 'évènement rangé')).toEqual([]);
	expect(await markupFaults('évènement rangé', (await answer?.text()) ?? '')).toEqual([]);
	expect((await fetch(`${own.origin}/haut-valclair/agenda/atelier-pain`)).status).toBe(404);
	await resident.getByRole('link', { name: 'Tout l’agenda' }).click();
	await expect(resident).toHaveURL(/\/bourg-valclair\/agenda$/);
	await expect(resident.locator('main')).not.toContainText('Atelier pain');
});

test('two people on one event: the second loses nothing, and sees what the first did', async ({
	browser
}) => {
	const [first, second] = [await desk(browser, 'bourg'), await desk(browser, 'collegue')];
	for (const page of [first, second]) await page.goto('/mairie/agenda/marche-de-noel');
	const publish = async (page: Page) => {
		await page.getByRole('button', { name: 'Relire avant de publier' }).click();
		await page.getByRole('button', { name: 'Publier' }).click();
	};
	await first.getByLabel('Lieu', { exact: true }).fill('Halle');
	await publish(first);
	await expect(done(first)).toContainText('C’est publié');
	await second.getByLabel('Pour qui', { exact: true }).fill('Tout le monde');
	await publish(second);
	await expect(second.getByRole('alert')).toContainText('bourg a changé cet évènement');
	await expect(second.getByLabel('Pour qui', { exact: true })).toHaveValue('Tout le monde');
	await expect(second.getByLabel('Lieu', { exact: true })).toHaveValue('Halle');
	await publish(second);
	await expect(done(second)).toContainText('C’est publié');
	const html = await (await fetch(`${own.origin}/bourg-valclair/agenda/marche-de-noel`)).text();
	expect(html).toContain('Halle');
	expect(html).toContain('Tout le monde');
});

test('a calendar file is read over before anything is written, and never twice', async ({ browser }) => {
	const page = await desk(browser, 'bourg');
	const file = (name: string, ...lines: string[]) => ({
		name,
		mimeType: 'text/calendar',
		buffer: Buffer.from(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'))
	});
	const loto = [
		'BEGIN:VEVENT',
		'UID:loto@club',
		'SUMMARY:Loto du club',
		'DTSTART:20270109T130000Z',
		'END:VEVENT'
	];
	const odd = [
		'BEGIN:VEVENT',
		'UID:odd@club',
		'SUMMARY:Chaque seconde',
		'DTSTART:20270109T130000Z',
		'RRULE:FREQ=SECONDLY',
		'END:VEVENT'
	];
	await page.goto('/mairie/agenda/importer');
	await page
		.getByLabel('Le fichier')
		.setInputFiles({ name: 'a.ics', mimeType: 'text/plain', buffer: Buffer.from('bonjour') });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText('n’est pas un calendrier');
	await page.getByLabel('Le fichier').setInputFiles(file('club.ics', ...loto, ...odd));
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.locator('main')).toContainText(/Samedi 9 janvier 2027, à 14\sh/);
	await expect(page.locator('main')).toContainText('Chaque seconde');
	expect(await shownFaults(page, 'revue')).toEqual([]);
	expect(own.query('SELECT id FROM event WHERE uid = ?', 'loto@club')).toEqual([]);
	await page.getByRole('button', { name: 'Importer en brouillon' }).click();
	await expect(done(page)).toContainText('Un évènement est importé');
	await expect(page.getByRole('link', { name: 'Loto du club', exact: true })).toBeVisible();
	expect((await fetch(`${own.origin}/bourg-valclair/agenda/loto-du-club`)).status).toBe(404);
	await page.goto('/mairie/agenda/importer');
	await page.getByLabel('Le fichier').setInputFiles(file('club.ics', ...loto));
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.locator('main')).toContainText('Déjà dans l’agenda');
});

test('after an event, one types how many came; it can be copied for the next time', async ({ browser }) => {
	const page = await desk(browser, 'administration');
	await page.goto('/mairie');
	const task = page.getByRole('listitem').filter({ hasText: /Combien de personnes sont venues\s\?/ });
	await expect(task).toContainText('Mardi 10 novembre 2026');
	expect(await shownFaults(page, 'à faire')).toEqual([]);
	expect(await markupFaults('à faire', await page.content())).toEqual([]);
	await task.getByRole('link', { name: 'Café des parents' }).click();
	await expect(page.locator(':target')).toContainText('Café des parents');
	const field = page.getByLabel(/Personnes venues\s: Café des parents/);
	await field.fill('beaucoup');
	await page.getByRole('button', { name: 'Noter' }).first().click();
	await expect(page.getByRole('alert')).toContainText('Écrivez un nombre');
	await page.getByLabel(/Personnes venues\s: Café des parents/).fill('12');
	await page.getByRole('button', { name: 'Noter' }).first().click();
	await expect(done(page)).toContainText('C’est noté');
	expect(own.query<{ participants: number }>('SELECT participants FROM event_attendance')).toEqual([
		{ participants: 12 }
	]);
	expect(await shownFaults(page, 'agenda du bureau')).toEqual([]);
	expect(await markupFaults('agenda du bureau', await page.content())).toEqual([]);
	await page.goto('/mairie');
	await expect(task).toHaveCount(0);
	await page.goto('/mairie/agenda');
	await page.getByRole('link', { name: /Copier\s: Café des parents/ }).click();
	await expect(page.getByLabel('Titre', { exact: true })).toHaveValue('Café des parents');
	await expect(page.getByLabel('Jour', { exact: true })).toHaveValue('');
});

test('the month is a table with its days, a list on a small screen, and a theme can be chosen', async ({
	page,
	request
}) => {
	await page.goto('/bourg-valclair/agenda');
	await page.getByRole('link', { name: 'Mois par mois' }).click();
	await page.getByRole('link', { name: /décembre 2026/ }).click();
	await expect(page.getByRole('table', { name: /décembre 2026/ })).toBeVisible();
	await expect(page.getByRole('columnheader')).toHaveText([
		'lundi',
		'mardi',
		'mercredi',
		'jeudi',
		'vendredi',
		'samedi',
		'dimanche'
	]);
	await expect(page.getByRole('cell', { name: /mardi 8 décembre/ })).toContainText('Café des parents');
	expect(await shownFaults(page, 'mois')).toEqual([]);
	expect(await markupFaults('mois', await (await request.get(page.url())).text())).toEqual([]);
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await shownFaults(page, 'mois à 360')).toEqual([]);
	await page.getByRole('link', { name: 'Petite enfance' }).click();
	await expect(page.locator('main')).not.toContainText('Marché de Noël');
	for (const query of ['mois=2026-13', 'mois=__proto__', 'theme=%00', 'page=1e9', 'mois=1926-01&theme=x'])
		expect((await request.get(`/bourg-valclair/agenda?${query}`)).status(), query).toBe(200);
});

test('the agenda has what the page of a theme has: answers to what others asked, a question, an opinion', async ({
	browser
}) => {
	await beside(own, async (db) => {
		const by = await openPerson(db, 'accueil', 'administration');
		const account = await findAccount(db, by.id);
		if (!account) throw new Error('No account');
		const words = { theme: 'agenda', commune: null, question: 'Qui loue la salle ?', answer: 'La mairie.' };
		await publishAnswer(db, words, account);
	});
	const page = await browser.newPage({ baseURL: own.origin, viewport: { width: 360, height: 740 } });
	await page.goto('/bourg-valclair/agenda');
	await page.getByText('Qui loue la salle ?').click();
	await expect(page.getByText('La mairie.', { exact: true })).toBeVisible();
	expect(await shownFaults(page, 'agenda')).toEqual([]);
	expect(await markupFaults('agenda', await page.content())).toEqual([]);
	await expect(page.getByRole('link', { name: 'Écrire votre question' })).toHaveAttribute(
		'href',
		'/bourg-valclair/question?theme=agenda'
	);
	await page.getByRole('button', { name: 'Oui' }).click();
	await expect(page).toHaveURL(/\/bourg-valclair\/avis\?page=agenda&avis=oui$/);
	await page.close();
});
