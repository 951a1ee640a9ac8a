import type { Atom, Days, When } from './atoms.ts';
import { noStatements, type Hours, type Statements } from './statements.ts';
import { tidy } from './text.ts';
import type { Half } from './words.ts';

/** What holds for the hours that follow it, until other days or a break: « sur RDV : », « semaines paires : ». */
export interface Prefix {
	when: When[];
	appointment: boolean;
	sometimes?: string;
	comment?: string;
	/** Whether hours came after it. */
	isUsed?: true;
}

/** The reading of a text in progress: what was said last, on which what comes depends. */
export interface Reading {
	text: string;
	said: Statements;
	/** Conditions of a heading: « Période scolaire : lundi… », until the next one. */
	heading: When[];
	/** « Agence postale : lundi… »: for what, until the next one. */
	purpose: string | undefined;
	/** The days that hours are being given to. */
	days: Days[];
	/** Days named, whose hours haven't come yet. */
	pending: { days: Days[]; announced: boolean; words: string } | undefined;
	prefix: Prefix;
	/** What of the prefix was said since the last hours. */
	foretold: Partial<Prefix>;
	/** How many hours had been given before this sentence. */
	heardBefore: number;
	/** What was said before any day of the sentence, of all of them: « sur rendez-vous du lundi au vendredi ». */
	headed: Prefix;
	/** Whether the heading stands in an earlier sentence. */
	isUnderHeading: boolean;
	/** Conditions said before the days: « semaines paires, jeudi : ». */
	before: When[];
	half: { half: Half; words: string } | undefined;
	/** The hours given since the last days, slash or sentence: what follows them may be about them all. */
	recent: Hours[];
	/** Whether something was said after them: hours that come next begin anew. */
	isQualified: boolean;
	adds: boolean;
	/** Set inside a note or an exception. */
	replaces: boolean;
}

export const NO_PREFIX: Prefix = { when: [], appointment: false };

/** A reading that has read nothing. */
export function newReading(text: string): Reading {
	return {
		text,
		said: noStatements(),
		heading: [],
		purpose: undefined,
		days: [],
		pending: undefined,
		prefix: { ...NO_PREFIX },
		foretold: {},
		heardBefore: 0,
		headed: { ...NO_PREFIX },
		isUnderHeading: false,
		before: [],
		half: undefined,
		recent: [],
		isQualified: false,
		adds: false,
		replaces: false
	};
}

/** The words of the text that some atoms hold. */
export function wordsOf(reading: Reading, atoms: readonly Atom[]): string {
	return tidy(reading.text.slice(atoms[0]?.from ?? 0, atoms.at(-1)?.to ?? 0));
}

/** Notes that a piece of the text can't be read. */
export function refuse(reading: Reading, fragment: string, sentence: string): void {
	reading.said.problems.push({ fragment, sentence });
}

/** Whether a prefix says nothing. */
export function isEmpty({ when, appointment, sometimes, comment }: Prefix): boolean {
	return when.length === 0 && !appointment && sometimes === undefined && comment === undefined;
}

/** What was said of the hours that follow no longer holds. */
export function endPrefix(reading: Reading): void {
	reading.prefix = { ...NO_PREFIX };
	reading.foretold = {};
	reading.half = undefined;
}

/** Says something of the hours that follow. */
export function foretell(reading: Reading, what: Omit<Partial<Prefix>, 'when' | 'isUsed'>): void {
	reading.prefix = { ...reading.prefix, ...what };
	reading.foretold = { ...reading.foretold, ...what };
}

/** Says something of the hours just given, all of them, and tells that it was so understood. */
export function about(reading: Reading, change: (hours: Hours) => void): void {
	const { recent } = reading;
	recent.forEach(change);
	reading.isQualified = true;
	if (recent.length > 1)
		reading.said.assumptions.push(
			`ce qui suit « ${recent.at(-1)?.words ?? ''} » est lu pour « ${recent.map(({ words }) => words).join(' » et « ')} »`
		);
}

/** Gives hours to the days being read; a whole day by appointment without `span`. */
export function addHours(reading: Reading, span: Hours['span'] | undefined, words: string): void {
	const { pending, prefix, half } = reading;
	if (pending) {
		reading.days = pending.days;
		reading.pending = undefined;
		reading.recent = [];
	}
	if (reading.isQualified) reading.recent = [];
	reading.isQualified = false;
	if (reading.heading.length > 0 && reading.isUnderHeading)
		reading.said.assumptions.push(`la période dite plus haut est lue aussi pour « ${words} »`);
	const comment = prefix.comment ?? reading.purpose;
	const hours: Hours = {
		days: reading.days,
		span: span ?? { debut: '00:00', fin: '24:00' },
		when: [...reading.heading, ...reading.before, ...prefix.when],
		appointment: prefix.appointment,
		...(comment !== undefined && { comment }),
		...(prefix.sometimes !== undefined && { sometimes: prefix.sometimes }),
		adds: reading.adds,
		replaces: reading.replaces,
		words
	};
	if (half) checkHalf(reading, half.half, hours);
	reading.half = undefined;
	reading.adds = false;
	reading.prefix = { ...prefix, isUsed: true };
	reading.foretold = {};
	reading.recent.push(hours);
	reading.said.hours.push(hours);
}

/** A half of the day as it is written. */
export const halfWords = (half: Half): string => (half === 'apres-midi' ? 'après-midi' : half);

/** Refuses hours that aren’t of that half of the day. */
export function checkHalf(reading: Reading, half: Half, { span: { debut, fin }, words }: Hours): void {
	const isRight =
		half === 'matin'
			? debut < '12:00' && fin <= '14:30' && fin > debut
			: half === 'apres-midi'
				? debut >= '12:00'
				: debut >= '16:00';
	if (!isRight) refuse(reading, words, `ces heures ne sont pas celles d’un ${halfWords(half)}`);
}
