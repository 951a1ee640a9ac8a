import { error } from '@sveltejs/kit';
import { screenSymbol } from '#lib/server/codes/symbol.ts';
import { notFoundIn } from '#lib/server/not-found.ts';
import { findPageHere } from '#lib/server/page-here.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
	const { db, settings } = locals.app;
	const found = await parent();
	const page = await findPageHere(db, found, url.searchParams.get('page') ?? '');
	if (!page) error(404, await notFoundIn(db, found.commune));
	const address = `${settings.origin}${page.path}`;
	return scriptless({
		page: { nom: page.nom, path: page.path },
		address: address.replace(/^https?:\/\//, ''),
		symbol: screenSymbol(address)
	});
};
