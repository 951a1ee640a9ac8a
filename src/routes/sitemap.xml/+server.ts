import { listPublicPages } from '#lib/server/sitemap.ts';
import type { RequestHandler } from './$types';

/** Every public page in one urlset (https://www.sitemaps.org/protocol.html). */
export const GET: RequestHandler = async ({ locals }) => {
	const { db, settings } = locals.app;
	const urls = (await listPublicPages(db)).map(
		({ path, lastmod }) =>
			`<url><loc>${settings.origin}${path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`
	);
	return new Response(
		`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
		{ headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, no-cache' } }
	);
};
