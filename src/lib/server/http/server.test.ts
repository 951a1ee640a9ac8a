import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, askRaw } from '../../../../tests/http-client.ts';
import { listen, stopServer } from './listen.ts';
import { createSiteServer } from './server.ts';

const midnight = Date.parse('2026-11-24T23:00:00Z');
const morning = Date.parse('2026-11-24T09:15:00Z');
const page = '<!doctype html><title>Sillingy</title>' + '<p>Maison de l’enfance</p>'.repeat(200);

/** A site of one handler, whose clock and content version are set by hand. */
class Site {
	now = morning;
	/** What the database says; the server knows it once it has looked. */
	edits = 1;
	renders = 0;
	seen: IncomingMessage[] = [];
	handler: (req: IncomingMessage, res: ServerResponse) => unknown = (_req, res) => {
		res.setHeader('content-type', 'text/html; charset=utf-8');
		res.setHeader('x-content-type-options', 'nosniff');
		res.setHeader('x-fresh-until', String(midnight));
		res.end(`${page}<!-- ${this.renders} -->`);
	};
	readonly version = {
		current: 1,
		refresh: () => (this.version.current = this.edits),
		stop: () => undefined
	};
	readonly server: Server;
	port = 0;

	constructor(pagesLimit?: number) {
		this.server = createSiteServer({
			handler: (req, res) => {
				this.renders += 1;
				this.seen.push(req);
				return this.handler(req, res);
			},
			version: this.version,
			origin: 'https://valclair.example',
			clock: () => this.now,
			...(pagesLimit === undefined ? {} : { pagesLimit })
		});
	}

	async start(): Promise<this> {
		this.port = Number(new URL(await listen(this.server, 0, '127.0.0.1')).port);
		return this;
	}

	get(path: string, headers: Record<string, string> = { 'accept-encoding': 'br' }, method = 'GET') {
		return ask(this.port, path, { headers, method });
	}
}

let site: Site;
beforeEach(async () => {
	site = await new Site().start();
});
afterEach(() => stopServer(site.server));

describe('a page that stays true', () => {
	test('is rendered once, then served as it was', async () => {
		const first = await site.get('/sillingy');
		const second = await site.get('/sillingy');
		expect(site.renders).toBe(1);
		expect(second.text).toBe(first.text);
		expect(second.headers).toEqual({ ...first.headers, date: expect.any(String) as string });
		expect(first.headers).toMatchObject({
			'cache-control': 'public, no-cache',
			'content-encoding': 'br',
			'content-type': 'text/html; charset=utf-8',
			vary: 'Accept-Encoding'
		});
		expect(first.headers['x-fresh-until']).toBeUndefined();
	});

	test('is rendered again at the instant it changes by itself', async () => {
		await site.get('/sillingy');
		site.now = midnight - 1;
		await site.get('/sillingy');
		expect(site.renders).toBe(1);
		site.now = midnight;
		await site.get('/sillingy');
		expect(site.renders).toBe(2);
	});

	test('is rendered again when the clock was set back before it', async () => {
		await site.get('/sillingy');
		site.now = morning - 60_000;
		await site.get('/sillingy');
		expect(site.renders).toBe(2);
	});

	test('is rendered again once an edit is known', async () => {
		await site.get('/sillingy');
		site.edits = 2;
		site.version.refresh();
		expect((await site.get('/sillingy')).text).toContain('<!-- 2 -->');
	});

	test('is rendered again for the very next reader after an edit made by a form', async () => {
		await site.get('/sillingy');
		const { handler } = site;
		site.handler = (_req, res) => {
			site.edits += 1;
			res.writeHead(303, { location: '/mairie' }).end();
		};
		await ask(site.port, '/mairie', {
			method: 'POST',
			headers: { origin: 'https://valclair.example' },
			body: 'telephone=0465710000'
		});
		site.handler = handler;
		expect((await site.get('/sillingy')).text).toContain('<!-- 3 -->');
	});

	test('is not kept when an edit came while it was being rendered', async () => {
		const { handler } = site;
		site.handler = (req, res) => {
			site.edits = 2;
			site.handler = handler;
			return handler(req, res);
		};
		await site.get('/sillingy');
		site.version.refresh();
		await site.get('/sillingy');
		expect(site.renders).toBe(2);
	});

	test('is one page for a plain address and another for each edition', async () => {
		for (const path of ['/sillingy', '/sillingy?edition=1', '/sillingy?edition=2', '/sillingy?edition=1'])
			await site.get(path);
		expect(site.renders).toBe(3);
	});

	test.each([
		'/sillingy?q=1',
		'/sillingy?edition=1&b=2',
		'/sillingy?',
		'/%73illingy',
		'/sillingy?edition=%31'
	])('is rendered each time at %s', async (path) => {
		expect((await site.get(path)).headers['cache-control']).toBe('no-store');
		await site.get(path);
		expect(site.renders).toBe(2);
	});

	test.each([{ cookie: 'session=1' }, { authorization: 'Basic eA==' }])(
		'is never kept from what someone recognised was shown: %o',
		async (headers) => {
			expect((await site.get('/sillingy', headers)).headers['cache-control']).toBe('no-store');
			await site.get('/sillingy');
			expect(site.renders).toBe(2);
		}
	);
});

