import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { beside, openPerson, type Person } from '../accounts.ts';
import { openKeeper } from '../freshness.ts';
import { readMail } from '../mail-server.ts';
import { type Site, startSite, tuesdayMorning } from '../site.ts';
import { markupFaults, shownFaults } from './page-faults.ts';

// One story on one site: each test begins where the one before ended.
test.describe.configure({ mode: 'serial' });

const entry = '/haut-valclair/services/mairie-haut-valclair';
const followUp = '/mairie/fiches/mairie-haut-valclair/suivi';

let site: Site;
let direction: Person;
test.beforeAll(async () => {
	site = await startSite();
	await beside(site, async (db) => {
		direction = await openPerson(db, 'direction', 'administration');
		await openKeeper(db, 'deux@valclair.example', {
			nom: 'Josiane',
			communes: ['haut-valclair', 'bourg-valclair']
		});
	});
});
test.afterAll(async () => {
	await site.stop();
});

/** A telephone without JavaScript, signed in or not. */
async function someone(browser: Browser, person?: Person): Promise<Page> {
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	if (person) await context.addCookies([{ name: 'session', value: person.session, url: site.origin }]);
	return context.newPage();
}

/** Asks whoever must be on a day, from the command line. */
function remind(day: string): void {
	execFileSync(process.execPath, ['src/cli/annuaire.ts', 'relancer', '--date', day], {
		env: { ...process.env, DATA_DIR: site.dataDir, TERRITOIRE: 'valclair', HORLOGE: tuesdayMorning }
	});
}

/** The link of the last of the `count` mails that came to this address. */
async function linkMailedTo(courriel: string, count = 1): Promise<string> {
	const folder = path.join(site.dataDir, 'courriels');
	const mails = () =>
		readdirSync(folder)
			.filter((name) => name.endsWith('.eml'))
			.sort()
			.map((name) => readMail(readFileSync(path.join(folder, name), 'latin1')))
			.filter(({ headers }) => headers.get('to')?.includes(courriel));
	await expect
		.poll(() => {
			try {
				return mails().length;
			} catch {
				return 0;
			}
		})
		.toBe(count);
	const link = /http:\S+\/verifier\/[\w-]{43}/.exec(mails().at(-1)?.parts.get('text/plain') ?? '')?.[0];
	if (link === undefined) throw new Error(`No link for ${courriel}`);
	return link.replace(/^http:\/\/[^/]+/, '');
}

/** All that following a link could have changed. */
const state = () =>
	[
		'verification',
		'revision',
		'service',
		'journal',
		'review_request',
		'review_link',
		'departure',
		'mail'
	].map((table) => site.query(`SELECT * FROM ${table}`));

/** What is wrong with the page at the address shown, for a validator, and for axe, which needs JavaScript itself. */
async function faults(page: Page): Promise<string[]> {
	const context = await page
		.context()
		.browser()
		?.newContext({ viewport: { width: 360, height: 740 } });
	if (!context) throw new Error('no browser');
	await context.addCookies(await page.context().cookies());
	const again = await context.newPage();
	const html = await (await again.goto(page.url()))?.text();
	const found = [...(await markupFaults(page.url(), html ?? '')), ...(await shownFaults(again, page.url()))];
	await context.close();
	return found;
}

let link = '';

test('following the link of a mail, again and again, changes nothing', async ({ browser }) => {
	remind('2027-06-01');
	link = await linkMailedTo('deux@valclair.example');
	await expect.poll(() => site.query('SELECT 1 FROM mail WHERE accepted_at IS NULL')).toEqual([]);
	const before = state();
	const page = await someone(browser);
	for (const address of [link, `${link}/mairie-haut-valclair`, `${link}?fait=exact`, `${link}?/exact`])
		for (const method of ['GET', 'HEAD', 'GET'] as const) {
			const answer = await page.request.fetch(address, { method });
			expect(answer.status(), `${method} ${address}`).toBe(200);
			const headers = answer.headers();
			expect(headers['cache-control']).toBe('no-store');
			expect(headers['referrer-policy']).toBe('same-origin');
			expect(headers['set-cookie']).toBeUndefined();
			if (method === 'GET') {
				const html = await answer.text();
				expect(html).not.toContain('<script');
				expect(html).toContain('noindex');
				// What is for professionals only stays so.
				expect(html).not.toContain('CANARI');
			}
		}
	expect(state()).toEqual(before);
	await page.context().close();
});

