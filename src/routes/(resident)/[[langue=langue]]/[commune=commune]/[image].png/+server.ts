import { error } from '@sveltejs/kit';
import { pathToImage } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { now } from '#lib/server/clock.ts';
import { freshUntil } from '#lib/server/reading.ts';
import { findSharePicture } from '#lib/server/share-picture.ts';
import type { RequestHandler } from './$types';

/** The picture that goes with a page where its address is shared (https://ogp.me). */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const { db, typst } = locals.app;
	const picture = await findSharePicture(db, params.commune, params.image);
	if (!picture) error(404, m.erreur_introuvable());
	// What networks add to an address changes nothing of the picture: there is one, drawn once.
	if (url.search)
		return new Response(null, {
			status: 308,
			headers: { location: pathToImage(params.commune, params.image), 'cache-control': 'no-cache' }
		});
	locals.freshUntil = freshUntil(now(), []);
	return new Response(await typst.draw(picture), {
		headers: {
			'content-type': 'image/png',
			'cache-control': 'public, no-cache',
			// It is made to be shown on the pages of others.
			'cross-origin-resource-policy': 'cross-origin'
		}
	});
};
