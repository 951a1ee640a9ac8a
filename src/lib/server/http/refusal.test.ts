import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { rawRefusal, refusalOf, refusalPage } from './refusal.ts';

const site = 'https://valclair.example';

function request(method: string, url: string, headers: Record<string, string> = {}): IncomingMessage {
	return Object.assign(new IncomingMessage(new Socket()), { method, url, headers });
}

test.each([
	'/',
	'/sillingy',
	'/sillingy/petite-enfance?edition=3',
	'/sillingy/recherche?q=%C3%A9cole',
	'/%C3%A9cole',
	'/q/ab%20cde',
	'/a?retour=//b',
	'/a?q=%c0%ae'
])('%s is a plain address', (url) => {
	expect(refusalOf(request('GET', url), site)).toBeUndefined();
});

test.each([
	['a path that does not decode', '/mairie/%c0%ae'],
	['half an escape', '/mairie/%'],
	['a zero byte', '/sillingy%00.html'],
	['a line break', '/sillingy%0d%0aSet-Cookie:x'],
	['a backslash', '/\\exemple.fr'],
	['an encoded backslash', '/%5Cexemple.fr'],
	['another site', '//exemple.fr/'],
	['a whole address', 'http://exemple.fr/'],
	['a fragment', '/sillingy#titre'],
	['a star', '*'],
	['nothing', '']
])('%s is refused before anything reads it', (_what, url) => {
	expect(refusalOf(request('GET', url), site)).toBe(400);
});

test.each(['TRACE', 'PROPFIND', 'PUT', 'DELETE', 'PATCH', 'QUERY', 'get'])(
	'the method %s is refused',
	(method) => {
		expect(refusalOf(request(method, '/'), site)).toBe(405);
	}
);

test('a body of one megabyte passes, one more byte does not', () => {
	expect(
		refusalOf(request('POST', '/', { origin: site, 'content-length': '1048576' }), site)
	).toBeUndefined();
	expect(refusalOf(request('POST', '/', { origin: site, 'content-length': '1048577' }), site)).toBe(413);
});

test.each([400, 403, 404, 405, 408, 413, 431, 500] as const)(
	'the page of a %i says what to do, in French, and leads home',
	(status) => {
		const { headers, body } = refusalPage(status);
		expect(String(body)).toMatch(
			/^<!doctype html><html lang="fr" dir="ltr">.*<h1>.+<\/h1><p>.+<\/p><p><a href="\/">/
		);
		expect(headers).toMatchObject({ 'cache-control': 'no-store' });
		expect(headers['content-security-policy']).not.toContain('unsafe');
		expect(String(rawRefusal(status, site))).toMatch(
			new RegExp(
				`^HTTP/1.1 ${status} .*\r\nx-content-type-options: nosniff\r\n.*\r\nconnection: close\r\n\r\n<!doctype html>`,
				's'
			)
		);
	}
);

test('it is said in the language of the address, and leads to its home', () => {
	const { body } = refusalPage(400, { url: '/ar/sillingy/%' });
	expect(String(body)).toMatch(/^<!doctype html><html lang="ar" dir="rtl">.*<h1>[^<]*\p{Script=Arabic}/u);
	expect(String(body)).toContain('<a href="/ar">');
	expect(String(refusalPage(404, { url: '/facile?q=a' }).body)).toContain('<html lang="fr" dir="ltr">');
	expect(String(refusalPage(404, { url: '/tr' }).body)).toContain('<html lang="tr"');
	expect(String(refusalPage(404, { url: '*' }).body)).toContain('<html lang="fr"');
});

test.each([
	['of this site', { origin: site }],
	['of this site, from a browser that says so twice', { origin: site, 'sec-fetch-site': 'same-origin' }],
	['of this site, opened again by the browser', { origin: site, 'sec-fetch-site': 'none' }]
])('a form %s is received', (_what, headers) => {
	expect(refusalOf(request('POST', '/question', headers), site)).toBeUndefined();
});

test.each([
	['of another site', { origin: 'https://exemple.fr', 'sec-fetch-site': 'cross-site' }],
	['of another site, from an old browser', { origin: 'https://exemple.fr' }],
	[
		'of a neighbour of this site',
		{ origin: 'https://autre.valclair.example', 'sec-fetch-site': 'same-site' }
	],
	['of this site, but not in https', { origin: 'http://valclair.example' }],
	['of this site, but on another port', { origin: 'https://valclair.example:8443' }],
	['of nowhere', { origin: 'null' }],
	['that contradicts itself', { origin: site, 'sec-fetch-site': 'cross-site' }],
	['that says nothing of where it comes from', {}],
	['that says only half', { 'sec-fetch-site': 'same-origin' }]
])('a form %s is refused, whatever it holds', (_what, headers) => {
	for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json'])
		expect(refusalOf(request('POST', '/question', { ...headers, 'content-type': type }), site)).toBe(403);
});