test('from the mail, someone without an account says that all is exact: residents read it at once', async ({
	browser
}) => {
	const resident = await someone(browser);
	await resident.goto(entry);
	await expect(resident.getByText('Vérifié le 2 octobre 2026')).toBeVisible();

	const page = await someone(browser);
	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Ces fiches sont-elles toujours exactes\u202f?'
	);
	expect(await faults(page)).toEqual([]);
	await page.getByRole('button', { name: 'Tout est exact\u202f: Mairie de Haut-Valclair' }).click();
	await expect(page.getByRole('status')).toContainText('C’est noté');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Cette fiche est-elle toujours exacte\u202f?'
	);
	expect(await faults(page)).toEqual([]);
	await resident.reload();
	await expect(
		resident.getByText('Vérifié le 24 novembre 2026 par la mairie de Haut-Valclair.')
	).toBeVisible();
	await page.context().close();
	await resident.context().close();
});

test('and corrects a telephone, reads it over, publishes: residents read it', async ({ browser }) => {
	const page = await someone(browser);
	await page.goto(link);
	await page.getByRole('link', { name: 'Corriger\u202f: Mairie de Bourg-Valclair' }).click();
	expect(await faults(page)).toEqual([]);
	await page.getByLabel('Téléphone', { exact: true }).fill('04 65');
	await page.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await expect(page.getByRole('alert')).toContainText('Une chose est à corriger');
	await expect(page.getByLabel('Téléphone', { exact: true })).toHaveValue('04 65');
	await page.getByLabel('Téléphone', { exact: true }).fill('04 65 71 00 66');
	await page.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await expect(page.getByText('Rien n’est encore changé')).toBeVisible();
	await page.getByRole('button', { name: 'Publier, et tout le reste est exact' }).click();
	await expect(page.getByRole('status')).toContainText('C’est publié et vérifié');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Merci, tout est vérifié');

	await page.goto('/bourg-valclair/services/mairie-bourg-valclair');
	await expect(page.getByText(/04.65.71.00.66/).first()).toBeVisible();
	await expect(page.getByText('Vérifié le 24 novembre 2026 par la mairie de Bourg-Valclair.')).toBeVisible();
	await page.context().close();
});

