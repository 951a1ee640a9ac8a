import { type Fiche, ficheOf } from '#lib/domain/fiche.ts';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';
import { readingOf } from './reading.ts';
import { findServiceById } from './services.ts';

/** A situation as lists name it. */
export interface MomentLink {
	slug: string;
	nom: string;
	accroche: string;
	theme: string;
	urgence: boolean;
}

/** One thing to do, and the entry that settles it where people read that entry here. */
export interface Step {
	titre: string;
	texte: string;
	fiche: Fiche | null;
	aPreparer: string[];
	/** Who says so, when it isn't the entry. */
	source: { nom: string; lien: string | null } | null;
}

/** A situation as read in one place at one instant. */
export interface Moment extends Omit<MomentLink, 'theme'> {
	introduction: string;
	theme: { slug: string; nom: string };
	/** Whom to call first; null where nobody with a number is known. */
	appeler: Fiche | null;
	/** Who answers a question: whom to call first, save in an emergency, whose number is no help desk. */
	contact: Fiche | null;
	etapes: Step[];
	/** The instant of the reading, and those when what it shows changes (epoch milliseconds). */
	at: number;
	changes: (number | undefined)[];
}

/** The situations in their order, the most useful first. */
export async function listMoments(db: Db): Promise<MomentLink[]> {
	return keptUntilEdit(db, 'moments', async () => {
		const rows = await db
			.selectFrom('moment')
			.select(['slug', 'nom', 'accroche', 'theme', 'urgence'])
			.orderBy('position')
			.execute();
		return rows.map(({ urgence, ...row }) => ({ ...row, urgence: urgence === 1 }));
	});
}

/** The situation of this slug as read in `scope` (a commune, or null in the common base), or undefined. */
export async function findMoment(
	db: Db,
	slug: string,
	scope: string,
	commune: Commune | null
): Promise<Moment | undefined> {
	const row = await db
		.selectFrom('moment')
		.innerJoin('theme', 'theme.slug', 'moment.theme')
		.select(['moment.id', 'moment.nom', 'moment.accroche', 'moment.introduction', 'urgence'])
		.select(['moment.contact_id', 'theme.slug as theme_slug', 'theme.nom as theme_nom'])
		.where('moment.slug', '=', slug)
		.executeTakeFirst();
	if (!row) return undefined;
	const reading = await readingOf(db, scope);
	const first = await findContact(db, row.contact_id, commune);
	const appeler = first && ficheOf(first, reading);
	const answers = row.urgence === 1 ? await findContact(db, null, commune) : first;
	const contact = answers && ficheOf(answers, reading);
	const steps = await db
		.selectFrom('moment_step')
		.select(['titre', 'texte', 'service_id', 'a_preparer', 'source', 'source_lien'])
		.where('moment_id', '=', row.id)
		.orderBy('position')
		.execute();
	const etapes = await Promise.all(
		steps.map(async (step): Promise<Step> => {
			const service = await findServiceById(db, step.service_id, commune?.slug);
			return {
				titre: step.titre,
				texte: step.texte,
				fiche: service ? ficheOf(service, reading) : null,
				aPreparer: JSON.parse(step.a_preparer) as string[],
				source: step.source === null ? null : { nom: step.source, lien: step.source_lien }
			};
		})
	);
	return {
		slug,
		nom: row.nom,
		accroche: row.accroche,
		introduction: row.introduction,
		theme: { slug: row.theme_slug, nom: row.theme_nom },
		urgence: row.urgence === 1,
		appeler,
		contact,
		etapes,
		at: reading.at,
		changes: [appeler?.changes, contact?.changes, ...etapes.map(({ fiche }) => fiche?.changes)]
	};
}
