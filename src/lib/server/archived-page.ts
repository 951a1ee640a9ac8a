import { dateOf } from '#lib/domain/dates.ts';
import { type Fiche, ficheOf } from '#lib/domain/fiche.ts';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import type { Db } from './database/schema.ts';
import { readingOf } from './reading.ts';
import { findServiceById, listCommunesServed, listThemesOf } from './services.ts';

/** What the address of an archived entry says. */
export interface ArchivedPage {
	nom: string;
	/** AAAA-MM-JJ. */
	depuis: string;
	theme: { slug: string; nom: string } | null;
	/** The entry that replaces it, where people read it here. */
	successor: Fiche | null;
	/** Who answers, when the successor has no number. */
	contact: Fiche | null;
	/** The instant of the reading, and those when what it shows changes (epoch milliseconds). */
	at: number;
	changes: (number | undefined)[];
}

/** The page of an entry that people read in this place until it was archived, or undefined. */
export async function findArchivedPage(
	db: Db,
	slug: string,
	scope: string,
	commune: Commune | null
): Promise<ArchivedPage | undefined> {
	const row = await db
		.selectFrom('archive')
		.innerJoin('service', 'service.id', 'archive.service_id')
		.select(['service.id', 'service.nom', 'service.commune', 'archived_at', 'successor_id'])
		.where('service.slug', '=', slug)
		.where('was_published', '=', 1)
		.executeTakeFirst();
	if (!row || !(await isReadIn(db, row, commune))) return undefined;
	const reading = await readingOf(db, scope);
	const theme = (await listThemesOf(db, row.id))[0];
	const next = await findServiceById(db, await lastSuccessor(db, row.successor_id), commune?.slug);
	const successor = next ? ficheOf(next, reading) : null;
	const answers = await findContact(db, theme?.contact_id ?? null, commune);
	const contact = answers && ficheOf(answers, reading);
	return {
		nom: row.nom,
		depuis: dateOf(Date.parse(row.archived_at)),
		theme: theme ? { slug: theme.slug, nom: theme.nom } : null,
		successor,
		contact,
		at: reading.at,
		changes: [successor?.changes, contact?.changes]
	};
}

async function isReadIn(
	db: Db,
	row: { id: number; commune: string | null },
	commune: Commune | null
): Promise<boolean> {
	if (row.commune !== null) return row.commune === commune?.slug;
	if (commune === null) return true;
	return (await listCommunesServed(db, row.id)).some(({ slug }) => slug === commune.slug);
}

/** A successor archived in its turn gives way to its own. */
async function lastSuccessor(db: Db, first: number | null): Promise<number | null> {
	const seen = new Set<number>();
	let last = first;
	while (last !== null && !seen.has(last)) {
		seen.add(last);
		const archive = await db
			.selectFrom('archive')
			.select('successor_id')
			.where('service_id', '=', last)
			.executeTakeFirst();
		if (!archive) return last;
		last = archive.successor_id;
	}
	return null;
}
