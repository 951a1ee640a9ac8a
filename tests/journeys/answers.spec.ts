import { ask, askRaw, type Received, type Sent } from '../http-client.ts';
import { expect, type Site, startSite, test } from './server.ts';

/** Asks the site for a path exactly as written, from no browser. */
function askSite(site: Site, path: string, sent?: Sent): Promise<Received> {
	return ask(Number(new URL(site.origin).port), path, sent);
}

const security = {
	'content-security-policy': expect.stringMatching(
		/^default-src 'none';(?!.*unsafe).*frame-ancestors 'none'/
	),
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()'
};

/** One answer of each kind, by what it is. */
const kinds: readonly [string, number, string, Sent?][] = [
	['a page', 200, '/haut-valclair'],
	['the same page, kept', 200, '/haut-valclair'],
	['a search', 200, '/haut-valclair/recherche?q=nounou'],
	['a contact card', 200, '/haut-valclair/services/mairie-haut-valclair.vcf'],
	['a file', 200, '/icone.svg'],
	['the icon', 200, '/favicon.ico'],
	['the sitemap', 200, '/sitemap.xml'],
	['robots.txt', 200, '/robots.txt'],
	['a sign of life', 200, '/healthz'],
	['a sign of readiness', 200, '/readyz'],
	['a typed code', 303, '/q?code=abc'],
	['an entry that is elsewhere', 301, '/bourg-valclair/services/mairie-haut-valclair'],
	['an address with a last stroke', 308, '/haut-valclair/'],
	['an address in capitals', 308, '/HAUT-VALCLAIR'],
	['a page that does not exist', 404, '/haut-valclair/nulle-part'],
	['a commune that does not exist', 404, '/nulle-part'],
	['a code that does not exist', 404, '/q/AB2CD'],
	['a file that does not exist', 404, '/wp-login.php'],
	['a script that does not exist', 404, '/_app/immutable/x.js'],
	['the data of a page', 404, '/haut-valclair/__data.json'],
	['an address that does not decode', 400, '/%c0%ae'],
	['a form of another site', 403, '/', { method: 'POST', headers: { origin: 'https://exemple.fr' } }],
	['a method nobody serves', 405, '/', { method: 'DELETE' }],
	['something too heavy', 413, '/', { method: 'POST', headers: { 'content-length': 2_000_000 } }]
];

test('every answer of every kind carries the same protections', async ({ site }) => {
	for (const [kind, status, path, sent] of kinds) {
		const answer = await askSite(site, path, sent);
		expect(answer.status, kind).toBe(status);
		expect(answer.headers, kind).toMatchObject(security);
		expect(answer.headers['strict-transport-security'], kind).toBeUndefined();
	}
	const code = site.query<{ code: string }>('SELECT code FROM code')[0]?.code ?? '';
	for (const path of [`/q/${code}`, `/Q/${code}`]) {
		const scanned = await askSite(site, path);
		expect(scanned.status).toBe(302);
		expect(scanned.headers).toMatchObject({ ...security, 'cache-control': 'no-store' });
	}
	const { etag = '' } = (await askSite(site, '/haut-valclair')).headers;
	const again = await askSite(site, '/haut-valclair', { headers: { 'if-none-match': etag } });
	expect(again.status).toBe(304);
	expect(again.headers).toMatchObject(security);
	const unreadable = await askRaw(Number(new URL(site.origin).port), 'bonjour\r\n\r\n');
	for (const name of Object.keys(security)) expect(unreadable).toContain(`\r\n${name}: `);
});

test('a site in https says so for a year, in every answer', async () => {
	const site = await startSite({ ORIGIN: 'https://valclair.example', HORLOGE: '' });
	try {
		for (const [kind, status, path, sent] of kinds) {
			const answer = await askSite(site, path, sent);
			expect(answer.status, kind).toBe(status);
			expect(answer.headers, kind).toMatchObject({
				...security,
				'strict-transport-security': 'max-age=31536000; includeSubDomains'
			});
		}
	} finally {
		await site.stop();
	}
});

test('a form sent to a page that only reads is refused in French, with what may be asked', async ({
	site
}) => {
	const own = { origin: site.origin };
	const posted = await askSite(site, '/haut-valclair', { method: 'POST', headers: own });
	const deleted = await askSite(site, '/haut-valclair', { method: 'DELETE' });
	for (const answer of [posted, deleted]) {
		expect(answer.status).toBe(405);
		expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(answer.text).toContain('<h1>Cette demande n’est pas possible</h1>');
	}
	expect(posted.headers.allow).toBe('GET, HEAD');
	expect(posted.text).toBe(deleted.text);
});

test('an address typed in capitals leads to its page, with what was asked', async ({ site }) => {
	for (const [typed, meant] of [
		['/HAUT-VALCLAIR', '/haut-valclair'],
		['/Haut-Valclair/Petite-Enfance', '/haut-valclair/petite-enfance'],
		['/haut-valclair/PETITE-ENFANCE?page=2', '/haut-valclair/petite-enfance?page=2'],
		['/haut-valclair/Recherche?q=École', '/haut-valclair/recherche?q=École'],
		['/Territoire', '/territoire'],
		['/Mentions-Legales', '/mentions-legales']
	]) {
		const answer = await askSite(site, encodeURI(typed ?? ''));
		expect([answer.status, answer.headers.location]).toEqual([308, encodeURI(meant ?? '')]);
	}
	for (const path of ['/NULLE-PART', '/Q/AB2CD', '/%C3%89COLE'])
		expect((await askSite(site, path)).status, path).toBe(404);
});

test('what robots ask for by the thousand costs little', async ({ site }) => {
	for (const path of [
		'/wp-login.php',
		'/haut-valclair/photo.jpg',
		'/haut-valclair/__data.json',
		'/x/y/z.env'
	]) {
		const answer = await askSite(site, path);
		expect(answer.status, path).toBe(404);
		expect(answer.bytes.length, path).toBeLessThan(1500);
		expect(answer.text).toContain('Cette page n’existe pas');
	}
	const icon = await askSite(site, '/favicon.ico');
	expect(icon.headers['content-type']).toMatch(/icon/);
	expect(icon.bytes.length).toBeLessThan(3000);
});
