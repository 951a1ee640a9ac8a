import { openConnection, requestFor } from './load.ts';
import { pathIn } from '#lib/domain/language.ts';
import type { Figure } from './report.ts';

/** What one TCP initial window carries, in bytes. */
const window = 14_600;

/** Kinds of pages, by the shape of their address in French. The first that fits is the page's. */
const kinds: [string, RegExp][] = [
	['territory home', /^\/$/],
	['commune home', /^\/[a-z-]+$/],
	['service', /^\/[a-z-]+\/services\/[^/]+$/],
	['moment', /^\/[a-z-]+\/moments\/[^/]+$/],
	['search', /^\/[a-z-]+\/recherche/],
	['printed code, mistyped', /^\/q\//],
	['page not found', /^\/[a-z-]+\/nulle-part$/],
	['theme and other pages of a commune', /^\/[a-z-]+\/[a-z-]+$/],
	['other', /./]
];

/** Weighs every page of the sitemap, and those it does not list: the heaviest of each kind, then what they ask for besides. */
export async function weighFirstViews(origin: string): Promise<{ figures: Figure[]; addresses: string[] }> {
	const sitemap = await (await fetch(`${origin}/sitemap.xml`)).text();
	const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
		(match) => new URL(match[1] ?? '').pathname
	);
	const commune = addresses.find((address) => /^\/[a-z-]+$/.test(address)) ?? '/';
	const unlisted = [
		`${commune}/recherche?q=enfant`,
		`${commune}/recherche?q=xyzzy`,
		'/q/AAAAA',
		`${commune}/nulle-part`
	];

	const heaviest = new Map<string, { bytes: number; address: string }>();
	let besides = 0;
	let script = 0;
	const connection = await openConnection(new URL(origin));
	for (const address of [...addresses, ...unlisted]) {
		const answer = await connection.ask(requestFor(new URL(address, origin)));
		const kind = kinds.find(([, shape]) => shape.test(pathIn('fr', address)))?.[0] ?? '';
		if (answer.length > (heaviest.get(kind)?.bytes ?? 0))
			heaviest.set(kind, { bytes: answer.length, address });
		const html = await (await fetch(new URL(address, origin))).text();
		besides += requestsOf(html).length;
		script += [...html.matchAll(/<script(?![^>]*application\/ld\+json)[^>]*>([\s\S]*?)<\/script>/g)].reduce(
			(sum, match) => sum + match[0].length,
			0
		);
	}
	connection.close();

	const figures: Figure[] = [...heaviest].map(([kind, { bytes, address }]) => ({
		what: `first view: ${kind}`,
		measured: bytes,
		unit: 'B',
		goal: window,
		side: 'at most',
		detail: `heaviest: ${address}`
	}));
	const over = `over ${addresses.length + unlisted.length} pages`;
	figures.push(
		{
			what: 'first view: requests besides the page',
			measured: besides,
			unit: '',
			goal: 0,
			side: 'at most',
			detail: over
		},
		{ what: 'first view: script', measured: script, unit: 'B', goal: 0, side: 'at most', detail: over }
	);
	return { figures, addresses };
}

/** What a browser would fetch to show this page. Neither the tab’s icon, asked for
 * whether declared or not, nor a style sheet already inside the page, which SvelteKit marks disabled. */
function requestsOf(html: string): string[] {
	const loaded =
		/<(?:img|script|iframe|source|video|audio|embed|object|use)\b[^>]*?\b(?:src|srcset|data|href|xlink:href)="([^"#][^"]*)"/g;
	const linked =
		/<link\b(?![^>]*\bdisabled\b)(?=[^>]*\brel="(?:stylesheet|preload|modulepreload|manifest)")[^>]*\bhref="(?!data:)([^"]*)"/g;
	return [...html.matchAll(loaded), ...html.matchAll(linked)].map((match) => match[1] ?? '');
}
