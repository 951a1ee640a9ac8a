import { isbot } from 'isbot';
import { normaliseCode } from '#lib/domain/codes.ts';
import type { App } from '../app.ts';
import { findCodePath } from './codes.ts';

/**
 * Where a printed code leads, however it was typed, and one more scan of it when someone scanned it.
 * Undefined when no such code was ever issued.
 */
export async function followCode(app: App, typed: string, request: Request): Promise<string | undefined> {
	const code = normaliseCode(typed);
	const path = code === undefined ? undefined : await findCodePath(app.db, code);
	if (code !== undefined && path !== undefined && isScan(request)) app.scans.count(code);
	return path;
}

/** Tools that a person runs to try a code: isbot takes them for robots, as it does any program with a short name. */
const toolsOfPeople = /^(curl|wget|node|undici)\b|HeadlessChrome\//i;

/** Where browsers say that they fetch a page before anyone asked for it. */
const purposeHeaders = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'];

/**
 * Whether this request is someone scanning or typing a printed code: a GET that is neither a browser's prefetch or
 * preview, nor a robot that says so (search engines, link previews of messengers, monitors).
 */
export function isScan(request: Request): boolean {
	if (request.method !== 'GET') return false;
	if (purposeHeaders.some((name) => /prefetch|prerender|preview/i.test(request.headers.get(name) ?? '')))
		return false;
	const agent = request.headers.get('user-agent') ?? '';
	return toolsOfPeople.test(agent) || !isbot(agent);
}
