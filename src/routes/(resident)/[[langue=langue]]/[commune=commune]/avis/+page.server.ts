import { redirect } from '@sveltejs/kit';
import { pathTo } from '#lib/domain/paths.ts';
import type { App } from '#lib/server/app.ts';
import { findPageHere } from '#lib/server/page-here.ts';
import { findPlace } from '#lib/server/places.ts';
import { scriptless } from '#lib/ui/scriptless.ts';
import { formOf, textOf } from '../../../../form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const page = await pageOf(locals.app, params.commune, url.searchParams.get('page') ?? '');
	if (!page) redirect(303, pathTo(params.commune));
	return scriptless({ page, helped: url.searchParams.get('avis') !== 'non' });
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await formOf(request);
		const [path, opinion] = [textOf(form, 'page'), textOf(form, 'avis')];
		const page = await pageOf(locals.app, params.commune, path);
		if (!page || (opinion !== 'oui' && opinion !== 'non')) redirect(303, pathTo(params.commune));
		locals.app.opinions.count(`${opinion} ${page.path}`);
		redirect(303, `${pathTo(params.commune, 'avis')}?${new URLSearchParams({ page: path, avis: opinion })}`);
	}
};

/** The page that an opinion is about; undefined when there is none here: nothing that isn't a page is counted. */
async function pageOf({ db }: Pick<App, 'db'>, scope: string, path: string) {
	const found = await findPlace(db, scope);
	return found && path !== '' ? findPageHere(db, found, path) : undefined;
}
