import { listCommunes } from '#lib/server/communes.ts';
import { findServiceById } from '#lib/server/services.ts';
import { getTerritory } from '#lib/server/territory.ts';
import { signedIn } from './signed-in.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const { db, settings } = locals.app;
	const { nom, role, communes } = signedIn(locals);
	const { nom_court } = await getTerritory(db);
	const own = (await listCommunes(db)).filter(({ slug }) => communes.includes(slug));
	const [one] = own;
	const mairie = own.length === 1 && one ? await findServiceById(db, one.mairie_id, one.slug) : undefined;
	return {
		account: { nom, role },
		place: role === 'mairie' ? (mairie?.nom ?? own.map(({ nom }) => nom).join(', ')) : nom_court,
		territory: { nom_court },
		path: url.pathname,
		essai: settings.horloge !== undefined
	};
};