describe('a crowd', () => {
	test('that asks for one page at once costs one rendering, in every encoding', async () => {
		const { handler } = site;
		let release = () => undefined as unknown;
		site.handler = async (req, res) => {
			await new Promise((resolve) => (release = resolve as () => unknown));
			handler(req, res);
		};
		const crowd = Array.from({ length: 60 }, (_, i) =>
			site.get('/sillingy', { 'accept-encoding': ['br', 'gzip', 'identity'][i % 3] ?? '' })
		);
		await vi.waitFor(async () => {
			const connections = await new Promise<number>((resolve) => {
				site.server.getConnections((_error, count) => {
					resolve(count);
				});
			});
			expect(connections).toBe(60);
			expect(site.renders).toBe(1);
		});
		release();
		const answers = await Promise.all(crowd);
		expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
		expect(site.renders).toBe(1);
	});

	test('does not share a page that belongs to one person', async () => {
		site.handler = (_req, res) => {
			res.end(String(site.renders));
		};
		const answers = await Promise.all(Array.from({ length: 10 }, () => site.get('/connexion')));
		expect(new Set(answers.map((answer) => answer.text)).size).toBe(10);
	});
});

describe('memory', () => {
	test('is bounded: the page used longest ago leaves first', async () => {
		const small = await new Site(20_000).start();
		try {
			for (const path of ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h']) {
				small.now += 1000;
				await small.get(path);
				small.now += 1000;
				await small.get('/a');
			}
			const before = small.renders;
			await small.get('/a');
			await small.get('/h');
			expect(small.renders, 'those just used are still there').toBe(before);
			await small.get('/b');
			expect(small.renders, 'the forgotten one had left').toBe(before + 1);
		} finally {
			await stopServer(small.server);
		}
	});
});

describe('a return visit', () => {
	test.each([
		['the very tag', (tag: string) => tag],
		['a list', (tag: string) => `"autre", ${tag}`],
		['the tag weakened by a proxy', (tag: string) => `W/${tag}`],
		['anything', () => '*']
	])('with %s costs no body', async (_what, tagOf) => {
		const { etag = '', ...headers } = (await site.get('/sillingy')).headers;
		for (const method of ['GET', 'HEAD']) {
			const again = await site.get(
				'/sillingy',
				{ 'accept-encoding': 'br', 'if-none-match': tagOf(etag) },
				method
			);
			expect(again.status).toBe(304);
			expect(again.bytes.length).toBe(0);
			expect(again.headers).toMatchObject({
				etag,
				vary: headers.vary,
				'cache-control': headers['cache-control'],
				'x-content-type-options': 'nosniff'
			});
		}
	});

	test('with another tag, or that of another encoding, receives the page', async () => {
		const gzip = (await site.get('/sillingy', { 'accept-encoding': 'gzip' })).headers.etag ?? '';
		for (const tag of [gzip, '"autre"', 'sillingy'])
			expect((await site.get('/sillingy', { 'accept-encoding': 'br', 'if-none-match': tag })).status).toBe(
				200
			);
	});

	test('never makes the handler answer that nothing changed', async () => {
		site.handler = (req, res) => {
			res.writeHead(req.headers['if-none-match'] === undefined ? 200 : 304, {
				'cache-control': 'public, no-cache'
			});
			res.end('robots');
		};
		const { etag = '' } = (await site.get('/robots.txt')).headers;
		expect((await site.get('/robots.txt', { 'if-none-match': '"a"' })).status).toBe(200);
		expect((await site.get('/robots.txt', { 'if-none-match': etag })).status).toBe(304);
	});
});

