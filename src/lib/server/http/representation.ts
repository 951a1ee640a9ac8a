import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { type Answer, freshUntilHeader } from './collect.ts';
import { compress, type Effort, type Encoding, isCompressible } from './encoding.ts';

/** An answer as it travels in one encoding. Headers are flat (name, value, name, value…): Node sends them untouched. */
export interface Representation {
	status: number;
	/** Encoding of the body: `identity` where compressing gains nothing. */
	encoding: Encoding;
	headers: string[];
	body: Buffer;
	/** Strong tag of the content in this encoding; undefined when nobody may keep it. */
	etag: string | undefined;
	/** The headers of a 304 for it. */
	notModified: string[];
}

/** The answer in that encoding, or as it is when compressing gains nothing. */
export async function represent(answer: Answer, encoding: Encoding, effort: Effort): Promise<Representation> {
	const worthIt =
		answer.headers['content-encoding'] === undefined &&
		answer.status !== 206 &&
		isCompressible(answer.headers['content-type'] ?? '', answer.body.length);
	if (!worthIt) return describe(answer, answer.body, 'identity', false);
	const body = await compress(answer.body, encoding, effort);
	return body.length < answer.body.length
		? describe(answer, body, encoding, true)
		: describe(answer, answer.body, 'identity', true);
}

function describe(answer: Answer, body: Buffer, encoding: Encoding, varies: boolean): Representation {
	const own = omit(answer.headers, [
		'content-length',
		'transfer-encoding',
		'etag',
		freshUntilHeader,
		'x-sveltekit-page'
	]);
	const mayBeKept = answer.status === 200 && !/no-store/i.test(own['cache-control'] ?? 'no-store');
	const etag = mayBeKept ? tagOf(answer.body, encoding) : undefined;
	const headers: OutgoingHttpHeaders = {
		...own,
		...(etag === undefined ? {} : { etag }),
		...(varies ? { vary: withAcceptEncoding(own.vary) } : {})
	};
	return {
		status: answer.status,
		encoding,
		headers: flat({
			...headers,
			...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
			...(hasBody(answer.status) ? { 'content-length': body.length } : {})
		}),
		body,
		etag,
		notModified: flat(omit(headers, ['content-type', 'last-modified']))
	};
}

/** Whether a client that sent this If-None-Match already holds the content so tagged (RFC 9110 §13.1.2). */
export function isHeld(ifNoneMatch: string, etag: string): boolean {
	if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
	return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function tagOf(body: Buffer, encoding: Encoding): string {
	const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
	return encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`;
}

function withAcceptEncoding(vary: OutgoingHttpHeaders[string]): string {
	if (vary === undefined) return 'Accept-Encoding';
	return /accept-encoding|\*/i.test(String(vary)) ? String(vary) : `${String(vary)}, Accept-Encoding`;
}

function hasBody(status: number): boolean {
	return status >= 200 && status !== 204 && status !== 304;
}

function omit(headers: OutgoingHttpHeaders, names: string[]): OutgoingHttpHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function flat(headers: OutgoingHttpHeaders): string[] {
	return Object.entries(headers).flatMap(([name, value]) =>
		value === undefined ? [] : [value].flat().flatMap((one) => [name, String(one)])
	);
}
