import { existsSync } from 'node:fs';
import path from 'node:path';
import { momentsSchema } from '#lib/domain/territory.ts';
import { now } from './clock.ts';
import { inTransaction } from './database/open.ts';
import type { Db } from './database/schema.ts';
import { keepMomentRevision } from './editing/moments/revisions.ts';
import { readSeedFile, SeedError } from './seed-files.ts';

/**
 * Fills the situations where there are none, as if `author` had written them. A base older than they are receives those of its
 * themes, on the entries that it still has; in a new one, each theme and entry they name exists.
 * @throws SeedError naming the situation and what it names in vain
 */
export async function addMoments(db: Db, folder: string, isOlder: boolean, author: string): Promise<void> {
	const file = path.join(folder, 'moments.yaml');
	if (!existsSync(file) || (await db.selectFrom('moment').select('id').executeTakeFirst())) return;
	const moments = readSeedFile(file, momentsSchema);
	const at = new Date(now()).toISOString();
	await inTransaction(db, async (db) => {
		const services = await db.selectFrom('service').select(['id', 'slug']).execute();
		const ids = new Map(services.map(({ id, slug }) => [slug, id]));
		const themes = new Set((await db.selectFrom('theme').select('slug').execute()).map(({ slug }) => slug));
		const idOf = (slug: string | undefined, from: string) => {
			const id = slug === undefined ? null : ids.get(slug);
			if (id === undefined && !isOlder) throw new SeedError(`${from} : fiche inconnue « ${slug} ».`);
			return id ?? null;
		};
		for (const [position, { slug, etapes, appeler, ...words }] of moments.entries()) {
			if (!themes.has(words.theme)) {
				if (isOlder) continue;
				throw new SeedError(`${slug} : thème inconnu « ${words.theme} ».`);
			}
			const { id } = await db
				.insertInto('moment')
				.values({
					slug,
					position,
					published_at: at,
					archived_at: null,
					archived_by: null,
					successor_id: null
				})
				.returning('id')
				.executeTakeFirstOrThrow();
			const state = {
				...words,
				appeler: idOf(appeler, slug),
				etapes: etapes.map(({ titre, texte, fiche, a_preparer, source }, i) => ({
					cle: String(i + 1),
					titre,
					texte,
					fiche: idOf(fiche, slug),
					a_preparer,
					source: source?.nom ?? null,
					source_lien: source?.url ?? null
				}))
			};
			await keepMomentRevision(db, id, null, state, author, at);
		}
	});
}
