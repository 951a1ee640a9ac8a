import { createHash } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Answer } from './collect.ts';

/** Requests larger than this are refused, in bytes: forms are text. */
export const bodyLimit = 1024 * 1024;

/** What this server understands; SvelteKit then says which of them a route takes. */
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** Statuses answered here, before SvelteKit, with what to tell the person. */
const reasons = {
	400: ['Cette adresse ne se lit pas', 'Vérifiez l’adresse, ou repartez de l’accueil.'],
	405: ['Cette demande n’est pas possible', 'Repartez de l’accueil pour trouver ce que vous cherchez.'],
	408: ['La demande a mis trop de temps', 'Le réseau est peut-être faible : essayez encore.'],
	413: ['Ce que vous envoyez est trop lourd', 'Raccourcissez le texte, ou envoyez un fichier plus léger.'],
	431: ['La demande est trop longue', 'Repartez de l’accueil, ou effacez les cookies de ce site.'],
	500: ['Une erreur s’est produite chez nous', 'Elle est enregistrée. Essayez encore dans un moment.']
} as const;

export type RefusalStatus = keyof typeof reasons;

const style =
	'body{margin:0;background:#fbf8f1;color:#12262b;font:1.0625rem/1.5 system-ui,sans-serif}' +
	'main{max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.75rem;line-height:1.15}a{color:#0f5c6e}' +
	'@media(prefers-color-scheme:dark){body{background:#0f1f23;color:#f1ece0}a{color:#7cc7d6}}';

const styleHash = createHash('sha256').update(style).digest('base64');

/** What the pages of this file may do: show their own style. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Headers of what SvelteKit did not answer: the pages of this file and those of static/. */
export const securityHeaders: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/**
 * Why a request must not reach SvelteKit: a target that isn't a plain path, a path that
 * does not decode, a method nobody serves, a body that is too large. Undefined when it may.
 */
export function refusalOf(req: IncomingMessage): RefusalStatus | undefined {
	if (!methods.includes(req.method ?? '')) return 405;
	if (!isPlainPath(req.url ?? '')) return 400;
	if (Number(req.headers['content-length'] ?? 0) > bodyLimit) return 413;
	return undefined;
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

/** The page that says so. */
export function refusalPage(status: RefusalStatus): Answer {
	const [title, advice] = reasons[status];
	return {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': policy,
			...securityHeaders,
			...(status === 405 ? { allow: methods.join(', ') } : {})
		},
		body: Buffer.from(
			`<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head>` +
				`<body><main><h1>${title}</h1><p>${advice}</p><p><a href="/">Aller à l’accueil</a></p></main></body></html>\n`
		)
	};
}

/** The same page as bytes for a connection whose request could not even be read. It closes the connection. */
export function rawRefusal(status: RefusalStatus): Buffer {
	const { headers, body } = refusalPage(status);
	const lines = Object.entries({ ...headers, 'content-length': body.length, connection: 'close' });
	const head = lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join('');
	return Buffer.concat([
		Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n`),
		body
	]);
}
