import { calendarType } from '#lib/domain/agenda/ics.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { feedOf } from '#lib/server/agenda/calendar.ts';
import { now } from '#lib/server/clock.ts';
import { freshUntil } from '#lib/server/reading.ts';
import type { RequestHandler } from './$types';

/** The agenda of the whole territory, as open data. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { db, settings } = locals.app;
	if (!url.search) locals.freshUntil = freshUntil(now(), []);
	return new Response(await feedOf(db, baseScope, settings.origin), {
		headers: { 'content-type': calendarType, 'cache-control': 'public, no-cache' }
	});
};
