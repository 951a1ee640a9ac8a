import { addMonths, type PlainDate } from '../dates.ts';
import { isIncomplete, type ServiceFacts } from '../service.ts';

/*
 * When an entry is looked at again. Verifying and editing are two things: only a verification begins a new term.
 */

/** How often an entry is looked at again. */
export const rhythms = ['6-mois', '12-mois', '1er-septembre', 'jamais'] as const;
export type Rhythm = (typeof rhythms)[number];

/** How a person reads them. */
export const rhythmNames: Readonly<Record<Rhythm, string>> = {
	'6-mois': 'Tous les 6 mois',
	'12-mois': 'Tous les 12 mois',
	'1er-septembre': 'Chaque 1er septembre, à la rentrée',
	jamais: 'Jamais'
};

/** What a rhythm depends on. */
export type Reviewed = Pick<
	ServiceFacts,
	| 'nature'
	| 'urgence'
	| 'mode_garde'
	| 'horaires_accueil'
	| 'horaires_precisions'
	| 'telephone'
	| 'sms'
	| 'courriel'
	| 'site_web'
	| 'adresse'
> & {
	/** Whether it lives by the school year: every theme it stands in is of school age, or the agenda. */
	isSeasonal: boolean;
};

/**
 * The rhythm of an entry nobody chose one for: emergency numbers never change; schools and activities do at the start
 * of the school year; hours are looked at twice a year, the rest once.
 */
export function defaultRhythm(entry: Reviewed): Rhythm {
	if (entry.urgence) return 'jamais';
	if (entry.nature === 'service' && (entry.isSeasonal || isOfSchoolYear(entry.mode_garde)))
		return '1er-septembre';
	const hasHours = entry.horaires_accueil !== null || entry.horaires_precisions !== null;
	return entry.nature === 'service' && hasHours ? '6-mois' : '12-mois';
}

function isOfSchoolYear(modeGarde: string | null): boolean {
	return modeGarde === 'accueil-periscolaire' || modeGarde === 'accueil-de-loisirs';
}

/** The rhythms that can be chosen for it: « jamais » only where nobody of the territory could know better. */
export function rhythmsFor({ nature }: Pick<Reviewed, 'nature'>): readonly Rhythm[] {
	return nature === 'numero' || nature === 'site' ? rhythms : rhythms.filter((one) => one !== 'jamais');
}

/** Whether there is anything to verify: a service that only has a name is to be completed first. */
export function hasContent(entry: Reviewed): boolean {
	return (
		!isIncomplete(entry) ||
		entry.adresse !== null ||
		entry.site_web !== null ||
		entry.horaires_accueil !== null ||
		entry.horaires_precisions !== null
	);
}

/**
 * The day on which an entry is looked at again. `since`: the day of its last verification, else of its publication.
 * Undefined when it never is.
 */
export function nextReview(rhythm: Rhythm, since: PlainDate): PlainDate | undefined {
	switch (rhythm) {
		case '6-mois':
			return addMonths(since, 6);
		case '12-mois':
			return addMonths(since, 12);
		case '1er-septembre':
			return nextStartOfSchool(since);
		case 'jamais':
			return undefined;
	}
}

/** The first 1 September after `since`. In August people already say what the new school year will be. */
function nextStartOfSchool(since: PlainDate): PlainDate {
	const year = Number(since.slice(0, 4));
	const isForNextYear = since.slice(5) >= '08-01';
	return `${String(isForNextYear ? year + 1 : year).padStart(4, '0')}-09-01`;
}
