import type { Facts } from '#lib/domain/editing/typing.ts';
import { baseScope } from '#lib/domain/paths.ts';
import type { ServicePage } from '#lib/domain/service-page.ts';
import { listCommunes } from '../communes.ts';
import type { Db } from '../database/schema.ts';
import { readUnpublished } from '../directory.ts';
import { type FoundPlace, findPlace } from '../places.ts';
import { readServicePage } from '../service-page.ts';
import { listCommunesServed, listThemesOf } from '../services.ts';
import { listThemes } from '../themes.ts';
import type { Editable } from './editable.ts';
import { columnsOf } from './entry-facts.ts';

/** Where an editor's entry is read: the commune whose words these are, or whose entry it is; else the common base. */
export function scopeRead({ variantOf, commune }: Pick<Editable, 'variantOf' | 'commune'>): string {
	return variantOf ?? commune ?? baseScope;
}

/** The page that residents would read if `facts` were published now. Nothing is written. */
export async function previewOf(
	db: Db,
	editable: Editable,
	facts: Facts,
	origin: string
): Promise<FoundPlace & { page: ServicePage }> {
	const scope = scopeRead(editable);
	const found = await findPlace(db, scope);
	if (!found) throw new Error(`${scope} is no place`);
	const row = await db
		.selectFrom('service')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.selectAll('service')
		.select(['structure.nom as structure_nom', 'structure.site_web as structure_site_web'])
		.where('service.id', '=', editable.id)
		.executeTakeFirstOrThrow();
	const structure = typeof facts.structure === 'string' ? facts.structure : row.structure_nom;
	const isVaried =
		editable.variantOf !== null &&
		editable.form.fields.some(
			({ name }) => JSON.stringify(facts[name]) !== JSON.stringify(editable.base[name])
		);
	const service = await readUnpublished(
		db,
		{ ...row, ...(columnsOf(facts) as Partial<typeof row>), structure_nom: structure },
		found.commune?.slug,
		isVaried
	);
	const { page } = await readServicePage(db, service, {
		scope,
		commune: found.commune,
		...(await placesOf(db, editable, facts)),
		origin
	});
	return { ...found, page };
}

async function placesOf(db: Db, { id, commune }: Editable, { themes, communes }: Facts) {
	const isIn = (codes: unknown, slug: string) =>
		Array.isArray(codes) && codes.some((code) => String(code).split('/')[0] === slug);
	return {
		themes: themes
			? (await listThemes(db)).filter(({ slug }) => isIn(themes, slug))
			: await listThemesOf(db, id),
		communes:
			commune === null && communes === undefined
				? await listCommunesServed(db, id)
				: (await listCommunes(db)).filter(({ slug }) => slug === commune || isIn(communes, slug))
	};
}
