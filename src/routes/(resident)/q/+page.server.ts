import { redirect } from '@sveltejs/kit';
import { normaliseCode } from '#lib/domain/codes.ts';
import type { PageServerLoad } from './$types';

/** The form to type a code (`/q`) and where it goes (`/q?code=…`). */
export const load: PageServerLoad = ({ url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const typed = url.searchParams.get('code') ?? '';
	// What is not a code goes on too, without its punctuation: the page of a mistyped code tells what is wrong with it.
	const sent = normaliseCode(typed) ?? typed.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 40);
	if (sent !== '') redirect(303, `/q/${encodeURIComponent(sent)}`);
};
