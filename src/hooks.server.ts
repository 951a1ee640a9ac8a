import { randomBytes } from 'node:crypto';
import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { languageOf } from '#lib/domain/language.ts';
import { baseLocale, isLocale } from '#lib/paraglide/runtime.js';
import {
	accessTo,
	communeRoute,
	entryOf,
	framedRoutes,
	framingRoutes,
	isResidentWord,
	methodsOf
} from '#lib/server/access.ts';
import type { Account } from '#lib/domain/accounts.ts';
import { findSignedIn } from '#lib/server/accounts/accounts.ts';
import { sessionCookie } from '#lib/server/accounts/cookie.ts';
import { type App, openApp } from '#lib/server/app.ts';
import { findCommune } from '#lib/server/communes.ts';
import { clientAddress } from '#lib/server/http/address.ts';
import type { Answer } from '#lib/server/http/collect.ts';
import { allowFrame, securityHeaders } from '#lib/server/http/headers.ts';
import { type RefusalDetails, refusalPage, type RefusalStatus } from '#lib/server/http/refusal.ts';
import { readSettings } from '#lib/server/settings.ts';
import { listenToReaders, speaking } from '#lib/server/speaking.ts';

listenToReaders();

/** Under `vite dev` nobody hands the app over with the request. */
let developmentApp: App | undefined;

/** The only gate: every request passes here, and nothing is thrown out of it. */
export const handle: Handle = async ({ event, resolve }) => {
	event.locals.app = event.platform?.req.app ?? (developmentApp ??= openApp(readSettings(process.env)));
	const { origin } = event.locals.app.settings;
	const refuse = (status: RefusalStatus, details?: RefusalDetails) =>
		secured(responseOf(refusalPage(status, { url: event.url.pathname, ...details })), origin);

	if (!decodes(event.url.pathname)) return refuse(400);
	const access = event.route.id === null ? 'public' : accessTo(event.route.id, event.request.method);
	if (access === undefined) return refuse(405, { allow: methodsOf(event.route.id ?? '') });
	// No page of the site has a script: none has data apart.
	if (event.isDataRequest) return refuse(404);
	// Kit keeps this name for itself, and throws where one sends it.
	if (event.request.method === 'POST' && event.url.searchParams.has('/default')) return refuse(404);
	const lowerCase = await inLowerCase(event);
	if (lowerCase !== undefined) return secured(redirectTo(`${lowerCase}${event.url.search}`), origin);
	if (isMissingFile(event)) return refuse(404);

	event.locals.address = addressOf(event);
	if (!isResident(event)) {
		const account = await accountOf(event);
		if (account) event.locals.account = account;
		if (access !== 'public') {
			// A form sent after the session ended stays in the browser, which can send it again once signed in.
			if (!account)
				return event.request.method === 'POST' ? refuse(401) : secured(signInFirst(event), origin);
			const entry = entryOf(account, access, event.route.id ?? '');
			if (entry === 'not-found') return refuse(404);
			if (entry === 'second-factor-first') return secured(seeOther('/mairie/compte/second-facteur'), origin);
		}
	}

	// The desk speaks French, even where its address names a language.
	const langue = (isResident(event) && event.params.langue) || baseLocale;
	const locale = isLocale(langue) ? langue : baseLocale;
	const { lang, dir } = languageOf(locale);
	const response = secured(
		await speaking(locale, () =>
			resolve(event, {
				transformPageChunk: ({ html }) => {
					return withoutHydration(html).replace('%lang%', lang).replace('%dir%', dir);
				}
			})
		),
		origin
	);
	if (framedRoutes.includes(event.route.id ?? '')) allowFrame(response.headers, 'framed');
	if (framingRoutes.includes(event.route.id ?? '')) allowFrame(response.headers, 'framing');
	if (response.status === 200 && event.locals.freshUntil !== undefined)
		response.headers.set('x-fresh-until', String(event.locals.freshUntil));
	return response;
};

/** The answer with the headers every answer carries; a page's own policy, which knows its style, stays. */
function secured(response: Response, origin: string): Response {
	for (const [name, value] of Object.entries(securityHeaders(origin)))
		if (!response.headers.has(name)) response.headers.set(name, value);
	if (response.headers.get('content-type') === 'text/html')
		response.headers.set('content-type', 'text/html; charset=utf-8');
	return response;
}

function isResident({ route }: RequestEvent): boolean {
	return route.id?.startsWith('/(resident)') ?? true;
}

/** Who is signed in, if anyone: the session is looked at on each request, so that it ends at once. */
async function accountOf({ cookies, locals }: RequestEvent): Promise<Account | undefined> {
	const { db, settings } = locals.app;
	const session = cookies.get(sessionCookie(settings.origin));
	return session === undefined ? undefined : findSignedIn(db, session);
}

function addressOf(event: RequestEvent): string {
	return event.platform ? clientAddress(event.platform.req) : event.getClientAddress();
}

/** To the page of sign-in, then back. */
function signInFirst({ url }: RequestEvent): Response {
	return seeOther(`/connexion?suite=${encodeURIComponent(url.pathname + url.search)}`);
}

/** A redirection that is asked for with GET, kept by nobody. */
function seeOther(location: string): Response {
	return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}

/** Whether it ends as a file's name does where no such file is: no person comes this way, robots by the thousand. */
function isMissingFile({ route, url }: RequestEvent): boolean {
	const free = route.id === null || (route.id.startsWith(communeRoute) && !/\.(vcf|ics|png)$/.test(route.id));
	return free && /\.[a-z0-9]{1,8}$/i.test(url.pathname);
}

/**
 * The address in lower case when that makes it one of the resident pages: keyboards put a capital, paper is set in
 * capitals. Undefined when it is in lower case already, or is of something else.
 */
async function inLowerCase({ url, locals, request }: RequestEvent): Promise<string | undefined> {
	const path = url.pathname.toLowerCase();
	if (path === url.pathname || !['GET', 'HEAD'].includes(request.method)) return undefined;
	const [first = '', second = ''] = path.slice(1).split('/');
	const word = isLocale(first) ? second : first;
	if (isResidentWord(word)) return path;
	return (await findCommune(locals.app.db, word)) === undefined ? undefined : path;
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

function responseOf({ status, headers, body }: Answer): Response {
	return new Response(new Uint8Array(body), { status, headers: headers as Record<string, string> });
}

/** A lasting redirection that browsers ask for again: what it leads to may go. */
function redirectTo(location: string): Response {
	return new Response(null, { status: 308, headers: { location, 'cache-control': 'no-store' } });
}
