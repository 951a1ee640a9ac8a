import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) =>
	new Response(
		`User-agent: *\nDisallow: /q/\nDisallow: /Q/\n\nSitemap: ${locals.app.settings.origin}/sitemap.xml\n`,
		{
			headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, no-cache' }
		}
	);
