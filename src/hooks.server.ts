import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { baseLocale, isLocale, type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { accessTo, methodsOf } from '#lib/server/access.ts';
import { type App, openApp } from '#lib/server/app.ts';
import { readSettings } from '#lib/server/settings.ts';

const reader = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => reader.getStore() ?? baseLocale);

const rightToLeft: readonly string[] = ['ar'];

/** Under `vite dev` nobody hands the app over with the request. */
let developmentApp: App | undefined;

const securityHeaders = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'x-frame-options': 'DENY',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()'
} as const;

/** The only gate: every request passes here, and nothing is thrown out of it. */
export const handle: Handle = async ({ event, resolve }) => {
	if (!decodes(event.url.pathname)) return refusal(400, m.erreur_adresse_illisible());
	event.locals.app = event.platform?.req.app ?? (developmentApp ??= openApp(readSettings(process.env)));
	if (event.route.id !== null && accessTo(event.route.id, event.request.method) === undefined)
		return refusal(405, m.erreur_methode(), { allow: methodsOf(event.route.id).join(', ') });

	const langue = event.params.langue ?? baseLocale;
	const locale = isLocale(langue) ? langue : baseLocale;
	const response = secured(
		await reader.run(locale, () =>
			resolve(event, {
				transformPageChunk: ({ html }) => {
					const page = event.route.id?.startsWith('/(resident)') ? withoutHydration(html) : html;
					return page
						.replace('%lang%', locale)
						.replace('%dir%', rightToLeft.includes(locale) ? 'rtl' : 'ltr');
				}
			})
		)
	);
	if (response.status === 200 && event.locals.freshUntil !== undefined)
		response.headers.set('x-fresh-until', String(event.locals.freshUntil));
	return response;
};

/** The answer with the headers every answer carries; a page's own policy, which knows its style, stays. */
function secured(response: Response): Response {
	for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
	if (!response.headers.has('content-security-policy'))
		response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
	if (response.headers.get('content-type') === 'text/html')
		response.headers.set('content-type', 'text/html; charset=utf-8');
	if (process.env.ORIGIN?.startsWith('https:'))
		response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	return response;
}

/** A fault of ours: logged once, with a reference the person can quote. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500) return { message };
	const reference = randomBytes(4).toString('hex');
	console.error(`[${reference}] ${event.request.method} ${event.route.id ?? event.url.pathname}`, error);
	return { message: m.erreur_chez_nous(), reference };
};

/** A page without a script needs neither the marks that scripts look for, nor links to the style it already holds. */
function withoutHydration(html: string): string {
	return html.replace(
		/<!--(?:\[-?\d*!?|\]|[a-z0-9]*)-->|<link href="[^"]*" rel="stylesheet" disabled media="\(max-width: 0\)">/g,
		''
	);
}

function decodes(pathname: string): boolean {
	try {
		return !decodeURIComponent(pathname).includes('\0');
	} catch {
		return false;
	}
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
	return bare(`${message}\n`, status, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
}

/** An answer without a page, kept by nobody. */
function bare(body: string | null, status: number, headers: Record<string, string>): Response {
	return secured(new Response(body, { status, headers: { ...headers, 'cache-control': 'no-store' } }));
}