describe('each encoding', () => {
	test.each([
		['br', 'br'],
		['gzip', 'gzip'],
		['identity', undefined]
	])('%s carries the same text under its own tag', async (accepted, encoding) => {
		await site.get('/sillingy');
		const answer = await site.get('/sillingy', { 'accept-encoding': accepted });
		expect(answer.headers['content-encoding']).toBe(encoding);
		expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
		expect(answer.headers.etag).toMatch(
			encoding === undefined ? /^"[\w-]{22}"$/ : new RegExp(`-${encoding}"$`)
		);
		expect(answer.text).toContain('<!-- 1 -->');
		expect(site.renders).toBe(1);
	});

	test('is announced by a HEAD as by a GET, without the body', async () => {
		const head = await site.get('/sillingy', { 'accept-encoding': 'br' }, 'HEAD');
		const get = await site.get('/sillingy');
		expect(head.bytes.length).toBe(0);
		expect(head.headers).toEqual({ ...get.headers, date: head.headers.date });
		expect(site.renders).toBe(1);
	});

	test('also serves what is rendered each time', async () => {
		site.handler = (_req, res) => {
			res.writeHead(200, {
				'content-type': 'application/json',
				'cache-control': 'private, no-store',
				vary: 'Cookie'
			});
			res.write('{"resultats":[');
			res.end(`${'1,'.repeat(2000)}1]}`);
		};
		const answer = await site.get('/recherche?q=a', { 'accept-encoding': 'gzip' });
		expect(answer.headers).toMatchObject({
			'content-encoding': 'gzip',
			vary: 'Cookie, Accept-Encoding',
			'cache-control': 'private, no-store'
		});
		expect(answer.headers.etag).toBeUndefined();
		expect(JSON.parse(answer.text)).toHaveProperty('resultats.length', 2001);
	});
});

describe('what must not be kept', () => {
	test.each([
		['a page not found', 404, {}],
		['a redirection', 302, { location: '/sillingy' }],
		['an error', 500, {}],
		['a page that opens a session', 200, { 'set-cookie': ['session=1; HttpOnly', 'b=2'] }]
	])('%s is rendered each time', async (_what, status, headers) => {
		site.handler = (_req, res) => {
			res.writeHead(status, { 'x-fresh-until': String(midnight), ...headers });
			res.end('x');
		};
		const answer = await site.get('/sillingy');
		await site.get('/sillingy');
		expect(site.renders).toBe(2);
		expect(answer.status).toBe(status);
		expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', ...headers });
		expect(answer.headers['x-fresh-until']).toBeUndefined();
	});

	test.each(['hier', '', '0', String(morning), 'NaN'])('nor a page true until « %s »', async (until) => {
		site.handler = (_req, res) => {
			res.writeHead(200, { 'x-fresh-until': until });
			res.end('x');
		};
		expect((await site.get('/sillingy')).headers['x-fresh-until']).toBeUndefined();
		await site.get('/sillingy');
		expect(site.renders).toBe(2);
	});

	test.each([
		[
			'throws',
			() => {
				throw new Error('panne');
			}
		],
		['rejects', () => Promise.reject(new Error('panne'))],
		[
			'breaks off in the middle',
			(_req: IncomingMessage, res: ServerResponse) => {
				res.write('<h1>');
				res.destroy(new Error('panne'));
			}
		]
	] as const)(
		'a page whose rendering %s: an apology, logged once, and a new try for the next reader',
		async (_what, broken) => {
			const { handler } = site;
			site.handler = broken;
			const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
			const answer = await site.get('/sillingy');
			expect(log).toHaveBeenCalledOnce();
			const [, logged = ''] = /^\[([0-9a-f]{8})\] GET \/sillingy$/.exec(String(log.mock.calls[0]?.[0])) ?? [];
			log.mockClear();
			expect(answer.status).toBe(500);
			expect(answer.text).toContain(`dites-nous cette référence : ${logged}.`);
			expect(answer.headers).toMatchObject({
				'x-content-type-options': 'nosniff',
				'strict-transport-security': 'max-age=31536000; includeSubDomains'
			});
			expect(answer.text).toContain('Une erreur s’est produite chez nous');
			expect(answer.text).not.toContain('panne');
			site.handler = handler;
			expect((await site.get('/sillingy')).status).toBe(200);
		}
	);
});

