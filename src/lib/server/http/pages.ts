import type { OutgoingHttpHeaders } from 'node:http';
import { type Answer, freshUntilHeader } from './collect.ts';
import { decompress, type Effort, type Encoding } from './encoding.ts';
import { represent, type Representation } from './representation.ts';
import type { ContentVersion } from './version.ts';

/** A rendered page, kept as long as it is true. */
export interface Page {
	readonly url: string;
	readonly headers: OutgoingHttpHeaders;
	/** Content version read before it was rendered. */
	readonly version: number;
	/** It is true from this instant (a clock set back makes it doubtful) until that one, in epoch milliseconds. */
	readonly from: number;
	readonly until: number;
	/** Last time it was asked for, in epoch milliseconds. */
	usedAt: number;
	/** Kept compressed; the other forms are made from this one, on first demand. */
	br: Representation;
	gzip: Representation | undefined;
	identity: Representation | undefined;
	/** Compressions under way, so that a crowd waits for one. */
	readonly making: Partial<Record<Encoding, Promise<Representation>>>;
	/** Whether brotli has done its best. */
	squeezed: boolean;
	/** Bytes it takes in memory. */
	size: number;
}

/** The pages rendered and still true, by address. */
export interface Pages {
	/** The page kept at this address, when it is true at this instant (epoch milliseconds). */
	find(url: string, at: number): Page | undefined;
	/**
	 * The page at this address, rendered for one caller while the others wait; the answer as it came when it
	 * must not be kept. Rejects when `render` does.
	 */
	get(url: string, render: () => Promise<Answer>): Promise<Page | Answer>;
	/** A page as it travels in this encoding, compressed on first demand. */
	representation(page: Page, encoding: Encoding): Promise<Representation>;
	/** Makes one page as small as brotli can, unless something is being rendered. Says whether there was one. */
	squeeze(): Promise<boolean>;
	/** What is kept now. */
	size(): { pages: number; bytes: number };
}

/** Bytes a page takes beside its bodies: headers, address, bookkeeping. */
const overhead = 4096;

/** A page that lasted this long, in milliseconds, is worth compressing again. */
const settledAfter = 2000;

/**
 * Keeps rendered pages until an edit, until what they show changes by itself, or until room is needed.
 * @param limit bytes beyond which the least recently used pages leave
 */
export function createPages(version: ContentVersion, clock: () => number, limit = 64 * 1024 * 1024): Pages {
	const kept = new Map<string, Page>();
	const rendering = new Map<string, { version: number; result: Promise<Page | Answer> }>();
	let bytes = 0;

	function isTrue(page: Page, at: number): boolean {
		return page.version === version.current && at < page.until && at >= page.from;
	}

	function find(url: string, at: number): Page | undefined {
		const page = kept.get(url);
		if (page === undefined || !isTrue(page, at)) return undefined;
		page.usedAt = at;
		return page;
	}

	async function get(url: string, render: () => Promise<Answer>): Promise<Page | Answer> {
		const before = version.refresh();
		const page = find(url, clock());
		if (page !== undefined) return page;
		const underWay = rendering.get(url);
		if (underWay?.version === before) {
			const result = await underWay.result;
			// What must not be kept must not be shared either.
			return isPage(result) ? result : render();
		}
		const mine = { version: before, result: renderPage(url, before, render) };
		rendering.set(url, mine);
		try {
			return await mine.result;
		} finally {
			if (rendering.get(url) === mine) rendering.delete(url);
		}
	}

	async function renderPage(
		url: string,
		before: number,
		render: () => Promise<Answer>
	): Promise<Page | Answer> {
		const from = clock();
		const answer = await render();
		const until = Number(answer.headers[freshUntilHeader] ?? 0);
		if (answer.status !== 200 || answer.body.length === 0 || answer.headers['set-cookie'] !== undefined)
			return answer;
		if (!(until > clock())) return answer;
		const headers = { ...answer.headers, 'cache-control': 'public, no-cache' };
		const br = await represent({ ...answer, headers }, 'br', 'quick');
		const page: Page = {
			url,
			headers,
			version: before,
			from,
			until,
			usedAt: from,
			br,
			gzip: undefined,
			identity: undefined,
			making: {},
			squeezed: br.encoding === 'identity',
			size: br.body.length + overhead
		};
		// An edit made meanwhile: whoever asked before it may read this, nobody else.
		if (isTrue(page, from)) keep(page);
		return page;
	}

	function keep(page: Page) {
		const former = kept.get(page.url);
		if (former !== undefined) drop(former);
		kept.set(page.url, page);
		bytes += page.size;
		makeRoom();
	}

	function drop(page: Page) {
		kept.delete(page.url);
		bytes -= page.size;
	}

	function makeRoom() {
		if (bytes <= limit) return;
		const leastUsedFirst = [...kept.values()].sort((a, b) => a.usedAt - b.usedAt);
		for (const page of leastUsedFirst) {
			drop(page);
			if (bytes <= limit * 0.9) return;
		}
	}

	function hold(page: Page, encoding: Encoding, made: Representation) {
		const change = made.body.length - (page[encoding]?.body.length ?? 0);
		page[encoding] = made;
		page.size += change;
		if (kept.get(page.url) !== page) return;
		bytes += change;
		makeRoom();
	}

	async function representation(page: Page, encoding: Encoding): Promise<Representation> {
		const ready = page[encoding];
		if (ready !== undefined) return ready;
		const making = (page.making[encoding] ??= represented(page, encoding, 'quick'));
		const made = await making;
		if (page[encoding] === undefined) hold(page, encoding, made);
		return page[encoding] ?? made;
	}

	async function squeeze(): Promise<boolean> {
		if (rendering.size > 0) return false;
		const at = clock();
		for (const page of kept.values()) {
			if (page.squeezed || !isTrue(page, at) || at < page.from + settledAfter) continue;
			page.squeezed = true;
			hold(page, 'br', await represented(page, 'br', 'small'));
			return true;
		}
		return false;
	}

	return { find, get, representation, squeeze, size: () => ({ pages: kept.size, bytes }) };
}

async function represented(
	{ headers, br }: Page,
	encoding: Encoding,
	effort: Effort
): Promise<Representation> {
	return represent(
		{ status: br.status, headers, body: await decompress(br.body, br.encoding) },
		encoding,
		effort
	);
}

/** Whether it is a page that may be kept, rather than an answer for one person. */
export function isPage(result: Page | Answer): result is Page {
	return 'br' in result;
}
