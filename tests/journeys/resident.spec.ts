import AxeBuilder from '@axe-core/playwright';
import { brotliDecompressSync } from 'node:zlib';
import { get } from 'node:http';
import type { Page } from '@playwright/test';
import { scriptFaults } from './page-faults.ts';
import { expect, test, type Site } from './server.ts';

/** Asks as a phone would, and gives back the bytes that crossed the network. */
async function fetchRaw(url: string, headers: Record<string, string> = {}) {
	return new Promise<{ status: number; headers: Record<string, unknown>; bytes: number; body: Buffer }>(
		(resolve, reject) => {
			get(
				url,
				{ headers: { 'accept-encoding': 'gzip, br', 'user-agent': phone, ...headers } },
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('end', () => {
						const body = Buffer.concat(chunks);
						const head = response.rawHeaders.reduce((sum, word) => sum + word.length + 2, 20);
						resolve({
							status: response.statusCode ?? 0,
							headers: response.headers,
							bytes: head + body.length,
							body
						});
					});
				}
			).on('error', reject);
		}
	);
}

const phone =
	'Mozilla/5.0 (Linux; Android 10; SM-A105F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36';

function codeOf(site: Site, commune: string, theme: string): string {
	const [row] = site.query<{ code: string }>(
		`SELECT code FROM code_target WHERE kind = 'theme' AND commune = ? AND object = ?`,
		commune,
		theme
	);
	if (!row) throw new Error(`No code for ${theme} in ${commune}`);
	return row.code;
}

const scans = (site: Site, code: string) =>
	site.query<{ count: number }>('SELECT count FROM scan WHERE code = ?', code)[0]?.count ?? 0;

test('someone scans the code of a water bill and reads who to call', async ({ page, site }) => {
	const code = codeOf(site, 'haut-valclair', 'petite-enfance');
	const requests: string[] = [];
	page.on('request', (request) => requests.push(new URL(request.url()).pathname));
	await page.goto(`/Q/${code}`);
	await expect(page).toHaveURL('/haut-valclair/petite-enfance');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Qui peut garder mon bébé ?');
	await expect(page.getByText(/Ouvert\s+jusqu’à 12.h, puis 13.h.30.–..17.h/).first()).toBeVisible();
	await expect(page.getByRole('link', { name: /Appeler.*04.65.71.00.20/ })).toHaveAttribute(
		'href',
		'tel:+33465710020'
	);
	expect(requests.filter((path) => !path.startsWith('/icone'))).toEqual([
		`/Q/${code}`,
		'/haut-valclair/petite-enfance'
	]);
	expect(await page.locator('script').count()).toBe(0);
	expect(await page.context().cookies()).toEqual([]);
});

test('a scanned page weighs less than one TCP window', async ({ site }) => {
	for (const path of [
		'/haut-valclair',
		'/haut-valclair/petite-enfance',
		'/haut-valclair/services/accueil-petite-enfance'
	]) {
		const page = await fetchRaw(site.origin + path);
		expect(page.headers['content-encoding']).toBe('br');
		expect(page.bytes).toBeLessThanOrEqual(14_600);
		expect(scriptFaults(path, brotliDecompressSync(page.body).toString())).toEqual([]);
	}
});

test('a page shown by a network that shares it has a title, words and a picture of its own', async ({
	request,
	site
}) => {
	const shared = async (path: string) => {
		const html = await (await request.get(path)).text();
		const told = [...html.matchAll(/<meta property="og:([a-z:_]+)" content="([^"]*)"/g)];
		return Object.fromEntries(told.map(([, name = '', content = '']) => [name, content]));
	};
	const theme = await shared('/haut-valclair/petite-enfance');
	expect(theme).toMatchObject({
		site_name: 'Valclair',
		title: 'Petite enfance à Haut-Valclair',
		image: `${site.origin}/haut-valclair/petite-enfance.png`,
		'image:alt': 'Petite enfance à Haut-Valclair'
	});
	expect(theme.description?.length).toBeGreaterThan(20);
	const service = await shared('/haut-valclair/services/accueil-petite-enfance');
	expect(service.image).toBe(theme.image);
	expect((await shared('/ar/haut-valclair/petite-enfance')).image).toBe(
		`${site.origin}/ar/haut-valclair/petite-enfance.png`
	);
	expect((await shared('/haut-valclair')).image).toBe(`${site.origin}/haut-valclair/accueil.png`);
	expect((await shared('/')).image).toBe(`${site.origin}/territoire/accueil.png`);
	for (const address of [theme.image ?? '', `${site.origin}/territoire/accueil.png`]) {
		const picture = await request.get(address);
		expect(picture.headers()).toMatchObject({
			'content-type': 'image/png',
			'cross-origin-resource-policy': 'cross-origin'
		});
		// Width and height stand at the head of a PNG (https://www.w3.org/TR/png/#11IHDR).
		const body = await picture.body();
		expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([1200, 630]);
		const again = await request.get(address, { headers: { 'if-none-match': picture.headers().etag ?? '' } });
		expect(again.status()).toBe(304);
	}
	expect((await request.get('/haut-valclair/inconnu.png')).status()).toBe(404);
	// A picture is drawn once, whatever a network adds to its address.
	const tagged = await request.get('/ar/haut-valclair/agenda.png?fbclid=abc', { maxRedirects: 0 });
	expect([tagged.status(), tagged.headers().location]).toEqual([308, '/ar/haut-valclair/agenda.png']);
});

