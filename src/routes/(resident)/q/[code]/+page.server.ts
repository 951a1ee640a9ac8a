import { error, redirect } from '@sveltejs/kit';
import { normaliseCode } from '#lib/domain/codes.ts';
import { findCodePath } from '#lib/server/codes/codes.ts';
import type { PageServerLoad } from './$types';
import { isScan } from './scan.ts';

// Someone may type a last stroke: that is no reason for a second redirect.
export const trailingSlash = 'ignore';

/** A printed code leads to its present target. One that doesn't exist answers 404 with help, written in ../+error.svelte. */
export const load: PageServerLoad = async ({ params, request, isDataRequest, locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const code = normaliseCode(params.code);
	const path = code === undefined ? undefined : await findCodePath(locals.app.db, code);
	if (code === undefined || path === undefined) error(404, 'Ce code n’existe pas.');
	if (!isDataRequest && isScan(request)) locals.app.scans.count(code);
	redirect(302, path);
};
