import { symbolSvg } from '#lib/server/codes/symbol.ts';
import { supportOf } from '../support-of.ts';
import type { RequestHandler } from './$types';

/** The symbol of a code, for a page made elsewhere. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { code } = await supportOf(locals, params.support);
	return new Response(symbolSvg(locals.app.settings.origin, code), {
		headers: {
			'content-type': 'image/svg+xml',
			'content-disposition': `attachment; filename="${code}.svg"`,
			'cache-control': 'no-store'
		}
	});
};
