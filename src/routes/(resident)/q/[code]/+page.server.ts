import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { followScan } from '#lib/server/codes/scan.ts';
import type { PageServerLoad } from './$types';

// Someone may type a last stroke: that is no reason for a second redirect.
export const trailingSlash = 'ignore';

/** A code that leads somewhere was sent there before SvelteKit, but under `vite dev`; any other gets help (../+error.svelte). */
export const load: PageServerLoad = async ({ locals, request, url }) => {
	const headers = Object.fromEntries(request.headers);
	const path = await followScan(locals.app, { method: request.method, url: url.pathname, headers });
	if (path !== undefined) redirect(302, path);
	error(404, m.code_introuvable());
};