test('a scan is counted once, a prefetch is not', async ({ site }) => {
	const code = codeOf(site, 'bourg-valclair', 'agenda');
	const before = scans(site, code);
	const scanned = await fetchRaw(`${site.origin}/q/${code.toLowerCase()}`);
	expect(scanned.status).toBe(302);
	expect(scanned.headers.location).toBe('/bourg-valclair/agenda');
	expect(scanned.headers['cache-control']).toBe('no-store');
	await fetchRaw(`${site.origin}/q/${code}`, { purpose: 'prefetch' });
	await fetchRaw(`${site.origin}/q/${code}`, {
		'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)'
	});
	await expect.poll(() => scans(site, code)).toBe(before + 1);
});

test('a mistyped code gets help, and can be typed again', async ({ page }, info) => {
	info.annotations.push({ type: 'expects an error page' });
	const response = await page.goto('/q/O0O0O');
	expect(response?.status()).toBe(404);
	await expect(page.getByText('0, 1, I, L, O', { exact: false }).first()).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue('O0O0O');
	await expect(page.getByRole('link', { name: 'Haut-Valclair' })).toBeVisible();
});

test('a commune that doesn’t exist sends on to one’s commune', async ({ page }, info) => {
	info.annotations.push({ type: 'expects an error page' });
	const response = await page.goto('/valclair-sur-mer/petite-enfance');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Cette page n’existe pas, ou n’existe plus'
	);
	await page.getByRole('link', { name: 'Choisir ma commune' }).click();
	await expect(page).toHaveURL('/');
});

test('someone lost in a commune stays there, and can call, choose or search', async ({ page }, info) => {
	info.annotations.push({ type: 'expects an error page' });
	const response = await page.goto('/pont-valclair/services/fiche-qui-n-existe-plus');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Cette page n’existe pas, ou n’existe plus'
	);
	await expect(page.getByRole('banner').getByRole('link', { name: 'Le Pont-Valclair' })).toBeVisible();
	await expect(page.getByRole('link', { name: /04.65.71.00.03/ })).toBeVisible();
	await expect(page.getByRole('main').getByRole('link', { name: 'Petite enfance' })).toHaveAttribute(
		'href',
		'/pont-valclair/petite-enfance'
	);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.getByRole('searchbox').fill('nounou');
	await page.getByRole('searchbox').press('Enter');
	await expect(page).toHaveURL('/pont-valclair/recherche?q=nounou');
});

for (const path of ['theme-qui-n-existe-pas', 'services', 'a/b/c'])
	test(`a page of the commune is not found at ${path}, and its town hall's number is there`, async ({
		request
	}) => {
		const response = await request.get(`/pont-valclair/${path}`);
		expect(response.status()).toBe(404);
		const html = await response.text();
		expect(html).toContain('tel:+33465710003');
		expect(html).toContain('action="/pont-valclair/recherche"');
	});

