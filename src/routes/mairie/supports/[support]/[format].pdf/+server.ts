import { error } from '@sveltejs/kit';
import { isSheetFormat, sheetOf } from '#lib/server/paper/sheet.ts';
import { supportOf } from '../support-of.ts';
import type { RequestHandler } from './$types';

/** The sheet of a code, made now from what the site says now. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { db, settings, typst } = locals.app;
	const support = await supportOf(locals, params.support);
	if (!isSheetFormat(params.format)) error(404, 'Ce format n’existe pas.');
	const data = await sheetOf(db, support, params.format, settings.origin);
	return new Response(await typst.draw({ template: 'affiche', as: 'pdf', data }), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${support.code}-${params.format}.pdf"`,
			'cache-control': 'no-store'
		}
	});
};
