import type { Account } from '#lib/domain/accounts.ts';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { getTerritory } from '../territory.ts';

/** In whose name residents read that an entry was verified, when someone who has an account did it. */
export interface PublicNames {
	/** « la mairie de Haut-Valclair » */
	mairie(commune: string): string;
	/** « la Communauté de communes du Valclair » */
	administration: string;
}

/**
 * Residents read which house answers for an entry: « la mairie de Haut-Valclair », never the person of an account, whom
 * the journal names.
 */
export async function publicNames(db: Db): Promise<PublicNames> {
	const townHalls = new Map(
		(
			await db
				.selectFrom('commune')
				.innerJoin('service', 'service.id', 'commune.mairie_id')
				.select(['commune.slug', 'service.nom'])
				.execute()
		).map(({ slug, nom }) => [slug, nom.replace(/^Mairie\b/, 'la mairie')])
	);
	const { nom_avec_article } = await getTerritory(db);
	return { mairie: (commune) => townHalls.get(commune) ?? 'la mairie', administration: nom_avec_article };
}

/** The name in which an account speaks for an entry of this commune, or of the base (null). */
export function nameInPublic(
	names: PublicNames,
	{ role, communes }: Pick<Account, 'role' | 'communes'>,
	commune: string | null
): string {
	const own = commune ?? communes[0];
	return role === 'mairie' && own !== undefined ? names.mairie(own) : names.administration;
}

/** The name of a commune as a list of the desk says it, « Toutes les communes » for the base. */
export async function communeNames(db: Db): Promise<(commune: string | null) => string> {
	const names = new Map((await listCommunes(db)).map(({ slug, nom }) => [slug, nom]));
	return (commune) => (commune === null ? 'Toutes les communes' : (names.get(commune) ?? commune));
}
