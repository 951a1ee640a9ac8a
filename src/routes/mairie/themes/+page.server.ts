import { listCommunes } from '#lib/server/communes.ts';
import { listChangedBeneath } from '#lib/server/editing/beneath.ts';
import { listThemes } from '#lib/server/themes.ts';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { db } = locals.app;
	const account = signedIn(locals);
	const communes = (await listCommunes(db)).filter(({ slug }) => account.communes.includes(slug));
	const changed = new Set((await listChangedBeneath(db, account)).map(({ path }) => path));
	const themes = await listThemes(db);
	const groups = account.role === 'administration' ? [null] : communes;
	return {
		groups: groups.map((commune) => ({
			nom: commune?.nom ?? 'Texte commun',
			themes: themes.map(({ slug, nom, question }) => {
				const path = `/mairie/themes/${slug}${commune ? `?commune=${commune.slug}` : ''}`;
				return { path, nom, question, hasChanged: changed.has(path) };
			})
		}))
	};
};
