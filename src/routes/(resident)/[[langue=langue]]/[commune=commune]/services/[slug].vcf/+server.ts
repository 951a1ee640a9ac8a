import { error } from '@sveltejs/kit';
import { vcardOf } from '#lib/server/vcard.ts';
import { baseScope, pathToService } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { findMovedTo } from '#lib/server/moved.ts';
import { findService } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
	const { db, settings } = locals.app;
	const scope = params.commune === baseScope ? undefined : params.commune;
	const service = await findService(db, params.slug, scope);
	if (!service) {
		const moved = await findMovedTo(db, params.slug, scope);
		if (!moved) error(404, m.erreur_introuvable());
		return new Response(null, {
			status: 301,
			headers: {
				location: `${pathToService(moved, params.commune)}.vcf`,
				'cache-control': 'no-cache'
			}
		});
	}
	const page = `${settings.origin}${pathToService(service, params.commune)}`;
	return new Response(vcardOf(service, page), {
		headers: {
			'content-type': 'text/vcard; charset=utf-8',
			'content-disposition': `attachment; filename="${service.slug}.vcf"`,
			'cache-control': 'public, no-cache'
		}
	});
};
