import { readerLanguage } from '#lib/domain/language.ts';
import {
	frenchTranslator,
	type Translation,
	type Translator,
	translatorWith
} from '#lib/domain/translation.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { keptUntilEdit } from '../database/kept.ts';
import type { Db } from '../database/schema.ts';

/** Tells the desk's French texts in the reader's language. */
export async function translatorOf(db: Db): Promise<Translator> {
	const { code, lang } = readerLanguage();
	if (code === baseLocale) return frenchTranslator;
	return keptUntilEdit(db, `translator ${code}`, async () =>
		translatorWith(await lastTranslations(db, code), { isFrench: lang === 'fr' })
	);
}

/** The translations into a language as people read them, by key. */
export async function lastTranslations(db: Db, langue: string): Promise<Map<string, Translation>> {
	const rows = await db
		.selectFrom('translation')
		.select(['cle', 'source', 'texte'])
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('translation')
				.select(({ fn }) => fn.max('id').as('id'))
				.where('langue', '=', langue)
				.groupBy('cle')
		)
		.execute();
	return new Map(rows.map(({ cle, ...translation }) => [cle, translation]));
}
