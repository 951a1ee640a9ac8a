import { error } from '@sveltejs/kit';
import { calendarType } from '#lib/domain/agenda/ics.ts';
import { m } from '#lib/paraglide/messages.js';
import { feedOf } from '#lib/server/agenda/calendar.ts';
import { now } from '#lib/server/clock.ts';
import { findPlace } from '#lib/server/places.ts';
import { freshUntil } from '#lib/server/reading.ts';
import type { RequestHandler } from './$types';

/** The agenda of a commune, for calendars that follow it. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const { db, settings } = locals.app;
	if (!(await findPlace(db, params.commune))) error(404, m.erreur_introuvable());
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	return new Response(await feedOf(db, params.commune, settings.origin), {
		headers: { 'content-type': calendarType, 'cache-control': 'public, no-cache' }
	});
};