test('the link opens nothing else: not another’s entry, not the desk, not a word more or less', async ({
	browser
}) => {
	const page = await someone(browser);
	for (const address of [
		`${link}/mairie-pont-valclair`,
		`${link}/brouillon-jamais-publie`,
		`${link}/n-existe-pas`,
		link.slice(0, -1),
		`${link}a`,
		`/verifier/${'a'.repeat(43)}`
	]) {
		expect((await page.request.get(address)).status(), address).toBe(404);
		const before = site.query('SELECT * FROM verification');
		for (const action of ['exact', 'publier', 'plusMoi', 'nouveau']) {
			const form = {
				vu: 'mairie-pont-valclair:0',
				version: '0',
				nom: 'Volé',
				fiches: 'mairie-pont-valclair'
			};
			const sent = await page.request.post(`${address}?/${action}`, {
				headers: { origin: site.origin, accept: 'text/html' },
				form,
				maxRedirects: 0
			});
			expect(sent.status(), `${address} ${action}`).toBeLessThan(500);
			expect(sent.status(), `${address} ${action}`).not.toBe(200);
		}
		expect(site.query('SELECT * FROM verification')).toEqual(before);
	}
	expect(site.query(`SELECT nom FROM service WHERE nom = 'Volé'`)).toEqual([]);
	await page.goto(`/verifier/${'a'.repeat(43)}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ce lien ne s’ouvre pas');
	expect(await faults(page)).toEqual([]);
	await page.context().close();
});

test('the administration entrusts an entry to an association, which proposes, then says goodbye', async ({
	browser
}) => {
	const desk = await someone(browser, direction);
	await desk.goto('/mairie/suivi');
	expect(await faults(desk)).toEqual([]);
	await desk.goto(followUp);
	await expect(desk.getByText('À vérifier avant le 24 mai 2027.')).toBeVisible();
	expect(await faults(desk)).toEqual([]);
	await desk.locator('#courriel_1').fill('pas une adresse');
	await desk.getByRole('button', { name: 'Enregistrer ces personnes' }).click();
	await expect(desk.getByRole('alert')).toContainText('2 choses sont à corriger');
	await expect(desk.locator('#courriel_1')).toHaveValue('pas une adresse');
	await desk.locator('#nom_1').fill('L’association du Pré');
	await desk.locator('#courriel_1').fill('Asso@valclair.example');
	await desk.getByRole('button', { name: 'Enregistrer ces personnes' }).click();
	await expect(desk.getByRole('status')).toContainText('C’est changé');
	await desk.getByRole('button', { name: 'Envoyer la demande maintenant' }).click();
	await expect(desk.getByRole('status')).toContainText('La demande part à L’association du Pré');

	const partner = await someone(browser);
	const door = await linkMailedTo('asso@valclair.example');
	await partner.goto(`${door}/mairie-haut-valclair`);
	await partner.getByLabel('Téléphone', { exact: true }).fill('04 65 71 00 55');
	await partner.getByRole('button', { name: 'Relire avant d’envoyer' }).click();
	await partner.getByRole('button', { name: 'Envoyer la correction' }).click();
	await expect(partner.getByRole('status')).toContainText('sera publiée une fois acceptée');
	const resident = await someone(browser);
	await resident.goto(entry);
	await expect(resident.getByText(/04.65.71.00.55/)).toHaveCount(0);

	await partner.getByText('Ce n’est plus moi qui m’en occupe').click();
	await partner.getByLabel('Qui faut-il interroger à votre place').fill('Paul');
	await partner.getByLabel('Son courriel').fill('paul@valclair.example');
	await partner.getByRole('button', { name: 'Ne plus être interrogé' }).click();
	await expect(partner.getByRole('heading', { level: 1 })).toHaveText('Merci de l’avoir dit');
	expect((await partner.request.get(door)).status()).toBe(404);
	await partner.goto(door);
	await expect(partner.getByRole('heading', { level: 1 })).toHaveText('Ce lien ne sert plus');
	await partner.getByRole('button', { name: 'Recevoir un nouveau lien' }).click();
	await expect(partner.getByRole('heading', { level: 1 })).toHaveText('Regardez votre boîte de courriel');
	expect(site.query(`SELECT 1 FROM mail WHERE recipient = 'asso@valclair.example'`)).toHaveLength(1);

	await desk.goto('/mairie/suivi');
	await expect(desk.getByRole('heading', { name: 'L’association du Pré' })).toBeVisible();
	expect(await faults(desk)).toEqual([]);
	await desk.getByRole('button', { name: 'Interroger cette personne' }).click();
	await expect(desk.getByRole('status')).toContainText('C’est changé');
	await desk.goto(followUp);
	await expect(desk.getByText('paul@valclair.example · reçoit la demande')).toBeVisible();
	for (const one of [desk, partner, resident]) await one.context().close();
});

test('the desk verifies without a mail, chooses a rhythm, asks for what nobody ever verified', async ({
	browser
}) => {
	const desk = await someone(browser, direction);
	await desk.goto('/mairie/fiches/accueil-valclair/suivi');
	await expect(desk.getByText('Jamais vérifiée')).toBeVisible();
	await desk.getByRole('button', { name: 'Tout est exact aujourd’hui' }).click();
	await expect(desk.getByRole('status')).toContainText('C’est noté');
	await desk.getByLabel('Rythme').selectOption('Chaque 1er septembre, à la rentrée');
	await desk.getByRole('button', { name: 'Enregistrer le rythme' }).click();
	await expect(desk.getByText('À vérifier avant le 1er septembre 2027.')).toBeVisible();
	await desk.goto('/mairie/suivi?commune=territoire');
	await desk
		.getByRole('button', { name: /^Faire vérifier maintenant les \d fiches jamais vérifiées/ })
		.click();
	await expect(desk.getByRole('status')).toContainText('direction\u202f: ');
	expect(await faults(desk)).toEqual([]);
	await desk.context().close();
});

test('for who never answers mail, a sheet on paper: no entry is cut over two pages', async ({ browser }) => {
	const desk = await someone(browser, direction);
	await desk.goto('/mairie/suivi/fiche-papier');
	expect(await faults(desk)).toEqual([]);
	await expect(desk.getByRole('heading', { name: 'Mairie du Pont-Valclair' })).toBeVisible();
	await expect(desk.getByText('CANARI')).toHaveCount(0);
	await desk.emulateMedia({ media: 'print' });
	await expect(desk.getByRole('navigation')).toHaveCount(0);
	for (const sheet of await desk.locator('article').all())
		expect(await sheet.evaluate((one) => getComputedStyle(one).breakInside)).toBe('avoid');
	expect((await desk.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(1000);

	// Another of the same name is handed another page, and their addresses tell them apart.
	await beside(site, (db) =>
		openKeeper(db, 'trois@valclair.example', { nom: 'Josiane', communes: ['pont-valclair'] })
	);
	await desk.goto('/mairie/suivi/fiche-papier');
	const sheetsOf = (courriel: string) => desk.locator('section').filter({ hasText: courriel });
	for (const courriel of ['deux@valclair.example', 'trois@valclair.example'])
		await expect(sheetsOf(courriel).getByRole('heading', { level: 2 })).toHaveText('Josiane');
	await expect(sheetsOf('trois@').getByRole('heading', { level: 3 })).toHaveText('Mairie du Pont-Valclair');
	await expect(sheetsOf('deux@').getByRole('heading', { name: 'Mairie du Pont-Valclair' })).toHaveCount(0);
	expect(await sheetsOf('trois@').evaluate((one) => getComputedStyle(one).breakBefore)).toBe('page');
	await desk.context().close();
});

test('a mairie follows its own entries and no other', async ({ browser }) => {
	const bourg = await beside(site, (db) => openPerson(db, 'bourg', 'mairie'));
	const desk = await someone(browser, bourg);
	await desk.goto('/mairie/suivi');
	await expect(desk.getByRole('main')).toContainText('Mairie de Bourg-Valclair');
	await expect(desk.getByRole('main')).not.toContainText('Haut-Valclair');
	const before = site.query('SELECT * FROM maintainer');
	for (const slug of ['mairie-haut-valclair', 'accueil-valclair', 'n-existe-pas']) {
		const address = `/mairie/fiches/${slug}/suivi`;
		expect((await desk.request.get(address)).status(), address).toBe(404);
		for (const action of ['exact', 'demander', 'rythme', 'personnes'])
			expect(
				(
					await desk.request.post(`${address}?/${action}`, {
						headers: { origin: site.origin },
						form: { version: '0', nom_1: 'Moi', courriel_1: 'moi@valclair.example', rythme: '12-mois' }
					})
				).status(),
				`${address} ${action}`
			).toBe(404);
	}
	const paper = await desk.request.get('/mairie/suivi/fiche-papier?commune=haut-valclair');
	expect(await paper.text()).not.toContain('Mairie de Haut-Valclair');
	expect(site.query('SELECT * FROM maintainer')).toEqual(before);
	await desk.context().close();
});
