import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from '@playwright/test';
import { startClockAt } from '#lib/server/clock.ts';
import { beside, openPerson } from '../accounts.ts';
import { openKeeper } from '../freshness.ts';
import { type Site, startSite } from '../site.ts';

// After the mails of the spring that nobody answered: a site of its own.
const autumn = '2027-09-15T10:15:00+02:00';
let site: Site;
test.beforeAll(async () => {
	site = await startSite({ HORLOGE: autumn });
});
test.afterAll(async () => {
	await site.stop();
});

test('the follow-up counts what waits, and gives the number to call where nobody answers', async ({
	browser
}) => {
	const direction = await beside(site, async (db) => {
		startClockAt(Date.parse(autumn));
		await openKeeper(db, 'silence@valclair.example', { nom: 'Josiane', communes: ['haut-valclair'] });
		return openPerson(db, 'direction', 'administration');
	});
	for (const day of ['2027-04-02', '2027-04-23', '2027-05-14'])
		execFileSync(process.execPath, ['src/cli/annuaire.ts', 'relancer', '--date', day], {
			env: { ...process.env, DATA_DIR: site.dataDir, TERRITOIRE: 'valclair', HORLOGE: autumn }
		});
	const context = await browser.newContext({
		baseURL: site.origin,
		javaScriptEnabled: false,
		viewport: { width: 360, height: 740 }
	});
	await context.addCookies([{ name: 'session', value: direction.session, url: site.origin }]);
	const page = await context.newPage();
	await page.goto('/mairie/suivi');

	// Each list says how many it holds, and the sentence above says how many wait in all.
	let waiting = 0;
	for (const name of ['Elles attendent votre réponse', 'Sans réponse', 'Sans personne', 'En retard']) {
		const section = page.getByRole('region', { name });
		if ((await section.count()) === 0) continue;
		const shown = await section.getByRole('listitem').count();
		await expect(section.getByRole('heading', { level: 2 })).toContainText(`(${shown})`);
		waiting += shown;
	}
	expect(waiting).toBeGreaterThan(1);
	await expect(page.getByText(`${waiting} fiches attendent.`)).toBeVisible();
	for (const fold of await page.locator('details').all()) {
		await fold.locator('summary').click();
		await expect(fold.locator('summary')).toContainText(`(${await fold.getByRole('listitem').count()})`);
	}

	const silent = page
		.getByRole('region', { name: 'Sans réponse' })
		.getByRole('listitem')
		.filter({ hasText: 'Mairie de Haut-Valclair' });
	await expect(silent).toContainText('courriels sans réponse');
	const call = silent.getByRole('link', { name: /04.65.71/ });
	await expect(call).toHaveAttribute('href', /^tel:\+334657/);
	await context.close();
});
