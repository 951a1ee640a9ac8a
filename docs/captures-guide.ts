import type { Browser, Page } from '@playwright/test';
import type { Db } from '#lib/server/database/schema.ts';
import { findAccount } from '#lib/server/accounts/accounts.ts';
import { findEditable } from '#lib/server/editing/editable.ts';
import { publish } from '#lib/server/editing/publish.ts';
import { keepReviewLink } from '#lib/server/freshness/links.ts';
import { addPermanence } from '#lib/server/permanences.ts';
import { askMairie, beside, openPerson, type Person, proposeNumber } from '../tests/accounts.ts';
import { startSite } from '../tests/site.ts';

/*
 * The pictures of docs/guide-mairie.md: the fictional territory, where things have happened so that a desk has
 * something to show.
 */
const secret = 'g'.repeat(43);

/** Takes them all; `shoot` keeps the picture of a page under a name. */
export async function captureGuide(
	browser: Browser,
	shoot: (page: Page, name: string) => Promise<void>
): Promise<void> {
	const site = await startSite();
	const mairie = await beside(site, furnish);

	const open = async (address: string, width: number, person?: Person): Promise<Page> => {
		const context = await browser.newContext({
			baseURL: site.origin,
			viewport: { width, height: 760 },
			deviceScaleFactor: width < 500 ? 2 : 1,
			javaScriptEnabled: false,
			locale: 'fr-FR'
		});
		if (person) await context.addCookies([{ name: 'session', value: person.session, url: site.origin }]);
		const page = await context.newPage();
		await page.goto(address);
		return page;
	};
	const take = async (name: string, address: string, width: number, person?: Person) => {
		const page = await open(address, width, person);
		await shoot(page, name);
		await page.context().close();
	};

	try {
		await take('guide-connexion', '/connexion', 360);
		await take('guide-bureau', '/mairie', 1280, mairie);
		await take('guide-commun', '/mairie/fiches/accueil-petite-enfance/commun', 360, mairie);
		await take('guide-permanences', '/mairie/fiches/accueil-petite-enfance/permanences', 360, mairie);
		await take('guide-themes', '/mairie/themes/petite-enfance', 360, mairie);
		await take('guide-agenda', '/mairie/agenda/nouveau', 360, mairie);
		await take('guide-situation', '/mairie/situations/garder-mon-bebe', 360, mairie);
		await take('guide-questions', '/mairie/questions/1', 360, mairie);
		await take('guide-propositions', '/mairie/propositions/1', 360, mairie);
		await take('guide-codes', '/mairie/supports/J5M7C', 360, mairie);
		await take('guide-import', '/mairie/import', 360, mairie);
		await take('guide-verifier', `/verifier/${secret}`, 360);

		const page = await open('/mairie/fiches/mairie-bourg-valclair', 360, mairie);
		await page.getByLabel('Téléphone', { exact: true }).first().fill('04 65 71 00 14');
		await page
			.getByLabel('Horaires d’ouverture')
			.fill('du lundi au vendredi 8h30-12h / 13h30-17h, fermé le mercredi après-midi');
		await page.getByRole('button', { name: 'Relire avant de publier' }).click();
		// What stands beyond the window is not painted in a frame; the clock is set there too.
		await page.setViewportSize({ width: 360, height: 2100 });
		const preview = page.frameLocator('iframe');
		await preview.getByRole('heading', { level: 1 }).waitFor();
		await preview.locator('.essai').evaluateAll((warnings) => {
			for (const warning of warnings) warning.remove();
		});
		await shoot(page, 'guide-relire');
		await page.context().close();
	} finally {
		await site.stop();
	}
}

async function furnish(db: Db) {
	const mairie = await openPerson(db, 'accueil', 'mairie');
	const direction = await openPerson(db, 'direction', 'administration');
	const haut = await openPerson(db, 'haut', 'mairie', { communes: ['haut-valclair'] });

	const edit = async (person: Person, slug: string, facts: Record<string, string>) => {
		const account = await findAccount(db, person.id);
		const entry = account && (await findEditable(db, account, slug));
		if (!account || !entry) throw new Error(`${slug} can't be changed`);
		await publish(db, entry, { ...entry.facts, ...facts }, account);
		return entry;
	};
	const shared = await edit(mairie, 'accueil-petite-enfance', {
		description: 'Au Bourg, on vous reçoit à la mairie, le mardi.'
	});
	await edit(direction, 'accueil-petite-enfance', {
		description: 'Le service commun vous conseille sur tous les modes de garde, et vous aide à choisir.'
	});
	const account = await findAccount(db, mairie.id);
	if (account)
		await addPermanence(
			db,
			shared,
			{
				commune: 'bourg-valclair',
				lieu: 'Mairie, salle du conseil',
				adresse: null,
				horaires_accueil: 'Tu[1,3] 09:00-12:00',
				precisions: null
			},
			account
		);
	await askMairie(db, 'bourg-valclair');
	await proposeNumber(db, haut, 'mairie-bourg-valclair', '04 65 71 00 15');

	// The link that a mail would carry: kept as its hash, it is only known here.
	const entry = account && (await findEditable(db, account, 'mairie-bourg-valclair'));
	if (entry) await keepReviewLink(db, secret, mairie.courriel, [entry.id]);
	return mairie;
}
