import { error } from '@sveltejs/kit';
import { calendarType } from '#lib/domain/agenda/ics.ts';
import { baseScope } from '#lib/domain/paths.ts';
import { m } from '#lib/paraglide/messages.js';
import { calendarFileOf } from '#lib/server/agenda/calendar.ts';
import { findPublishedEvent } from '#lib/server/agenda/events.ts';
import type { RequestHandler } from './$types';

/** One event, for a calendar. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const { db, settings } = locals.app;
	const scope = params.commune === baseScope ? undefined : params.commune;
	const event = await findPublishedEvent(db, params.evenement, scope);
	if (!event || event.facts.debut === null) error(404, m.erreur_introuvable());
	return new Response(await calendarFileOf(db, event, params.commune, settings.origin), {
		headers: {
			'content-type': calendarType,
			'content-disposition': `attachment; filename="${event.slug}.ics"`,
			'cache-control': 'public, no-cache'
		}
	});
};