describe('a hostile request', () => {
	test.each([
		['/mairie/%c0%ae', 400],
		['//exemple.fr', 400],
		['/%5c', 400]
	])('for %s is refused without waking the handler', async (path, status) => {
		const answer = await site.get(path);
		expect(answer.status).toBe(status);
		expect(answer.headers['x-content-type-options']).toBe('nosniff');
		expect(answer.text).toContain('<html lang="fr" dir="ltr">');
		expect(site.renders).toBe(0);
	});

	test('with a method nobody serves is told which are', async () => {
		const answer = await site.get('/sillingy', {}, 'PROPFIND');
		expect(answer.status).toBe(405);
		expect(answer.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
	});

	test('sent by a form of another site is refused in French without waking the handler', async () => {
		const answer = await ask(site.port, '/question', {
			method: 'POST',
			headers: { origin: 'https://exemple.fr', 'content-type': 'application/x-www-form-urlencoded' },
			body: 'message=bonjour'
		});
		expect(answer.status).toBe(403);
		expect(answer.text).toContain('Rien n’a été enregistré');
		expect(answer.headers['x-frame-options']).toBe('DENY');
		expect(site.renders).toBe(0);
	});

	test('announcing two megabytes is refused', async () => {
		const answer = await ask(site.port, '/question', { method: 'POST', body: Buffer.alloc(2 * 1024 * 1024) });
		expect(answer.status).toBe(413);
		expect(site.renders).toBe(0);
	});

	test('answered before its form has come whole is still heard to its end', async () => {
		const reached = new Promise<void>((resolve) => {
			site.handler = (_req, res) => {
				res.statusCode = 401;
				res.end('Reconnectez-vous.');
				resolve();
			};
		});
		const socket = connect(site.port, '127.0.0.1');
		const faults: Error[] = [];
		socket.on('error', (error) => faults.push(error));
		const closed = new Promise((resolve) => socket.on('close', resolve));
		let received = '';
		socket.on('data', (chunk) => (received += chunk.toString()));
		const piece = Buffer.alloc(9000, 'a');
		socket.write(
			`POST /question HTTP/1.1\r\nHost: x\r\nOrigin: https://valclair.example\r\nConnection: close\r\nContent-Length: ${100 * piece.length}\r\n\r\n`
		);
		await reached;
		for (let i = 0; i < 100 && !socket.destroyed; i++) {
			await new Promise((resolve) => socket.write(piece, resolve));
			await new Promise(setImmediate);
		}
		await closed;
		expect(faults).toEqual([]);
		expect(received).toMatch(/^HTTP\/1.1 401 .*Reconnectez-vous\.$/s);
	});

	test.each([
		['that is not HTTP', 'bonjour\r\n\r\n', 400],
		['with two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
		[
			'with a length and chunks',
			'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
			400
		],
		['with 20 kB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
		[
			'for a whole other site',
			'GET http://exemple.fr/ HTTP/1.1\r\nHost: exemple.fr\r\nConnection: close\r\n\r\n',
			400
		]
	])('%s is answered, then the connection is closed', async (_what, text, status) => {
		const received = await askRaw(site.port, text, 3000);
		expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
		expect(received).toContain('<html lang="fr" dir="ltr">');
		expect(site.renders).toBe(0);
	});

	test('sent a letter at a time by two thousand clients keeps nobody waiting', async () => {
		const slow = await Promise.all(
			Array.from({ length: 2000 }, () => {
				const socket = connect(site.port, '127.0.0.1');
				socket.on('error', () => undefined);
				return new Promise<typeof socket>((resolve) => {
					socket.on('connect', () => {
						socket.write('GET /sillingy HT');
						resolve(socket);
					});
				});
			})
		);
		expect((await site.get('/sillingy')).status).toBe(200);
		expect((await site.get('/sillingy')).status).toBe(200);
		for (const socket of slow) socket.destroy();
	});
});

test('a server asked to stop finishes the answers under way and takes no other', async () => {
	let release = () => undefined as unknown;
	site.handler = async (_req, res) => {
		await new Promise((resolve) => (release = resolve as () => unknown));
		res.end('fin');
	};
	const answer = site.get('/sillingy');
	await vi.waitFor(() => {
		expect(site.renders).toBe(1);
	});
	const stopped = stopServer(site.server);
	await expect(site.get('/sillingy')).rejects.toThrow(/ECONNREFUSED/);
	release();
	expect((await answer).text).toBe('fin');
	await stopped;
	site = await new Site().start();
});
