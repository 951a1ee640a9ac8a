import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { rawRefusal, refusalOf, refusalPage } from './refusal.ts';

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
	expect(refusalOf(request('GET', url))).toBeUndefined();
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
	expect(refusalOf(request('GET', url))).toBe(400);
});

test.each(['TRACE', 'PROPFIND', 'PUT', 'DELETE', 'PATCH', 'QUERY', 'get'])(
	'the method %s is refused',
	(method) => {
		expect(refusalOf(request(method, '/'))).toBe(405);
	}
);

test('a body of one megabyte passes, one more byte does not', () => {
	expect(refusalOf(request('POST', '/', { 'content-length': '1048576' }))).toBeUndefined();
	expect(refusalOf(request('POST', '/', { 'content-length': '1048577' }))).toBe(413);
});

test.each([400, 405, 408, 413, 431, 500] as const)(
	'the page of a %i says what to do, in French, and leads home',
	(status) => {
		const { headers, body } = refusalPage(status);
		expect(String(body)).toMatch(/^<!doctype html><html lang="fr">.*<h1>.+<\/h1><p>.+<\/p><p><a href="\/">/);
		expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
		expect(headers['content-security-policy']).not.toContain('unsafe');
		expect(String(rawRefusal(status))).toMatch(
			new RegExp(`^HTTP/1.1 ${status} .*\r\nconnection: close\r\n\r\n<!doctype html>`, 's')
		);
	}
);