test('from the first page to a number, with Tab and Enter only', async ({ page }) => {
	await page.goto('/');
	await tabTo(page, 'Haut-Valclair 00100');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/haut-valclair');
	await tabTo(page, /Petite enfance/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/haut-valclair/petite-enfance');
	await tabTo(page, /04.65.71.00.20/);
});

test('a search forgives accents and everyday words', async ({ page }) => {
	await page.goto('/haut-valclair');
	await page.getByRole('searchbox').fill('NOUNOU');
	await page.getByRole('button', { name: 'Chercher' }).click();
	await expect(page.getByRole('status')).toContainText('service');
	await expect(page.getByRole('link', { name: 'Relais petite enfance' })).toBeVisible();
});

test('a misspelt word is searched as it should be written', async ({ page }) => {
	await page.goto('/haut-valclair/recherche?q=creeche');
	await expect(page.getByRole('status')).toContainText('crèche');
	await expect(page.getByRole('link', { name: 'La crèche' })).toBeVisible();
});

test('a search over the whole territory finds the mairies too, at their own address', async ({ page }) => {
	await page.goto('/territoire/recherche?q=mairie%20de%20Bourg-Valclair');
	const found = page.getByRole('link', { name: 'Mairie de Bourg-Valclair', exact: true });
	await expect(found).toHaveAttribute('href', '/bourg-valclair/services/mairie-bourg-valclair');
});

test('a search that finds nothing says what to do, and whom to call', async ({ page }) => {
	await page.goto('/haut-valclair/recherche?q=zzzzzzz');
	await expect(page.getByRole('status')).toContainText('Rien trouvé pour');
	await expect(page.getByRole('link', { name: /04.65.71.00.01/ })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Petite enfance' })).toBeVisible();
});

test('a search that finds nothing gives the number to call before the themes', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 780 });
	await page.goto('/haut-valclair/recherche?q=zzzzzzz');
	const call = await page.getByRole('link', { name: /04.65.71.00.01/ }).boundingBox();
	const theme = await page.getByRole('link', { name: 'Petite enfance' }).boundingBox();
	expect(call?.y).toBeLessThan(theme?.y ?? 0);
});

test('when no entry has all that was asked, the number comes first and the entries are « peut-être »', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 780 });
	await page.goto('/haut-valclair/recherche?q=crèche%20xyzzyx');
	await expect(page.getByRole('status')).toContainText('Nous ne sommes pas sûrs');
	await expect(page.getByRole('heading', { name: 'Peut-être l’un de ces services' })).toBeVisible();
	const call = await page
		.getByRole('complementary')
		.getByRole('link', { name: /^Mairie/ })
		.boundingBox();
	const found = await page.getByRole('link', { name: 'La crèche', exact: true }).boundingBox();
	expect(call?.y).toBeLessThan(found?.y ?? 0);
});

test('whoever names another commune is sent to the same search there', async ({ page }) => {
	await page.goto('/haut-valclair/recherche?q=mairie%20de%20Bourg-Valclair');
	await expect(page.getByRole('link', { name: 'Mairie de Haut-Valclair', exact: true })).toHaveCount(0);
	await page.getByRole('link', { name: 'Chercher à Bourg-Valclair' }).click();
	await expect(page).toHaveURL('/bourg-valclair/recherche?q=mairie%20de%20Bourg-Valclair');
	await expect(page.getByRole('link', { name: 'Mairie de Bourg-Valclair', exact: true })).toBeVisible();
});

test('a mayor’s office in Le Pont-Valclair gives its own number for a shared service', async ({ page }) => {
	await page.goto('/pont-valclair/services/accueil-petite-enfance');
	await expect(page.getByRole('link', { name: /Appeler.*04.65.71.00.23/ })).toBeVisible();
	await expect(page.locator('link[rel=canonical]')).toHaveCount(0);
	await page.goto('/haut-valclair/services/accueil-petite-enfance');
	await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
		'href',
		/\/territoire\/services\/accueil-petite-enfance$/
	);
});

test('a commune’s own entry asked from elsewhere is found at its address', async ({ page }) => {
	await page.goto('/bourg-valclair/services/mairie-haut-valclair');
	await expect(page).toHaveURL('/haut-valclair/services/mairie-haut-valclair');
});

test('an entry goes into a phone’s contacts', async ({ request }) => {
	const response = await request.get('/haut-valclair/services/mairie-haut-valclair.vcf');
	expect(response.headers()['content-type']).toBe('text/vcard; charset=utf-8');
	const card = await response.text();
	expect(card).toContain('FN:Mairie de Haut-Valclair');
	expect(card).toContain('04 65 71 00 01');
	expect(card).not.toMatch(/CANARI/i);
});

test('what is for professionals appears on no page', async ({ request }) => {
	const sitemap = await (await request.get('/sitemap.xml')).text();
	const paths = [...sitemap.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map((match) => match[1] ?? '');
	for (const path of paths)
		expect(await (await request.get(path)).text(), path).not.toMatch(
			/canari|65.?71.?99.?99|brouillon-secret/i
		);
	for (const q of ['canari', '0465719999', 'brouillon'])
		expect(await (await request.get(`/haut-valclair/recherche?q=${q}`)).text()).toContain('Rien trouvé');
});

async function tabTo(page: Page, name: string | RegExp) {
	const wanted = page.getByRole('link', { name }).first();
	for (let i = 0; i < 60; i += 1) {
		await page.keyboard.press('Tab');
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`Tab never reached ${String(name)}`);
}
