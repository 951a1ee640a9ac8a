import { error } from '@sveltejs/kit';
import { notFoundIn } from '#lib/server/not-found.ts';
import type { PageServerLoad } from './$types';

/** No other page of the commune has this address: the commune stays on the page that says so, ../+error.svelte. */
export const load: PageServerLoad = async ({ parent, locals }) =>
	error(404, await notFoundIn(locals.app.db, (await parent()).commune));
