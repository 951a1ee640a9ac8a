import { addDays, dateOf, type PlainDate } from '#lib/domain/dates.ts';
import {
	type Ask,
	patienceDays,
	type Progress,
	progressOf,
	type Standing,
	standingOf
} from '#lib/domain/freshness/review.ts';
import { defaultRhythm, hasContent, nextReview, type Rhythm } from '#lib/domain/freshness/rhythm.ts';
import type { ServiceFacts } from '#lib/domain/service.ts';
import type { Db } from '../database/schema.ts';
import { type People, readPeople } from './people.ts';

/** How one published entry stays true. */
export interface Review {
	id: number;
	slug: string;
	nom: string;
	nature: ServiceFacts['nature'];
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
	telephone: string | null;
	/** The line of whoever keeps it, for professionals only. */
	professionalLine: string | null;
	rhythm: Rhythm;
	isDefaultRhythm: boolean;
	/** Its last verification, on the day asked for or before; null when nobody ever verified it. */
	verification: { on: PlainDate; by: string } | null;
	/** The number of the last verification, 0 for none: what was asked before it was answered. */
	lastVerification: number;
	/** The day on which it is looked at again; undefined when it never is. */
	next: PlainDate | undefined;
	isDue: boolean;
	people: People;
	/** Who was asked about it since it is due. */
	asks: readonly Ask[];
	progress: Progress;
	standing: Standing;
}

/** How each published entry stands on `today`, or those of these ids, in alphabetical order. */
export async function listReviews(db: Db, today: PlainDate, ids?: readonly number[]): Promise<Review[]> {
	const rows = await publishedRows(db, ids);
	const peopleOf = await readPeople(db);
	const seasonal = await listSeasonal(db);
	const rhythms = new Map(
		(await db.selectFrom('review_rhythm').selectAll().execute()).map(({ service_id, rhythm }) => [
			service_id,
			rhythm
		])
	);
	const byService = <Row extends { service_id: number }>(list: Row[]) =>
		Map.groupBy(list, ({ service_id }) => service_id);
	const verifications = byService(
		await db.selectFrom('verification').selectAll().orderBy('verifie_le').orderBy('id').execute()
	);
	const requests = byService(await db.selectFrom('review_request').selectAll().execute());
	return rows
		.map((row) => {
			const facts = {
				...row,
				nature: row.nature as ServiceFacts['nature'],
				urgence: row.urgence === 1,
				isSeasonal: seasonal.has(row.id)
			};
			const history = verifications.get(row.id) ?? [];
			// One dated ahead, by a clock since put right, must not silence anyone for years.
			const last = history.findLast(({ verifie_le }) => verifie_le <= today);
			const lastVerification = Math.max(0, ...history.map(({ id }) => id));
			const chosen = rhythms.get(row.id);
			const rhythm = chosen ?? defaultRhythm(facts);
			const published = dateOf(Date.parse(row.published_at));
			const next = nextReview(rhythm, last?.verifie_le ?? (published < today ? published : today));
			const people = peopleOf(row);
			const isWorthwhile = hasContent(facts);
			const isDue = isWorthwhile && next !== undefined && next <= today;
			const asks = (requests.get(row.id) ?? [])
				.filter(
					({ after_verification, asked_on }) =>
						after_verification === lastVerification &&
						// What was asked by hand long before it was due is no silence about this term.
						(!isDue || addDays(asked_on, patienceDays) >= next)
				)
				.map(({ courriel, rank, asked_on }) => ({ courriel, rank, on: asked_on }));
			const addresses = (of: People['first']) => of.map(({ courriel }) => courriel);
			const progress = progressOf(
				asks,
				{ first: addresses(people.first), second: addresses(people.second) },
				today
			);
			return {
				id: row.id,
				slug: row.slug,
				nom: row.nom,
				nature: facts.nature,
				commune: row.commune,
				telephone: row.telephone,
				professionalLine: row.professional_line,
				rhythm,
				isDefaultRhythm: chosen === undefined,
				verification: last ? { on: last.verifie_le, by: last.verifie_par } : null,
				lastVerification,
				next,
				isDue,
				people,
				asks,
				progress,
				standing: standingOf({ rhythm, isWorthwhile, next }, progress, today)
			};
		})
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

/** How this entry stands on `today`; undefined when it isn't published. */
export async function findReview(db: Db, id: number, today: PlainDate): Promise<Review | undefined> {
	const [review] = await listReviews(db, today, [id]);
	return review;
}

function publishedRows(db: Db, ids?: readonly number[]) {
	return db
		.selectFrom('service')
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.leftJoin('professional_contact as professional', 'professional.service_id', 'service.id')
		.select('professional.telephone as professional_line')
		.select([
			'service.id',
			'slug',
			'nom',
			'nature',
			'commune',
			'urgence',
			'mode_garde',
			'horaires_accueil',
			'horaires_precisions',
			'service.telephone',
			'sms',
			'service.courriel',
			'site_web',
			'adresse',
			'published_at'
		])
		.$if(ids !== undefined, (query) => query.where('service.id', 'in', ids ?? []))
		.execute();
}

/** The entries that live by the school year: each of their themes is of school age, or the agenda. */
async function listSeasonal(db: Db): Promise<Set<number>> {
	const places = await db
		.selectFrom('service_theme')
		.innerJoin('theme', 'theme.slug', 'service_theme.theme')
		.select(['service_id', 'theme.slug', 'theme.volet'])
		.execute();
	const isOfSchoolAge = ({ slug, volet }: (typeof places)[number]) =>
		volet === 'enfance' || volet === 'jeunesse' || slug === 'agenda';
	return new Set(
		[...Map.groupBy(places, ({ service_id }) => service_id)]
			.filter(([, themes]) => themes.every(isOfSchoolAge))
			.map(([id]) => id)
	);
}
