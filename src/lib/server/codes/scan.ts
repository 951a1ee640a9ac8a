import type { IncomingMessage } from 'node:http';
import { isbot } from 'isbot';
import { normaliseCode } from '#lib/domain/codes.ts';
import type { App } from '../app.ts';
import { findCodePath } from './codes.ts';

/** What is read of a request to know whether someone scanned a code. */
export type ScanRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * The path where a request for a printed code is sent, `/q/CODE` in any case and however it was typed, and one more
 * scan of that code when someone scanned it. Undefined for any other address, and for a code that was never issued.
 */
export async function followScan(app: App, request: ScanRequest): Promise<string | undefined> {
	const code = codeInAddress(request.url ?? '');
	const path = code === undefined ? undefined : await findCodePath(app.db, code);
	if (code !== undefined && path !== undefined && isScan(request)) app.scans.count(code);
	return path;
}

/** The code in an address, as `normaliseCode` returns it; undefined for any other address. */
export function codeInAddress(url: string): string | undefined {
	const typed = /^\/q\/([^/?]+)\/?(?:\?|$)/i.exec(url)?.[1];
	if (typed === undefined) return undefined;
	try {
		return normaliseCode(decodeURIComponent(typed));
	} catch {
		return undefined;
	}
}

/** Tools that a person runs to try a code: isbot takes them for robots, as it does any program with a short name. */
const toolsOfPeople = /^(curl|wget|node|undici)\b|HeadlessChrome\//i;

/** Where browsers say that they fetch a page before anyone asked for it. */
const purposeHeaders = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'];

/**
 * Whether this request is someone scanning or typing a printed code: a GET that is neither a browser's prefetch or
 * preview, nor a robot that says so (search engines, link previews of messengers, monitors).
 */
export function isScan({ method, headers }: Omit<ScanRequest, 'url'>): boolean {
	if (method !== 'GET') return false;
	if (purposeHeaders.some((name) => /prefetch|prerender|preview/i.test(String(headers[name] ?? ''))))
		return false;
	const agent = headers['user-agent'] ?? '';
	return toolsOfPeople.test(agent) || !isbot(agent);
}
