import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Answer, collect, type Handler } from './collect.ts';
import { drained } from './drain.ts';
import { preferredEncoding } from './encoding.ts';
import { missingType, securityHeaders } from './headers.ts';
import { createPages, isPage } from './pages.ts';
import { rawRefusal, refusalOf, refusalPage, type RefusalStatus } from './refusal.ts';
import { isHeld, represent, type Representation } from './representation.ts';
import type { ContentVersion } from './version.ts';

export interface SiteOptions {
	/** Answers what the page cache can't: SvelteKit's handler. */
	handler: Handler;
	/** The path where a request for a printed code is sent; undefined when it isn't one, or the code was never issued. */
	follow?: (req: IncomingMessage) => Promise<string | undefined>;
	version: ContentVersion;
	/** The site's public origin: forms sent from any other are refused. */
	origin: string;
	/** The present instant, in epoch milliseconds. */
	clock: () => number;
	/** Most bytes of pages kept in memory. */
	pagesLimit?: number;
}

/** How long a client may take, in milliseconds: to send its headers, its whole request, and between two signs of life. */
const patience = {
	headers: 15_000,
	request: 60_000,
	silence: 60_000,
	keepAlive: 65_000,
	check: 5_000,
	goodbye: 1000
};

/** How often, in milliseconds, to look whether this process is idle, and the share of its time that still counts as idle. */
const idle = { every: 500, busiest: 0.3 };

/** Only plain addresses are kept: the same page asked for in a thousand spellings would push out the others. */
const keptAddress = /^\/[a-z0-9/._-]*(?:\?edition=[A-Za-z0-9-]+)?$/;

/**
 * The site's HTTP server, not yet listening: refuses what can't be a page, serves kept pages,
 * hands the rest to SvelteKit, and compresses every answer.
 */
export function createSiteServer(options: SiteOptions): Server {
	const { handler, follow, version, origin, clock, pagesLimit } = options;
	const pages = createPages(version, clock, pagesLimit);

	const server = createServer({
		headersTimeout: patience.headers,
		requestTimeout: patience.request,
		keepAliveTimeout: patience.keepAlive,
		connectionsCheckingInterval: patience.check,
		maxHeaderSize: 16 * 1024
	});
	server.maxHeadersCount = 100;
	server.setTimeout(patience.silence);

	server.on('request', (req: IncomingMessage, res: ServerResponse) => {
		try {
			// Nearly every request ends here, so nothing is built: two headers are read, and bytes are sent.
			const page =
				req.method === 'GET' || req.method === 'HEAD' ? pages.find(req.url ?? '', clock()) : undefined;
			const ready = page?.[preferredEncoding(rawHeader(req, 'accept-encoding'))];
			if (ready !== undefined) {
				send(req, res, ready);
				return;
			}
		} catch (error) {
			apologise(req, res, error);
			return;
		}
		answer(req, res).catch((error: unknown) => {
			apologise(req, res, error);
		});
	});

	/** A fault of ours: logged once, with a reference the person can quote. */
	function apologise(req: IncomingMessage, res: ServerResponse, error: unknown): void {
		const reference = randomBytes(4).toString('hex');
		console.error(`[${reference}] ${req.method ?? ''} ${req.url ?? ''}`, error);
		sendAnswer(req, res, refusalPage(500, { reference, url: req.url ?? '/' })).catch(() => res.destroy());
	}

	async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
		const refused = refusalOf(req, origin);
		if (refused !== undefined) return sendAnswer(req, res, refusalPage(refused, { url: req.url ?? '/' }));
		const reads = req.method === 'GET' || req.method === 'HEAD';
		const path = reads ? await follow?.(req) : undefined;
		if (path !== undefined) return sendAnswer(req, res, redirection(path));
		if (reads && mayBeKept(req)) {
			const result = await pages.get(req.url ?? '', () => render(req));
			if (isPage(result)) {
				const encoding = preferredEncoding(rawHeader(req, 'accept-encoding'));
				send(req, res, await pages.representation(result, encoding));
				return;
			}
			return sendAnswer(req, res, result);
		}
		const result = await render(req);
		// What this request may have changed is seen by whoever asks next, the one who reads its answer first.
		if (!reads) version.refresh();
		return sendAnswer(req, res, result);
	}

	async function sendAnswer(req: IncomingMessage, res: ServerResponse, given: Answer): Promise<void> {
		const headers = {
			// A file of static/ may be kept, but is asked for again; anything else says so itself.
			'cache-control': given.headers['last-modified'] === undefined ? 'no-store' : 'public, no-cache',
			...securityHeaders(origin),
			...given.headers,
			...(given.headers['content-type'] === '' ? { 'content-type': missingType(req.url ?? '') } : {})
		};
		const encoding = preferredEncoding(rawHeader(req, 'accept-encoding'));
		const representation = await represent({ ...given, headers }, encoding, 'quick');
		await drained(req);
		send(req, res, representation);
	}

	function render(req: IncomingMessage): Promise<Answer> {
		// Whether the client already holds the content is decided here, once the content is known.
		delete req.headers['if-none-match'];
		delete req.headers['if-modified-since'];
		return collect(handler, req);
	}

	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		if (!socket.writable || error.code === 'ECONNRESET') {
			socket.destroy();
			return;
		}
		socket.end(rawRefusal(unreadable[error.code ?? ''] ?? 400, origin));
		socket.setTimeout(patience.goodbye, () => socket.destroy());
	});

	// One page at a time and only between visits: the best compression takes a core for a tenth of a second.
	let seen = performance.eventLoopUtilization();
	let squeezing = false;
	const timer = setInterval(() => {
		const present = performance.eventLoopUtilization();
		const { utilization } = performance.eventLoopUtilization(present, seen);
		seen = present;
		if (squeezing || utilization > idle.busiest) return;
		squeezing = true;
		pages
			.squeeze()
			.catch((error: unknown) => console.error(error))
			.finally(() => (squeezing = false));
	}, idle.every);
	timer.unref();
	server.on('close', () => {
		clearInterval(timer);
	});

	return server;
}

/** What to answer when Node could not read the request, by error code. */
const unreadable: Readonly<Record<string, RefusalStatus>> = {
	ERR_HTTP_REQUEST_TIMEOUT: 408,
	HPE_HEADER_OVERFLOW: 431,
	HPE_CHUNK_EXTENSIONS_OVERFLOW: 413
};

/** A code leads where it leads now: nobody keeps the answer. */
function redirection(location: string): Answer {
	return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}

/** A page rendered for someone recognised (cookie, authorization) is theirs alone. */
function mayBeKept(req: IncomingMessage): boolean {
	return (
		keptAddress.test(req.url ?? '') &&
		req.headers.cookie === undefined &&
		req.headers.authorization === undefined
	);
}

function send(req: IncomingMessage, res: ServerResponse, representation: Representation): void {
	if (representation.etag !== undefined) {
		const held = rawHeader(req, 'if-none-match');
		if (held !== undefined && isHeld(held, representation.etag)) {
			res.writeHead(304, representation.notModified);
			res.end();
			return;
		}
	}
	res.writeHead(representation.status, representation.headers);
	res.end(representation.body);
}

/** A header as it was sent, without making Node parse them all. `name` is in lower case. */
function rawHeader(req: IncomingMessage, name: string): string | undefined {
	const raw = req.rawHeaders;
	for (let i = 0; i < raw.length; i += 2) {
		const sent = raw[i];
		if (sent?.length === name.length && (sent === name || sent.toLowerCase() === name)) return raw[i + 1];
	}
	return undefined;
}
