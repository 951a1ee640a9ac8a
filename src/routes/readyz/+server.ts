import { readiness } from '#lib/server/readiness.ts';
import type { RequestHandler } from './$types';

/** The site can do its work: database readable, migrated, disk writable. */
export const GET: RequestHandler = async ({ locals }) => {
	const faults = await readiness(locals.app);
	const body = faults.length === 0 ? 'ok\n' : `${faults.join('\n')}\n`;
	return new Response(body, {
		status: faults.length === 0 ? 200 : 503,
		headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' }
	});
};
