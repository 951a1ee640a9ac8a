import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { beside, openPerson, type Person } from '../accounts.ts';
import { readMail } from '../mail-server.ts';
import { type Site, startSite } from '../site.ts';
import { markupFaults, shownFaults } from './page-faults.ts';

// One story on one site: each test begins where the one before ended.
test.describe.configure({ mode: 'serial' });

const shared = 'accueil-petite-enfance';
let site: Site;
let people: Record<'direction' | 'bourg' | 'haut' | 'agent', Person>;
test.beforeAll(async () => {
	site = await startSite();
	people = await beside(site, async (db) => ({
		direction: await openPerson(db, 'direction', 'administration'),
		bourg: await openPerson(db, 'bourg', 'mairie'),
		haut: await openPerson(db, 'haut', 'mairie', { communes: ['haut-valclair'] }),
		agent: await openPerson(db, 'agent', 'agent')
	}));
});
test.afterAll(async () => {
	await site.stop();
});

/** Someone signed in, without JavaScript, on a small telephone. */
async function desk(browser: Browser, { session }: Person, javaScriptEnabled = false): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled,
		viewport: { width: 360, height: 780 }
	});
	await context.addCookies([{ name: 'session', value: session, url: site.origin }]);
	return context.newPage();
}

/** The words of the mails about proposals sent to someone, the first first, once there are `count`. */
async function mailsTo({ courriel }: Person, count: number): Promise<string[]> {
	const folder = path.join(site.dataDir, 'courriels');
	const read = () =>
		(existsSync(folder) ? readdirSync(folder) : [])
			.filter((name) => name.endsWith('.eml'))
			.sort()
			.map((name) => readMail(readFileSync(path.join(folder, name), 'latin1')))
			.filter(({ headers }) => headers.get('to')?.includes(courriel))
			.map(({ headers, parts }) => `${headers.get('subject')}\n${parts.get('text/plain')}`)
			.filter((mail) => mail.includes('/mairie/propositions/'));
	await expect.poll(() => read().length).toBe(count);
	return read();
}

/** Fills the whole of a proposal: one number, and why. Ends on the page that says it was sent. */
async function propose(page: Page, slug: string, number: string): Promise<string> {
	await page.goto(`/mairie/propositions/nouvelle?fiche=${slug}`);
	await page.getByLabel('Téléphone', { exact: true }).fill(number);
	await page.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await page.getByRole('button', { name: 'Envoyer la proposition' }).click();
	await expect(page.getByRole('status')).toContainText('C’est envoyé');
	return new URL(page.url()).pathname;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a mairie proposes a number for everyone, the communauté corrects a field and accepts, people read it', async ({
	browser
}) => {
	const secretary = await desk(browser, people.bourg);
	await secretary.goto('/mairie/fiches');
	await secretary.getByLabel('Trouver une fiche').fill('petite enfance');
	await secretary.getByRole('button', { name: 'Chercher' }).click();
	const found = secretary.getByRole('region', { name: 'Proposer un changement' });
	await found.getByRole('link', { name: 'Accueil petite enfance' }).click();
	await expect(heading(secretary)).toHaveText('Proposer un changement');

	await secretary.getByLabel('Téléphone', { exact: true }).fill('04 65 71');
	await secretary.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await expect(secretary.getByRole('alert')).toContainText('Une chose est à corriger');
	await expect(secretary.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65 71');
	await secretary.getByLabel('Téléphone', { exact: true }).fill('0465710099');
	await secretary.getByLabel('Adresse', { exact: true }).fill('9 rue du Pré');
	await secretary.getByLabel('Pourquoi ce changement').fill('Le numéro a changé lundi.');
	await secretary.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await expect(heading(secretary)).toHaveText('Relisez avant d’envoyer');
	await secretary.getByRole('button', { name: 'Corriger encore' }).click();
	await expect(secretary.getByLabel('Pourquoi ce changement')).toHaveValue('Le numéro a changé lundi.');
	await expect(secretary.getByLabel('Adresse', { exact: true })).toHaveValue('9 rue du Pré');
	await secretary.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await secretary.getByRole('button', { name: 'Envoyer la proposition' }).click();
	await expect(secretary.getByRole('status')).toContainText('C’est envoyé');
	await expect(secretary.getByRole('button', { name: 'Retirer ma proposition' })).toBeVisible();

	const resident = await browser.newPage({ baseURL: site.origin });
	await resident.goto(`/haut-valclair/services/${shared}`);
	await expect(resident.getByText(/04.65.71.00.99/)).toHaveCount(0);

	const [asked = ''] = await mailsTo(people.direction, 1);
	expect(asked).toContain('Le numéro a changé lundi.');
	const link = /http:\S+\/mairie\/propositions\/\d+/.exec(asked)?.[0] ?? '';
	const direction = await desk(browser, people.direction);
	await direction.goto(link);
	await expect(direction.getByText('Le numéro a changé lundi.')).toBeVisible();
	await expect(direction.getByRole('checkbox')).toHaveCount(2);
	await direction.getByLabel('Un mot à').fill('Merci\u202f!');
	await direction.getByRole('button', { name: 'Corriger, puis publier' }).click();
	await expect(heading(direction)).toHaveText('Corriger la proposition');
	await expect(direction.getByLabel('Téléphone', { exact: true })).toHaveValue(/04.65.71.00.99/);
	await direction.getByLabel('Adresse', { exact: true }).fill('9 bis rue du Pré');
	await direction.getByRole('button', { name: 'Relire avant de publier' }).click();
	await expect(heading(direction)).toHaveText('Relisez avant de publier');
	await expect(direction.getByLabel('Un mot à')).toHaveValue('Merci\u202f!');
	await direction.getByRole('button', { name: 'Accepter et publier' }).click();
	await expect(direction.getByRole('status')).toContainText('C’est publié');

	await resident.reload();
	await expect(resident.getByText(/04.65.71.00.99/).first()).toBeVisible();
	await expect(resident.getByText('9 bis rue du Pré').first()).toBeVisible();
	await direction.goto(`/mairie/fiches/${shared}/historique`);
	await expect(direction.getByText('direction (proposé par bourg, Bourg-Valclair)').first()).toBeVisible();

	const [told = ''] = await mailsTo(people.bourg, 1);
	expect(told).toContain('Votre proposition est publiée');
	expect(told).toMatch(/Téléphone\u202f: 04.65.71.00.99/);
	expect(told).toContain('Adresse, corrigé\u202f: 9 bis rue du Pré');
	expect(told).toContain('Merci\u202f!');
	await secretary.goto('/mairie/propositions');
	await expect(
		secretary.getByRole('region', { name: 'Ce que vous avez proposé' }).getByRole('listitem')
	).toContainText('acceptée');
	for (const page of [secretary, direction, resident]) await page.context().close();
});

