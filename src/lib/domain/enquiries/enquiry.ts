import * as v from 'valibot';
import { addDays, type PlainDate, weekdayOf } from '../dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { tidyText } from '../forms.ts';
import { type Place, publicHolidayOn } from '../hours/calendar.ts';
import { isMailAddress } from '../mail.ts';
import { normalisePhone } from '../phone.ts';
import { tidyTyped, tooLong } from '../typography.ts';

/** What residents write about: a question, a difficulty with the site itself, an error in an entry. */
export const enquiryKinds = ['question', 'accessibilite', 'signalement'] as const;
export type EnquiryKind = (typeof enquiryKinds)[number];

/** What came of it. */
export type Outcome = 'repondu' | 'rappele' | 'corrige' | 'inchange' | 'sans-suite' | 'indesirable';

/** What may be wrong in an entry, as residents tick it, in the reader's language. */
export const reportReasons = {
	telephone: () => m.raison_telephone(),
	horaires: () => m.raison_horaires(),
	adresse: () => m.raison_adresse(),
	ferme: () => m.raison_ferme(),
	conditions: () => m.raison_conditions(),
	lien: () => m.raison_lien(),
	autre: () => m.raison_autre()
} as const;
export type ReportReason = keyof typeof reportReasons;

/** The signs that a resident may write, at most. */
export const longestText = 2000;
/** The signs that an answer may have, at most. */
export const longestAnswer = 4000;
/** The signs of a question that everyone reads, at most. */
export const longestPublishedQuestion = 300;
/** A question of one word tells nobody what is asked. */
const shortestQuestion = 10;

const courriel = v.pipe(
	v.string(),
	v.trim(),
	v.check(
		(typed) => typed === '' || isMailAddress(typed),
		() => m.erreur_courriel()
	),
	v.transform((typed) => (typed === '' ? null : typed.toLowerCase()))
);
const telephone = v.pipe(
	v.string(),
	v.trim(),
	v.check(
		(typed) => typed === '' || normalisePhone(typed) !== undefined,
		() => m.erreur_telephone()
	),
	v.transform((typed) => (typed === '' ? null : (normalisePhone(typed) ?? null)))
);

/** A question, as the form sends it. */
export const questionSchema = v.object({
	texte: v.pipe(
		shorterThan(longestText),
		v.minLength(shortestQuestion, () => m.erreur_question_courte())
	),
	courriel,
	telephone
});

/** An error reported on an entry, as the form sends it. */
export const reportSchema = v.pipe(
	v.object({
		raisons: v.pipe(
			v.array(v.string()),
			v.transform((ticked) =>
				(Object.keys(reportReasons) as ReportReason[]).filter((one) => ticked.includes(one))
			)
		),
		texte: shorterThan(longestText),
		courriel
	}),
	v.forward(
		v.partialCheck(
			[['raisons'], ['texte']],
			({ raisons, texte }) => raisons.length > 0 || texte !== '',
			() => m.erreur_raisons()
		),
		['raisons']
	)
);

/** A text of at most this many signs, tidied. */
function shorterThan(longest: number) {
	return v.pipe(
		v.string(),
		v.transform((text) => tidyText(text.toWellFormed())),
		v.check(
			({ length }) => length <= longest,
			({ input }) => tooLong(input.length, longest)
		)
	);
}

/** An answer, as the desk types it: null when there is none. */
export const answerSchema = v.object({
	reponse: v.pipe(
		shorterThan(longestAnswer),
		v.transform((text) => (text === '' ? null : tidyTyped(text, '', longestAnswer)))
	)
});

/** What `anonymise` puts where something told who wrote: a person replaces it, or takes it out. */
const blank = /\[(?:nom|téléphone|courriel)\]/;

/** A text that everyone will read, of at most this many signs. */
function published(longest: number, empty: string) {
	return v.pipe(
		shorterThan(longest),
		v.transform((text) => tidyTyped(text, '', longest)),
		v.minLength(1, empty),
		v.check(
			(text) => !blank.test(text),
			({ input }) =>
				`Ôtez « ${blank.exec(input)?.[0] ?? ''} », ou mettez d’autres mots à la place : tout le monde le lirait.`
		)
	);
}

/** A question and its answer that everyone will read. */
export const publishedAnswerSchema = v.object({
	question: published(longestPublishedQuestion, 'Écrivez la question, comme n’importe qui la poserait.'),
	reponse: published(longestAnswer, 'Écrivez la réponse que tout le monde lira.')
});

/** Days of work to answer a question or to look at a report; days of any kind for a difficulty with the site. */
const workingDays = 5;
const accessibilityDays = 7;

/** The last day to answer what was received on `day`: what the person is told, and after which it is late. */
export function answerBy(kind: EnquiryKind, day: PlainDate, place: Place): PlainDate {
	if (kind === 'accessibilite') return addDays(day, accessibilityDays);
	let date = day;
	for (let left = workingDays; left > 0;) {
		date = addDays(date, 1);
		if (weekdayOf(date) <= 5 && publicHolidayOn(date, place) === undefined) left -= 1;
	}
	return date;
}
