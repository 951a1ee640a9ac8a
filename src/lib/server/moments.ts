import { ficheOf } from '#lib/domain/fiche.ts';
import {
	isVaried,
	momentRead,
	type MomentState,
	type MomentVariant,
	noVariant,
	type ReadMoment
} from '#lib/domain/moments/state.ts';
import type { Moment, MomentLink, Step } from '#lib/domain/moments/page.ts';
import { momentTold, type ToldMoment } from '#lib/domain/moments/told.ts';
import { stepSourceLink } from '#lib/domain/sources.ts';
import { readsFrench } from '#lib/domain/language.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Commune } from './communes.ts';
import { findContact } from './contacts.ts';
import { keptUntilEdit } from './database/kept.ts';
import type { Db } from './database/schema.ts';
import { type Follow, readMerged } from './merged.ts';
import { readingOf } from './reading.ts';
import { findServiceById } from './services.ts';
import { findTheme } from './themes.ts';
import { translatorOf } from './translations/read.ts';

/** What a situation says in one place. */
export interface KnownMoment {
	id: number;
	slug: string;
	state: ReadMoment;
	/** What it says in common. */
	common: MomentState;
	/** What is read, in the reader's language. */
	told: ToldMoment;
	/** Whether the commune leaves it out of its pages. */
	isHidden: boolean;
	/** Whether the commune says something of it in its own way. */
	isVaried: boolean;
}

/** The situations that people may read there, the most useful first: in the commune's own order where it has one. */
export async function momentsIn(db: Db, commune?: string): Promise<KnownMoment[]> {
	return keptUntilEdit(db, `moments ${getLocale()} ${commune ?? ''}`, async () => {
		const rows = await db
			.selectFrom('moment')
			.leftJoin('moment_order', (join) =>
				join.onRef('moment_order.moment_id', '=', 'moment.id').on('moment_order.commune', '=', commune ?? '')
			)
			.leftJoin('hidden_moment', (join) =>
				join
					.onRef('hidden_moment.moment_id', '=', 'moment.id')
					.on('hidden_moment.commune', '=', commune ?? '')
			)
			.select(['moment.id', 'slug', 'hidden_at'])
			.where('published_at', 'is not', null)
			.where('archived_at', 'is', null)
			.orderBy((eb) => eb('moment_order.position', 'is', null))
			.orderBy('moment_order.position')
			.orderBy('moment.position')
			.orderBy('moment.id')
			.execute();
		const states = await lastStates(db, commune);
		const translator = await translatorOf(db);
		return rows.flatMap(({ id, slug, hidden_at }): KnownMoment[] => {
			const { common, own } = states.get(id) ?? {};
			if (!common) return [];
			// Someone in danger would look for it in vain.
			const isHidden = hidden_at !== null && !common.urgence;
			return [
				{
					id,
					slug,
					common,
					state: momentRead(common, own),
					told: momentTold(id, common, own, translator, !readsFrench()),
					isHidden,
					isVaried: isVaried(own ?? noVariant)
				}
			];
		});
	});
}

/** What a situation says, the entries that were made into others being those others. */
export function followed<State extends MomentState | MomentVariant>(state: State, follow: Follow): State {
	const steps = <Step extends { fiche: number | null }>(all: readonly Step[]) =>
		all.map((step) => ({ ...step, fiche: follow(step.fiche) }));
	return 'ajouts' in state
		? { ...state, ajouts: steps(state.ajouts) }
		: { ...state, appeler: follow(state.appeler), etapes: steps(state.etapes) };
}

/** What each situation says now, in common and in this commune, by its number. */
export async function lastStates(
	db: Db,
	commune?: string
): Promise<Map<number, { common?: MomentState; own?: MomentVariant }>> {
	const rows = await db
		.selectFrom('moment_revision')
		.select(['moment_id', 'commune', 'state'])
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('moment_revision')
				.select(({ fn }) => fn.max('id').as('id'))
				.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', '=', commune ?? '')]))
				.groupBy(['moment_id', 'commune'])
		)
		.execute();
	const follow = await readMerged(db);
	const states = new Map<number, { common?: MomentState; own?: MomentVariant }>();
	for (const { moment_id, commune, state } of rows) {
		const read = JSON.parse(state) as unknown;
		states.set(moment_id, {
			...states.get(moment_id),
			...(commune === null
				? { common: followed(read as MomentState, follow) }
				: { own: followed(read as MomentVariant, follow) })
		});
	}
	return states;
}

/** The situations that lists name there, in their order. */
export async function listMoments(db: Db, commune?: string): Promise<MomentLink[]> {
	return (await momentsIn(db, commune)).filter(({ isHidden }) => !isHidden).map(linkOf);
}

function linkOf({ slug, told }: KnownMoment): MomentLink {
	const { theme, urgence } = told;
	return { slug, theme, urgence, ...namesOf(told) };
}

function namesOf({ nom, accroche }: ToldMoment): Pick<MomentLink, 'nom' | 'accroche' | 'enFrancais'> {
	return {
		nom: nom.texte,
		accroche: accroche.texte,
		enFrancais: [...(nom.fr ? ['nom' as const] : []), ...(accroche.fr ? ['accroche' as const] : [])]
	};
}

/** The situation of this slug as read in `scope` (a commune, or null in the common base), or undefined; so is a hidden one. */
export async function findMoment(
	db: Db,
	slug: string,
	scope: string,
	commune: Commune | null
): Promise<Moment | undefined> {
	const known = (await momentsIn(db, commune?.slug)).find((one) => one.slug === slug);
	return known && readMoment(db, slug, known.told, scope, commune);
}

/** What a situation would say there, with the entries as they are read now. */
export async function readMoment(
	db: Db,
	slug: string,
	told: ToldMoment,
	scope: string,
	commune: Commune | null
): Promise<Moment> {
	const reading = await readingOf(db, scope);
	const theme = await findTheme(db, told.theme, commune?.slug);
	const first = await findContact(db, told.appeler, commune);
	const appeler = first && ficheOf(first, reading);
	const answers = told.urgence ? await findContact(db, null, commune) : first;
	const contact = answers && ficheOf(answers, reading);
	const etapes = await Promise.all(
		told.etapes.map(async (step): Promise<Step> => {
			const service = await findServiceById(db, step.fiche, commune?.slug);
			return {
				titre: step.titre,
				texte: step.texte,
				fiche: service ? ficheOf(service, reading) : null,
				aPreparer: step.aPreparer,
				source:
					step.source === null
						? null
						: { nom: step.source, lien: stepSourceLink(step.source_lien, service ?? null) }
			};
		})
	);
	return {
		slug,
		...namesOf(told),
		introduction: told.introduction,
		theme: { slug: told.theme, nom: theme?.nom ?? '' },
		urgence: told.urgence,
		appeler,
		contact,
		etapes,
		at: reading.at,
		changes: [appeler?.changes, contact?.changes, ...etapes.map(({ fiche }) => fiche?.changes)]
	};
}
