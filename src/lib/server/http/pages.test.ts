import { brotliDecompressSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import type { Answer } from './collect.ts';
import { createPages, isPage, type Page, type Pages } from './pages.ts';

const day = 86_400_000;
let now: number;
let pages: Pages;
const version = { current: 1, refresh: () => version.current, stop: () => undefined };

beforeEach(() => {
	now = 1000;
	version.current = 1;
	pages = createPages(version, () => now);
});

function answer(text: string): Answer {
	return {
		status: 200,
		headers: { 'content-type': 'text/html', 'x-fresh-until': String(day) },
		body: Buffer.from(text)
	};
}

async function get(url: string, text: string): Promise<Page> {
	const page = await pages.get(url, () => Promise.resolve(answer(text)));
	if (!isPage(page)) throw new Error('not kept');
	return page;
}

async function textOf(page: Page): Promise<string> {
	return String((await pages.representation(page, 'identity')).body);
}

const long = Array.from(
	{ length: 900 },
	(_, i) => `<li>${(i * 7919).toString(36)} rue ${(i * 104_729).toString(29)}</li>`
).join('');

test('a page that lasted two seconds is compressed harder, under the same tag', async () => {
	const page = await get('/sillingy', long);
	const quick = await pages.representation(page, 'br');
	now += 1999;
	expect(await pages.squeeze()).toBe(false);
	now += 1;
	expect(await pages.squeeze()).toBe(true);
	const small = await pages.representation(page, 'br');
	expect(small.body.length).toBeLessThan(quick.body.length);
	expect(small.etag).toBe(quick.etag);
	expect(brotliDecompressSync(small.body).toString()).toBe(long);
	expect(await pages.squeeze(), 'once is enough').toBe(false);
});

test('nothing is compressed harder while a page is being rendered, or once it is no longer true', async () => {
	const page = await get('/sillingy', long);
	await pages.representation(page, 'br');
	now += 2000;
	let finish = (_answer: Answer): void => undefined;
	const rendering = pages.get('/choisy', () => new Promise<Answer>((resolve) => (finish = resolve)));
	expect(await pages.squeeze()).toBe(false);
	finish(answer('x'));
	await rendering;
	version.current = 2;
	expect(await pages.squeeze()).toBe(false);
});

test('whoever asks after an edit never waits for a page begun before it', async () => {
	let finish = (_answer: Answer): void => undefined;
	const early = pages.get('/sillingy', () => new Promise<Answer>((resolve) => (finish = resolve)));
	version.current = 2;
	const late = await get('/sillingy', 'after');
	finish(answer('before'));
	expect(await textOf((await early) as Page)).toBe('before');
	expect(await textOf(late)).toBe('after');
	expect(pages.find('/sillingy', now), 'the late one stays').toBe(late);
});

test('memory counts every encoding of a page, and gives all of it back when the page is replaced', async () => {
	const page = await get('/sillingy', long);
	const alone = pages.size().bytes;
	const identity = await pages.representation(page, 'identity');
	expect(String(identity.body)).toBe(long);
	const br = await pages.representation(page, 'br');
	const gzip = await pages.representation(page, 'gzip');
	expect(pages.size()).toEqual({ pages: 1, bytes: alone + identity.body.length + gzip.body.length });
	now += 2000;
	await pages.squeeze();
	const { body } = await pages.representation(page, 'br');
	expect(pages.size().bytes).toBe(
		alone - br.body.length + body.length + identity.body.length + gzip.body.length
	);
	version.current = 2;
	await get('/sillingy', long);
	expect(pages.size()).toEqual({ pages: 1, bytes: alone });
});

test('a crowd shares a failure, and the next reader tries again', async () => {
	let fail = (_error: Error): void => undefined;
	const render = () => new Promise<Answer>((_resolve, reject) => (fail = reject));
	const crowd = [1, 2, 3].map(() => pages.get('/sillingy', render));
	fail(new Error('panne'));
	for (const one of await Promise.allSettled(crowd)) expect(one.status).toBe('rejected');
	expect(await textOf(await get('/sillingy', 'ok'))).toBe('ok');
});
