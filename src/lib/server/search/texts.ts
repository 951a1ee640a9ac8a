import type { SearchedFacts } from '#lib/domain/search/entry.ts';
import { mergeVariants } from '#lib/domain/variants.ts';
import type { Db } from '../database/schema.ts';
import { variantsBy } from '../variants.ts';

/** What is said of an entry in one place, to be indexed. */
export interface Text {
	service_id: number;
	/** The commune whose words these are; null where nothing differs. */
	commune: string | null;
	facts: SearchedFacts;
	around: { themes: string[]; others: string[]; communes: string[] };
}

/**
 * The texts of these entries: none for a draft, one for a published entry, one more for each commune with its own words.
 * A commune that hides an entry is in none of them.
 */
export async function readTexts(db: Db, ids: number[]): Promise<Text[]> {
	const services = await db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.innerJoin('structure', 'structure.id', 'service.structure_id')
		.leftJoin('commune', 'commune.slug', 'service.commune')
		.selectAll('service')
		.select(['structure.nom as structure_nom', 'commune.nom as commune_nom'])
		.where('service.id', 'in', ids)
		.orderBy('service.id')
		.execute();
	const served = await db.selectFrom('service_commune').selectAll().where('service_id', 'in', ids).execute();
	const variants = await db
		.selectFrom('service_variant')
		.selectAll()
		.where('service_id', 'in', ids)
		.execute();
	const hidden = byService(
		await db.selectFrom('hidden_service').selectAll().where('service_id', 'in', ids).execute()
	);
	const themes = await db
		.selectFrom('service_theme')
		.innerJoin('theme', 'theme.slug', 'service_theme.theme')
		.innerJoin('theme_section', (join) =>
			join
				.onRef('theme_section.theme', '=', 'service_theme.theme')
				.onRef('theme_section.slug', '=', 'service_theme.section')
		)
		.select(['service_id', 'theme.nom as theme', 'theme_section.nom as section'])
		.where('service_id', 'in', ids)
		.execute();
	const communesOf = byService(served);
	const variantsOf = byService(variants);
	const themesOf = byService(themes);

	return services.flatMap((service) => {
		const hiding = service.urgence === 1 ? [] : hidden(service.id).map(({ commune }) => commune);
		const isRead = ({ commune }: { commune: string }) => !hiding.includes(commune);
		const varied = variantsBy(variantsOf(service.id).filter(isRead), ({ commune }) => commune);
		const communes =
			service.commune === null
				? communesOf(service.id)
						.filter(isRead)
						.map((row) => row.commune)
				: [service.commune];
		const around = {
			themes: themesOf(service.id).flatMap(({ theme, section }) => [theme, section]),
			others: [service.structure_nom, ...(service.commune_nom === null ? [] : [service.commune_nom])]
		};
		const facts = {
			...service,
			publics: list(service.publics),
			demarches: list(service.demarches),
			mots: list(service.mots)
		};
		const base: Text = {
			service_id: service.id,
			commune: null,
			facts,
			around: { ...around, communes: communes.filter((commune) => !varied.has(commune)) }
		};
		return [
			base,
			...Array.from(varied, ([commune, variants]) => ({
				...base,
				commune,
				facts: mergeVariants<SearchedFacts>(facts, variants),
				around: { ...around, communes: communes.filter((one) => one === commune) }
			}))
		];
	});
}

function byService<T extends { service_id: number }>(rows: T[]): (id: number) => T[] {
	const groups = Map.groupBy(rows, (row) => row.service_id);
	return (id) => groups.get(id) ?? [];
}

function list(json: string): string[] {
	return JSON.parse(json) as string[];
}
