import path from 'node:path';

/*
 * The headers of every answer, whoever makes it: a page, a refusal, a file of static/, a redirection, a 304.
 * The server gives them to what lacks them; Kit's answers receive them in hooks.server.ts.
 */

const always = {
	/** A page of ours brings its own policy, which knows its style. */
	'content-security-policy':
		"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()'
} as const;

/** Once seen in https, the site is never asked for in http again: for a year, its subdomains too. */
const httpsOnly = { ...always, 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const;

/** What every answer of the site at this origin carries, names in lower case. */
export function securityHeaders(origin: string): Readonly<Record<string, string>> {
	return origin.startsWith('https:') ? httpsOnly : always;
}

/**
 * Lets the pages of the site, and no other, show this answer in a frame (`framed`), or frame one of the site's (`framing`):
 * every other page refuses both.
 */
export function allowFrame(headers: Headers, role: 'framed' | 'framing'): void {
	const policy = headers.get('content-security-policy') ?? '';
	if (role === 'framing') {
		headers.set('content-security-policy', `${policy}; frame-src 'self'`);
		return;
	}
	headers.set('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
	headers.set('x-frame-options', 'SAMEORIGIN');
}

/** What SvelteKit's file server doesn't know of the files in static/: it leaves their type empty. */
const types: Readonly<Record<string, string>> = { '.ico': 'image/vnd.microsoft.icon' };

/** The type of the file at this address, for one sent without any. */
export function missingType(url: string): string {
	return types[path.posix.extname(url)] ?? 'application/octet-stream';
}
