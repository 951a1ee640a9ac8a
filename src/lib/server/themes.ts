import type { Selectable } from 'kysely';
import { readsFrench } from '#lib/domain/language.ts';
import { type Paragraph, paragraphsOf, translationKeys, type Translator } from '#lib/domain/translation.ts';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { keptUntilEdit } from './database/kept.ts';
import type { Db, ThemeTable } from './database/schema.ts';
import { translatorOf } from './translations/read.ts';
import { variantsBy } from './variants.ts';

type ThemeWords = Omit<Selectable<ThemeTable>, 'position'>;

/**
 * A theme as read in one commune, or in the common base, in the reader's language; its `question` is the title of its
 * page.
 */
export interface Theme extends ThemeWords {
	/** `introduction` in its paragraphs. */
	paragraphs: Paragraph[];
	/** The names that are told in French for want of others. */
	enFrancais: readonly string[];
}

const names = ['nom', 'question', 'accroche'] as const;

/** The themes in their order, with what `commune` says of each in its own way. */
export async function listThemes(db: Db, commune?: string): Promise<Theme[]> {
	return keptUntilEdit(db, `themes ${getLocale()} ${commune ?? ''}`, async () => {
		const themes = await db.selectFrom('theme').selectAll().orderBy('position').execute();
		const variants = await variantsByTheme(db, commune);
		const translator = await translatorOf(db);
		return themes.map(({ position: _, ...theme }) =>
			themeRead(theme, variants.get(theme.slug) ?? [], translator)
		);
	});
}

/** A theme's common words told by `translator`, and what a commune says in its own way, which is in French. */
function themeRead(theme: ThemeWords, variants: Variant[], translator: Translator): Theme {
	const own = mergeVariants<ThemeWords>(theme, variants);
	const told = names.map((name) =>
		own[name] === theme[name]
			? ([name, translator.label(translationKeys.theme(theme.slug, name), theme[name])] as const)
			: ([name, { texte: own[name], fr: !readsFrench() }] as const)
	);
	const common = translator.text(translationKeys.theme(theme.slug, 'introduction'), theme.introduction);
	const added = own.introduction.startsWith(`${theme.introduction}\n\n`)
		? paragraphsOf(own.introduction.slice(theme.introduction.length + 2), { fr: !readsFrench() })
		: undefined;
	const paragraphs =
		own.introduction === theme.introduction
			? common
			: added
				? [...common, ...added]
				: paragraphsOf(own.introduction, { fr: !readsFrench() });
	return {
		...own,
		...Object.fromEntries(told.map(([name, { texte }]) => [name, texte])),
		introduction: paragraphs.map(({ texte }) => texte).join('\n\n'),
		paragraphs,
		enFrancais: told.flatMap(([name, { fr }]) => (fr ? [name] : []))
	};
}

/** What the page of a theme says of it. */
export function shownTheme({ slug, nom, question, introduction, paragraphs, enFrancais }: Theme) {
	return { slug, nom, question, introduction, paragraphs, enFrancais };
}

/** A theme as read in `commune` (the common base when omitted), or undefined. */
export async function findTheme(db: Db, slug: string, commune?: string): Promise<Theme | undefined> {
	return (await listThemes(db, commune)).find((theme) => theme.slug === slug);
}

/** A group of a theme's page; `fr`: its name is told in French for want of another. */
export interface ThemeSection {
	slug: string;
	nom: string;
	fr: boolean;
}

/** The groups of a theme's page, in their order, in the reader's language. */
export async function listSections(db: Db, theme: string): Promise<ThemeSection[]> {
	return keptUntilEdit(db, `sections ${getLocale()} ${theme}`, async () => {
		const sections = await db
			.selectFrom('theme_section')
			.select(['slug', 'nom'])
			.where('theme', '=', theme)
			.orderBy('position')
			.execute();
		const translator = await translatorOf(db);
		return sections.map(({ slug, nom }) => {
			const { texte, fr } = translator.label(translationKeys.section(theme, slug), nom);
			return { slug, nom: texte, fr };
		});
	});
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
