import { existsSync } from 'node:fs';
import path from 'node:path';
import type * as v from 'valibot';
import { translatedLanguages } from '#lib/domain/language.ts';
import { momentsSchema, territorySchema, themesSchema, translationsSchema } from '#lib/domain/territory.ts';
import { translationKeys } from '#lib/domain/translation.ts';
import { now } from './clock.ts';
import { inTransaction } from './database/open.ts';
import type { Db } from './database/schema.ts';
import { momentsIn } from './moments.ts';
import { readSeedFile } from './seed-files.ts';

type Translations = v.InferOutput<typeof translationsSchema>;

/** What a French text of the territory's files is in another language. */
interface Told {
	cle: string;
	source: string;
	texte: string;
}

/**
 * Adds the territory's translations that no base has had yet, as if `author` had written them: what people translated
 * or took away stays. Each tells the French of the territory's files: where people wrote another since, it is older.
 */
export async function addTranslations(db: Db, folder: string, author: string): Promise<void> {
	const files = translatedLanguages
		.map(({ code }) => ({ code, file: path.join(folder, 'traductions', `${code}.yaml`) }))
		.filter(({ file }) => existsSync(file));
	if (files.length === 0) return;
	const sources = {
		territory: readSeedFile(path.join(folder, 'territoire.yaml'), territorySchema),
		themes: readSeedFile(path.join(folder, 'themes.yaml'), themesSchema),
		moments: existsSync(path.join(folder, 'moments.yaml'))
			? readSeedFile(path.join(folder, 'moments.yaml'), momentsSchema)
			: []
	};
	const at = new Date(now()).toISOString();
	await inTransaction(db, async (db) => {
		const steps = await stepsBySlug(db);
		for (const { code, file } of files) {
			const known = new Set(
				(
					await db.selectFrom('translation').select('cle').distinct().where('langue', '=', code).execute()
				).map(({ cle }) => cle)
			);
			const told = toldIn(readSeedFile(file, translationsSchema), sources, steps);
			const rows = told
				.filter(({ cle }) => !known.has(cle))
				.map((one) => ({ ...one, langue: code, at, account_id: null, who: author }));
			for (let i = 0; i < rows.length; i += 100)
				await db
					.insertInto('translation')
					.values(rows.slice(i, i + 100))
					.execute();
		}
	});
}

/** The situations that people read, by slug: their number, and the key of each step by its title. */
async function stepsBySlug(db: Db) {
	return new Map(
		(await momentsIn(db)).map(({ id, slug, common }) => [
			slug,
			{ id, keys: new Map(common.etapes.map(({ titre, cle }) => [titre, cle])) }
		])
	);
}

function toldIn(
	{ territoire, themes, moments }: Translations,
	sources: {
		territory: v.InferOutput<typeof territorySchema>;
		themes: v.InferOutput<typeof themesSchema>;
		moments: v.InferOutput<typeof momentsSchema>;
	},
	known: Awaited<ReturnType<typeof stepsBySlug>>
): Told[] {
	const told: Told[] = [];
	const add = (cle: string, source: string, texte: string | undefined) => {
		if (texte !== undefined) told.push({ cle, source, texte });
	};
	for (const field of ['accroche', 'introduction'] as const)
		add(translationKeys.territory(field), sources.territory[field], territoire[field]);
	for (const theme of sources.themes) {
		const words = themes[theme.slug];
		for (const field of ['nom', 'question', 'accroche', 'introduction'] as const)
			add(translationKeys.theme(theme.slug, field), theme[field], words?.[field]);
		for (const { slug, nom } of theme.sections)
			add(translationKeys.section(theme.slug, slug), nom, words?.sections[slug]);
	}
	for (const moment of sources.moments) {
		const words = moments[moment.slug];
		const present = known.get(moment.slug);
		if (!words || !present) continue;
		for (const field of ['nom', 'accroche', 'introduction'] as const)
			add(translationKeys.moment(present.id, field), moment[field], words[field]);
		for (const [i, step] of moment.etapes.entries()) {
			const key = present.keys.get(step.titre);
			const said = words.etapes[i];
			if (key === undefined || !said) continue;
			for (const field of ['titre', 'texte'] as const)
				add(translationKeys.step(present.id, key, field), step[field], said[field]);
			add(
				translationKeys.step(present.id, key, 'a_preparer'),
				step.a_preparer.join('\n'),
				said.a_preparer?.join('\n')
			);
		}
	}
	return told;
}
