import type { Choice, Choices } from '#lib/domain/editing/choices.ts';
import type { Db } from '../database/schema.ts';

/**
 * What may be chosen in the form of an entry of `commune`, or of the common base (null). `id` is the entry, which doesn't
 * stand in for itself. Entries that can't be chosen are there too, to be named where they were.
 */
export async function choicesFor(db: Db, id: number | undefined, commune: string | null): Promise<Choices> {
	const sections = await db
		.selectFrom('theme_section')
		.innerJoin('theme', 'theme.slug', 'theme_section.theme')
		.select(['theme.slug as theme', 'theme.nom as groupe', 'theme_section.slug', 'theme_section.nom'])
		.orderBy('theme.position')
		.orderBy('theme_section.position')
		.execute();
	const communes = await db.selectFrom('commune').select(['slug', 'nom']).orderBy('position').execute();
	const structures = await db.selectFrom('structure').select('nom').distinct().execute();
	return {
		themes: sections.map(({ theme, groupe, slug, nom }) => ({
			code: `${theme}/${slug}`,
			fr: `${groupe}\u202f: ${nom}`,
			groupe
		})),
		communes: communes.map(({ slug, nom }) => ({ code: slug, fr: nom })),
		structure: structures
			.map(({ nom }) => ({ code: nom, fr: nom }))
			.sort((a, b) => a.fr.localeCompare(b.fr, 'fr')),
		en_attendant: await listReadableWith(db, id, commune, { withTelephone: true })
	};
}

/**
 * The published entries that whoever reads an entry of `commune` (of the common base: null) reads too, by number and
 * name, in alphabetical order; `withTelephone`: those one can call. The others are there as former ones.
 */
export async function listReadableWith(
	db: Db,
	id: number | undefined,
	commune: string | null,
	{ withTelephone = false } = {}
): Promise<Choice[]> {
	const rows = await db
		.selectFrom('service')
		.leftJoin('publication', 'publication.service_id', 'service.id')
		.leftJoin('service_commune', (join) =>
			join.onRef('service_commune.service_id', '=', 'service.id').on('service_commune.commune', '=', commune)
		)
		.select(['service.id', 'service.nom', 'service.commune', 'service.telephone', 'publication.published_at'])
		.select('service_commune.commune as served')
		.execute();
	return rows
		.map((row): Choice => {
			const isReadable = commune === null ? row.commune === null : row.served === commune;
			const answers = !withTelephone || row.telephone !== null;
			const isOffered = row.id !== id && row.published_at !== null && isReadable && answers;
			return { code: String(row.id), fr: row.nom, ...(!isOffered && { former: true as const }) };
		})
		.sort((a, b) => a.fr.localeCompare(b.fr, 'fr'));
}
