import type { Selectable } from 'kysely';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db, ThemeTable } from './database/schema.ts';
import { variantsBy } from './variants.ts';

/** A theme as read in one commune, or in the common base; its `question` is the title of its page. */
export type Theme = Omit<Selectable<ThemeTable>, 'position'>;

/** The themes in their order, with what `commune` says of each in its own way. */
export async function listThemes(db: Db, commune?: string): Promise<Theme[]> {
	return keptUntilEdit(db, `themes ${commune ?? ''}`, async () => {
		const themes = await db.selectFrom('theme').selectAll().orderBy('position').execute();
		const variants = await variantsByTheme(db, commune);
		return themes.map(({ position: _, ...theme }) =>
			mergeVariants<Theme>(theme, variants.get(theme.slug) ?? [])
		);
	});
}

/** A theme as read in `commune` (the common base when omitted), or undefined. */
export async function findTheme(db: Db, slug: string, commune?: string): Promise<Theme | undefined> {
	return (await listThemes(db, commune)).find((theme) => theme.slug === slug);
}

/** The groups of a theme's page, in their order. */
export async function listSections(db: Db, theme: string) {
	return keptUntilEdit(db, `sections ${theme}`, () =>
		db
			.selectFrom('theme_section')
			.select(['slug', 'nom'])
			.where('theme', '=', theme)
			.orderBy('position')
			.execute()
	);
}

async function variantsByTheme(db: Db, commune: string | undefined): Promise<Map<string, Variant[]>> {
	if (commune === undefined) return new Map();
	const rows = await db
		.selectFrom('theme_variant')
		.select(['theme', 'field', 'mode', 'value'])
		.where('commune', '=', commune)
		.execute();
	return variantsBy(rows, (row) => row.theme);
}
