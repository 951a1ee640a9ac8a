import { createHash } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { languageAt, pathIn } from '#lib/domain/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Answer } from './collect.ts';
import { securityHeaders } from './headers.ts';

/** Requests larger than this are refused, in bytes: forms are text. */
export const bodyLimit = 1024 * 1024;

/** What this server understands; the gate then says which of them a route takes. */
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** Statuses answered without rendering a page of the site, with what to tell the person. */
const reasons = {
	400: { title: m.refus_adresse, advice: m.refus_adresse_que_faire },
	401: { title: m.refus_session, advice: m.refus_session_que_faire },
	403: { title: m.refus_autre_site, advice: m.refus_autre_site_que_faire },
	404: { title: m.titre_introuvable, advice: m.refus_introuvable_que_faire },
	405: { title: m.refus_methode, advice: m.refus_methode_que_faire },
	408: { title: m.refus_trop_lent, advice: m.refus_trop_lent_que_faire },
	413: { title: m.refus_trop_lourd, advice: m.refus_trop_lourd_que_faire },
	431: { title: m.refus_trop_long, advice: m.refus_trop_long_que_faire },
	500: { title: m.refus_panne, advice: m.refus_panne_que_faire }
} as const;

export type RefusalStatus = keyof typeof reasons;

const style =
	'body{margin:0;background:#fbf8f1;color:#12262b;font:1.0625rem/1.5 system-ui,sans-serif}' +
	'main{max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.75rem;line-height:1.15}a{color:#0f5c6e}' +
	'@media(prefers-color-scheme:dark){body{background:#0f1f23;color:#f1ece0}a{color:#7cc7d6}}';

const styleHash = createHash('sha256').update(style).digest('base64');

/** What the pages of this file may do: show their own style. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * Why a request must not reach SvelteKit: a target that isn't a plain path, a path that does not decode, a method
 * nobody serves, a body that is too large, a form sent from another site. Undefined when it may.
 * @param origin the site's own, as `Settings` has it
 */
export function refusalOf(req: IncomingMessage, origin: string): RefusalStatus | undefined {
	if (!methods.includes(req.method ?? '')) return 405;
	if (!isPlainPath(req.url ?? '')) return 400;
	if (Number(req.headers['content-length'] ?? 0) > bodyLimit) return 413;
	if (req.method === 'POST' && !comesFrom(req, origin)) return 403;
	return undefined;
}

/**
 * Whether a page of this site sent this. Every browser names the origin of a POST; one that also says how far it
 * comes from must agree. Whatever the body's type, so that nothing depends on how a route reads it.
 */
function comesFrom({ headers }: IncomingMessage, origin: string): boolean {
	if (headers.origin !== origin) return false;
	// `none`: the person did it themselves, as when a browser opens its last pages again.
	return ['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);
}

/** A path from the root that decodes, and holds nothing a browser and a server may read differently. */
function isPlainPath(target: string): boolean {
	const end = target.search(/[?#]/);
	const path = end < 0 ? target : target.slice(0, end);
	if (!path.startsWith('/') || path.startsWith('//') || target.includes('#')) return false;
	try {
		return !/[\p{Cc}\\]/u.test(decodeURIComponent(path));
	} catch {
		return false;
	}
}

/** What a refusal may add to its page. */
export interface RefusalDetails {
	/** The methods that the address does answer. */
	allow?: string[];
	/** What to quote when asking for help. */
	reference?: string;
	/** The address asked for: its language is that of the page. */
	url?: string;
}

/** The page that says so, in the language of the address. */
export function refusalPage(
	status: RefusalStatus,
	{ allow = methods, reference, url = '/' }: RefusalDetails = {}
): Answer {
	const { code, lang, dir } = languageAt(url);
	const locale = { locale: code };
	const title = reasons[status].title({}, locale);
	const paragraphs = [
		reasons[status].advice({}, locale),
		...(reference === undefined ? [] : [m.reference_panne({ reference }, locale)]),
		status === 401
			? `<a href="/connexion" target="_blank" rel="noopener">${m.refus_se_connecter({}, locale)}</a>`
			: `<a href="${pathIn(code, '/')}">${m.refus_aller_a_l_accueil({}, locale)}</a>`
	];
	return {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': policy,
			...(status === 405 ? { allow: allow.join(', ') } : {}),
			// RFC 9110, 15.5.2, asks for a scheme; browsers show nothing for one that isn't theirs.
			...(status === 401 ? { 'www-authenticate': 'Session' } : {})
		},
		body: Buffer.from(
			`<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head>` +
				`<body><main><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main></body></html>\n`
		)
	};
}

/** The same page as bytes for a connection whose request could not even be read. It closes the connection. */
export function rawRefusal(status: RefusalStatus, origin: string): Buffer {
	const { headers, body } = refusalPage(status);
	const lines = Object.entries({
		...securityHeaders(origin),
		...headers,
		'content-length': body.length,
		connection: 'close'
	});
	const head = lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
	return Buffer.concat([
		Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n`),
		body
	]);
}