test('only the ticked fields are published; what changed meanwhile is shown three ways', async ({
	browser
}) => {
	const [agent, mairie, direction] = [
		await desk(browser, people.agent),
		await desk(browser, people.bourg),
		await desk(browser, people.direction)
	];
	await agent.goto('/mairie/propositions');
	await agent.getByLabel('Quelle fiche').fill('mairie bourg');
	await agent.getByRole('button', { name: 'Chercher' }).click();
	await agent.getByRole('link', { name: 'Mairie de Bourg-Valclair' }).click();
	await agent.getByLabel('Adresse', { exact: true }).fill('77 place du Marché');
	const address = await propose(agent, 'mairie-bourg-valclair', '04 65 71 00 91');

	// Sent again, it takes the place of the first, with what it already said.
	await agent.goto('/mairie/propositions/nouvelle?fiche=mairie-bourg-valclair');
	await expect(agent.getByText('ce que vous enverrez le remplacera')).toBeVisible();
	await expect(agent.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65 71 00 91');
	await agent.getByLabel('Complément d’adresse').fill('Au fond de la cour');
	const last = await propose(agent, 'mairie-bourg-valclair', '04 65 71 00 92');
	expect(last).not.toBe(address);
	await mairie.goto(address);
	await mairie.getByRole('link', { name: 'Lire la proposition qui la remplace' }).click();

	await mairie.getByRole('checkbox', { name: 'Téléphone' }).uncheck();
	await mairie.getByRole('button', { name: 'Accepter et publier' }).click();
	await expect(mairie.getByRole('alert')).toContainText('Cochez au moins un champ');
	await mairie.getByRole('checkbox', { name: 'Téléphone' }).check();

	await direction.goto('/mairie/fiches/mairie-bourg-valclair');
	await direction.getByLabel('Téléphone', { exact: true }).fill('04 65 71 00 93');
	await direction.getByRole('button', { name: 'Relire avant de publier' }).click();
	await direction.getByRole('button', { name: 'Publier' }).click();
	await mairie.getByRole('button', { name: 'Accepter et publier' }).click();
	await expect(mairie.getByRole('alert')).toContainText('direction a publié cette fiche');
	for (const number of [/Quand c’était proposé/, /Les habitants lisent/, /04.65.71.00.93/, /04.65.71.00.92/])
		await expect(mairie.getByText(number).first()).toBeVisible();
	await mairie.getByLabel('Un mot à').fill('');
	await mairie.getByRole('button', { name: 'Refuser' }).click();
	await expect(mairie.getByRole('alert')).toContainText('Écrivez en un mot pourquoi');
	await mairie.getByLabel('Un mot à').fill('Le nouveau numéro est déjà en ligne.');
	await mairie.getByRole('button', { name: 'Refuser' }).click();
	await expect(mairie.getByRole('status')).toContainText('C’est refusé');
	const [told = ''] = await mailsTo(people.agent, 1);
	expect(told).toContain('Le nouveau numéro est déjà en ligne.');
	for (const page of [agent, mairie, direction]) await page.context().close();
});

test('of two who decide, the second is told; a proposal taken back can’t be accepted', async ({
	browser
}) => {
	const [agent, mairie, direction] = [
		await desk(browser, people.agent),
		await desk(browser, people.bourg),
		await desk(browser, people.direction)
	];
	const address = await propose(agent, 'mairie-bourg-valclair', '04 65 71 00 94');
	for (const page of [mairie, direction]) await page.goto(address);
	await mairie.getByRole('button', { name: 'Accepter et publier' }).click();
	await expect(mairie.getByRole('status')).toContainText('C’est publié');
	await direction.getByLabel('Un mot à').fill('Non.');
	await direction.getByRole('button', { name: 'Refuser' }).click();
	await expect(direction.getByRole('alert')).toContainText('Quelqu’un a répondu avant vous');
	await expect(direction.getByRole('heading', { name: 'Acceptée' })).toBeVisible();

	const other = await propose(agent, 'mairie-bourg-valclair', '04 65 71 00 95');
	await direction.goto(`${other}/amender`);
	await direction.getByLabel('Téléphone', { exact: true }).fill('04 65 71 00 96');
	await direction.getByRole('button', { name: 'Relire avant de publier' }).click();
	await agent.getByRole('button', { name: 'Retirer ma proposition' }).click();
	await expect(agent.getByRole('status')).toContainText('est retirée');
	await direction.getByRole('button', { name: 'Accepter et publier' }).click();
	await expect(direction.getByRole('alert')).toContainText('Quelqu’un a répondu avant vous');
	await expect(direction.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65 71 00 96');
	for (const page of [agent, mairie, direction]) await page.context().close();
});

test('another mairie neither reads nor decides a proposal that isn’t theirs, nor proposes on its own entry', async ({
	browser
}) => {
	const [agent, haut] = [await desk(browser, people.agent), await desk(browser, people.haut)];
	const address = await propose(agent, 'mairie-bourg-valclair', '04 65 71 00 98');
	const own = await propose(agent, 'creche', '04 65 71 00 97');
	const before = site.query('SELECT * FROM proposal ORDER BY id');
	for (const path of [
		address,
		`${address}/amender`,
		`${own}/amender`,
		'/mairie/propositions/999999',
		'/mairie/propositions/0x1',
		'/mairie/propositions/nouvelle?fiche=mairie-haut-valclair',
		'/mairie/propositions/nouvelle?fiche=brouillon-jamais-publie',
		'/mairie/propositions/nouvelle?fiche=__proto__'
	]) {
		expect((await haut.request.get(path)).status(), path).toBe(404);
		for (const action of ['accepter', 'refuser', 'retirer', 'publier', 'envoyer']) {
			const sent = await haut.request.post(`${path}${path.includes('?') ? '&' : '?'}/${action}`, {
				headers: { origin: site.origin },
				form: { version: '0', nom: 'Volé', telephone: '04 65 71 00 66', mot: 'Non.', champs: 'telephone' }
			});
			expect(sent.status(), `${path} ${action}`).toBe(404);
		}
	}
	// Whoever proposed doesn't decide.
	for (const action of ['accepter', 'refuser'])
		expect(
			(
				await agent.request.post(`${own}?/${action}`, {
					headers: { origin: site.origin },
					form: { version: '0', mot: 'Oui.', champs: 'telephone' }
				})
			).status()
		).toBe(404);
	expect(site.query('SELECT * FROM proposal ORDER BY id')).toEqual(before);
	for (const page of [agent, haut]) await page.context().close();
});

test('every page of proposals is valid, one screen wide, and axe finds nothing there', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const [agent, direction] = [
		await desk(browser, people.agent, true),
		await desk(browser, people.direction, true)
	];
	const sent = await propose(agent, 'ecoute-valclair', '04 65 71 00 41');
	const faults: string[] = [];
	const look = async (page: Page, address: string) => {
		await page.goto(address);
		faults.push(...(await shownFaults(page, address)));
		const html = await (await page.request.get(address, { headers: { accept: 'text/html' } })).text();
		faults.push(...(await markupFaults(address, html)));
		expect(await page.locator('h1').count(), address).toBe(1);
		expect(await page.locator('script').count(), address).toBe(0);
	};
	for (const address of [
		'/mairie/propositions',
		'/mairie/propositions?q=mairie',
		'/mairie/propositions?q=zzzzzz',
		'/mairie/propositions/nouvelle?fiche=ecoute-valclair',
		sent
	])
		await look(agent, address);
	for (const address of [
		'/mairie/propositions',
		sent,
		`${sent}/amender?champs=telephone`,
		'/mairie/propositions/1'
	])
		await look(direction, address);
	expect(faults).toEqual([]);
	for (const page of [agent, direction]) await page.context().close();
});
