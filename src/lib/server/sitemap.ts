import { languages, pathIn } from '#lib/domain/language.ts';
import { baseScope, pathTo } from '#lib/domain/paths.ts';
import { readAgenda } from './agenda/reading.ts';
import { listCommunes } from './communes.ts';
import type { Db } from './database/schema.ts';
import { listMoments } from './moments.ts';
import { listServiceNames } from './services.ts';
import { listThemes } from './themes.ts';

interface PublicPage {
	path: string;
	/** AAAA-MM-JJ. */
	lastmod?: string;
}

/** The address of every public page in every language, with the day its content last changed where that is known. */
export async function listPublicPages(db: Db): Promise<PublicPage[]> {
	const french = await listFrenchPages(db);
	return languages.flatMap(({ code }) => french.map((page) => ({ ...page, path: pathIn(code, page.path) })));
}

async function listFrenchPages(db: Db): Promise<PublicPage[]> {
	const pages: PublicPage[] = [
		{ path: pathTo() },
		...['accessibilite', 'donnees-personnelles', 'mentions-legales', 'plan-du-site'].map((word) => ({
			path: pathTo(word)
		}))
	];
	const themes = await listThemes(db);
	for (const scope of [baseScope, ...(await listCommunes(db)).map((commune) => commune.slug)]) {
		const commune = scope === baseScope ? undefined : scope;
		const moments = await listMoments(db, commune);
		pages.push(
			{ path: pathTo(scope) },
			...themes.map((theme) => ({ path: pathTo(scope, theme.slug) })),
			{ path: pathTo(scope, 'moments') },
			...moments.map((moment) => ({ path: pathTo(scope, 'moments', moment.slug) })),
			{ path: pathTo(scope, 'comprendre') },
			{ path: pathTo(scope, 'numeros-utiles') },
			{ path: pathTo(scope, 'recherche') },
			{ path: pathTo(scope, 'plan-du-site') }
		);
		const { cards, projets } = await readAgenda(db, scope);
		for (const { chemin } of [...cards, ...projets]) pages.push({ path: chemin });
		for (const service of await listServiceNames(db, commune))
			pages.push({ path: pathTo(scope, 'services', service.slug), lastmod: service.date_maj });
	}
	return pages;
}
