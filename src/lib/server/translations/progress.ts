import { type Language, translatedLanguages } from '#lib/domain/language.ts';
import { type Counts, type FrenchText, type Standing, standingOf } from '#lib/domain/translation.ts';
import type { Db } from '../database/schema.ts';
import { lastTranslations } from './read.ts';
import { listTextGroups } from './texts.ts';

/** A group of texts, and how it stands in each language. */
export interface GroupProgress {
	objet: string;
	nom: string;
	languages: { code: string; counts: Counts }[];
}

/** Every group of texts with what is translated, missing or older than its source, by language. */
export async function listProgress(db: Db): Promise<GroupProgress[]> {
	const groups = await listTextGroups(db);
	const known = await Promise.all(
		translatedLanguages.map(async ({ code }) => ({ code, translations: await lastTranslations(db, code) }))
	);
	return groups.map(({ objet, nom, textes }) => ({
		objet,
		nom,
		languages: known.map(({ code, translations }) => {
			const counts: Counts = { 'a-jour': 0, ancienne: 0, manquante: 0 };
			for (const { cle, french } of textes) counts[standingOf(translations.get(cle), french)] += 1;
			return { code, counts };
		})
	}));
}

/** A text of a group with its translation, as the form shows it. */
export interface TranslatedText extends FrenchText {
	/** The number of the translation that people read; 0 when there is none. */
	version: number;
	texte: string;
	standing: Standing;
	/** The French that the translation tells, where it isn't today's. */
	source: string | null;
	/** What it was before, the newest first. */
	before: { texte: string; at: string; who: string }[];
}

/** A group of texts in one language, or undefined when there is no such group or language. */
export async function findGroup(
	db: Db,
	langue: string,
	objet: string
): Promise<{ langue: Language; nom: string; textes: TranslatedText[] } | undefined> {
	const language = translatedLanguages.find(({ code }) => code === langue);
	const group = (await listTextGroups(db)).find((one) => one.objet === objet);
	if (!language || !group) return undefined;
	const rows = await db
		.selectFrom('translation')
		.select(['id', 'cle', 'source', 'texte', 'at', 'who'])
		.where('langue', '=', langue)
		.where(
			'cle',
			'in',
			group.textes.map(({ cle }) => cle)
		)
		.orderBy('id', 'desc')
		.execute();
	return {
		langue: language,
		nom: group.nom,
		textes: group.textes.map((text): TranslatedText => {
			const [last, ...before] = rows.filter(({ cle }) => cle === text.cle);
			const standing = standingOf(last, text.french);
			return {
				...text,
				version: last?.id ?? 0,
				texte: last?.texte ?? '',
				standing,
				source: last && standing === 'ancienne' ? last.source : null,
				before: before
					.filter(({ texte }) => texte !== '' && texte !== last?.texte)
					.map(({ texte, at, who }) => ({ texte, at, who }))
			};
		})
	};
}
