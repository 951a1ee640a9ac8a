import * as v from 'valibot';
import { tidyFrench, tidyTyped, tooLong } from './typography.ts';
import { hoursSentence, type Reading } from './fiche.ts';
import { openingAt } from './hours/opening.ts';
import { openingPhrase } from './hours/phrases.ts';
import { problemsSentence, readFrenchHours } from './hours/french/french.ts';
import type { FormErrors } from './forms.ts';
import { inFrench, readsFrench } from './language.ts';

/** Where and when a shared service receives people in one commune. */
export interface Permanence {
	/** Slug of the commune. */
	commune: string;
	/** « Mairie, salle du conseil ». */
	lieu: string;
	adresse: string | null;
	/** OSM opening_hours. */
	horaires_accueil: string;
	precisions: string | null;
}

/** A permanence as it is typed: its days and hours as people write them. */
export interface TypedPermanence {
	lieu: string;
	adresse: string;
	horaires: string;
	precisions: string;
}

/** The longest words of a permanence, in characters. */
export const longestWords = { lieu: 100, adresse: 200, precisions: 300 } as const;

const line = (max: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(max, ({ input }) => tooLong(input.length, max))
	);

const words = (max: number, stored: string | null = null) =>
	v.pipe(
		line(max),
		v.transform((text) => tidyTyped(text, stored ?? '', max))
	);

/** The words of a permanence that is changed. */
type PresentWords = Pick<Permanence, 'lieu' | 'adresse' | 'precisions'>;

const typedSchema = (present?: PresentWords) =>
	v.object({
		lieu: v.pipe(
			words(longestWords.lieu, present?.lieu),
			v.nonEmpty('Dites où : par exemple « Mairie, salle du conseil ».')
		),
		adresse: words(longestWords.adresse, present?.adresse),
		horaires: v.pipe(line(500), v.nonEmpty('Dites quand : par exemple « 1er et 3e mardi du mois, 9h-12h ».')),
		precisions: words(longestWords.precisions, present?.precisions)
	});

/** What was read of a typed permanence, and what was taken for granted; or a French sentence by field. */
export type PermanenceReading =
	| { permanence: Omit<Permanence, 'commune'>; assumptions: string[]; errors?: undefined }
	| { permanence?: undefined; assumptions?: undefined; errors: FormErrors };

/**
 * Reads a permanence as it was typed, with the typography of French where its words aren't those of `present`, the one
 * that is changed. What hours can't hold goes with what is said beside them.
 */
export function readPermanence(typed: TypedPermanence, present?: PresentWords): PermanenceReading {
	const checked = v.safeParse(typedSchema(present), typed);
	const errors: FormErrors = {};
	for (const issue of checked.issues ?? []) errors[String(issue.path?.[0]?.key)] ??= issue.message;
	if (!checked.success) return { errors };
	const { lieu, adresse, horaires, precisions } = checked.output;
	const read = readFrenchHours(horaires);
	if ('problems' in read) return { errors: { horaires: problemsSentence(read.problems) } };
	const said = precisions === '' ? [] : [precisions];
	const more = read.precisions.map(tidyFrench).filter((one) => !precisions.includes(one));
	return {
		permanence: {
			lieu,
			adresse: adresse || null,
			horaires_accueil: read.osm,
			precisions: [...said, ...more].join('\n') || null
		},
		assumptions: read.assumptions
	};
}

/** A permanence as people read it on the page of its service. */
export interface ShownPermanence {
	/** Slug of the commune. */
	commune: string;
	ou: string;
	quand: string;
	/** The same in French; null for whoever reads French. */
	francais: string | null;
	precisions: string | null;
	/** The state at this instant in words, for the reader's own commune. */
	etat: { mot: string; suite: string } | null;
	/** The instant (epoch milliseconds) when `etat` stops being true. */
	changes: number | undefined;
}

/** The permanences of a service as read there and then: the reader's commune first, then the others in their order. */
export function permanencesShown(permanences: readonly Permanence[], reading: Reading): ShownPermanence[] {
	const here = permanences.filter(({ commune }) => commune === reading.scope);
	const elsewhere = permanences.filter(({ commune }) => commune !== reading.scope);
	return [...here, ...elsewhere].map((permanence, i) => {
		const { commune, lieu, adresse, horaires_accueil, precisions } = permanence;
		const opening =
			i < here.length
				? openingAt(horaires_accueil, reading.at, { ...reading.calendar, closures: [] })
				: undefined;
		const phrase = opening && openingPhrase(opening, reading.at);
		return {
			commune,
			ou: [lieu, adresse].filter(Boolean).join(', '),
			quand: hoursSentence(permanence) ?? horaires_accueil,
			francais: readsFrench() ? null : inFrench(() => hoursSentence(permanence)),
			precisions,
			etat: phrase ? { mot: phrase.mot, suite: phrase.suite } : null,
			changes: opening?.changes
		};
	});
}
