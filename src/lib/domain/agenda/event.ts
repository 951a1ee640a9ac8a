import * as v from 'valibot';
import { isDate, isLocalTime } from '../dates.ts';
import { isMailAddress } from '../mail.ts';
import { normalisePhone } from '../phone.ts';
import { isSlug } from '../reserved.ts';
import { tooLong } from '../typography.ts';
import { readRepetition } from './repetition.ts';

/*
 * An event: something one goes to, once or again and again, or a project that has no date yet.
 * One schema checks it wherever it comes from: seed, form, calendar file.
 */

/** Nobody reads a draft, everybody what is published; an archived one has left the agenda. */
export const eventStates = ['brouillon', 'publie', 'archive'] as const;
export type EventState = (typeof eventStates)[number];

/** When an event begins or ends: a day ('AAAA-MM-JJ'), or a time of a clock in Paris ('AAAA-MM-JJTHH:MM'). */
export type EventTime = string;

/** Words that follow `/mairie/agenda` in an address: no event may bear one as its slug. */
export const reservedInAgenda = ['importer', 'nouveau'] as const;

/**
 * One date that doesn't follow the repetition, named by when it begins: one more (`ajout`), one that isn't held at all
 * (`retrait`), one that was announced and is cancelled (`annulation`).
 */
export interface EventDate {
	debut: EventTime;
	nature: 'ajout' | 'retrait' | 'annulation';
	/** Why, for one that is cancelled; may be empty. */
	mot: string;
}

const text = (max: number) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(max, ({ input }) => tooLong(input.length, max))
	);
const optionalText = (max: number) =>
	v.optional(
		v.nullable(
			v.pipe(
				text(max),
				v.transform((words) => (words === '' ? null : words))
			)
		),
		null
	);
const eventTime = v.pipe(
	v.string(),
	v.check((time) => isDate(time) || isLocalTime(time), 'Cette date n’existe pas.')
);
const webAddress = v.pipe(
	v.string(),
	v.check(
		(address) => /^https?:\/\//i.test(address) && URL.canParse(address) && address.length <= 300,
		'Cette adresse internet n’est pas complète : écrivez par exemple https://www.exemple.fr.'
	)
);

/** The longest title, in characters: it stands in a list beside its date. */
export const longestTitle = 80;
/** The most dates that stand apart from a repetition. */
export const mostDates = 200;

/** The fields of an event. Days and times are those of Paris. */
export const eventEntries = {
	titre: v.pipe(text(longestTitle), v.nonEmpty('Écrivez le titre : ce que les gens liront en premier.')),
	description: v.optional(text(2000), ''),
	theme: v.optional(v.nullable(v.pipe(v.string(), v.check(isSlug))), null),
	pour_qui: optionalText(120),
	organisateur: optionalText(120),
	frais: v.optional(v.nullable(v.picklist(['gratuit', 'payant'], 'Choisissez dans la liste.')), null),
	frais_precisions: optionalText(200),
	/** The place, when the directory knows it: the number of its entry. */
	service_id: v.optional(v.nullable(v.pipe(v.number(), v.integer())), null),
	lieu: optionalText(120),
	adresse: optionalText(200),
	inscription: optionalText(300),
	telephone: v.optional(
		v.nullable(
			v.pipe(
				v.string(),
				v.check(
					(value) => normalisePhone(value) !== undefined,
					'Ce numéro n’est pas complet : écrivez par exemple 04 65 71 00 01.'
				),
				v.transform((value) => normalisePhone(value) ?? value)
			)
		),
		null
	),
	courriel: v.optional(
		v.nullable(
			v.pipe(v.string(), v.check(isMailAddress, 'Une adresse de courriel s’écrit comme accueil@exemple.fr.'))
		),
		null
	),
	lien: v.optional(v.nullable(webAddress), null),
	/** null: a project that has no date yet. */
	debut: v.optional(v.nullable(eventTime), null),
	/** When the first date ends: the same kind as `debut`; the last day included. null when nothing is said of it. */
	fin: v.optional(v.nullable(eventTime), null),
	/** RFC 5545, of the kinds that `repetition.ts` knows; null for one date. */
	rrule: v.optional(
		v.nullable(
			v.pipe(
				v.string(),
				v.check((rule) => readRepetition(rule) !== undefined, 'Cette répétition n’est pas connue ici.')
			)
		),
		null
	),
	/** Whether the repetition stops during the school holidays. */
	hors_vacances: v.optional(v.boolean(), false),
	dates: v.optional(
		v.pipe(
			v.array(
				v.object({
					debut: eventTime,
					nature: v.picklist(['ajout', 'retrait', 'annulation']),
					mot: v.optional(text(200), '')
				})
			),
			v.maxLength(mostDates, `Il y a trop de dates : ${mostDates} au plus.`)
		),
		[]
	),
	/** Why all of it is cancelled, may be empty; null when it isn't. */
	annulation: v.optional(v.nullable(text(200)), null),
	/** Whom it is for; nobody in particular means the whole territory. */
	communes: v.optional(v.array(v.pipe(v.string(), v.check(isSlug))), []),
	source: optionalText(300)
};

/** All that is said of an event. */
export const eventSchema = v.pipe(
	v.object(eventEntries),
	v.forward(
		v.check(
			({ debut, fin }) => fin === null || (debut !== null && debut.length === fin.length && fin >= debut),
			'La fin vient avant le début.'
		),
		['fin']
	),
	v.forward(
		v.check(
			({ debut, rrule, dates }) => debut !== null || (rrule === null && dates.length === 0),
			'Une répétition demande une première date.'
		),
		['debut']
	)
);

/** All that is said of an event. */
export type EventFacts = v.InferOutput<typeof eventSchema>;

/** Whether this begins, or ends, at a time of the day; otherwise it lasts whole days. */
export function isTimed(time: EventTime): boolean {
	return time.length > 10;
}
