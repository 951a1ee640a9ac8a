import type { Atom } from './atoms.ts';
import { clausesOf, sentencesOf, type Clause } from './clauses.ts';
import { readClosing, readException } from './closings.ts';
import { readHours } from './hours-clause.ts';
import {
	addHours,
	endPrefix,
	isEmpty,
	newReading,
	NO_PREFIX,
	refuse,
	wordsOf,
	type Prefix,
	type Reading
} from './reading.ts';
import { FOR_WHICH, WHICH_HOURS, type Statements } from './statements.ts';

/** What the atoms of `text` say. */
export function readStatements(atoms: readonly Atom[], text: string): Statements {
	const reading = newReading(text);
	for (const sentence of sentencesOf(atoms)) readSentence(reading, sentence);
	return reading.said;
}

function readSentence(reading: Reading, sentence: readonly Atom[]): void {
	reading.isUnderHeading = reading.heading.length > 0;
	const labelled = readHead(reading, sentence);
	if (!labelled) return;
	forgetDoubtfulDays(reading, labelled);
	const weight = weightOf(reading);
	const hadPrefix = reading.prefix;
	endPrefix(reading);
	reading.headed = { ...NO_PREFIX };
	reading.heardBefore = reading.said.hours.length;
	reading.recent = [];
	readClauses(reading, clausesOf(labelled, reading.days.length > 0), hadPrefix);
	endOfDays(reading);
	if (weightOf(reading) === weight && labelled.some(({ kind }) => CONDITIONS.includes(kind)))
		refuse(reading, wordsOf(reading, labelled), 'dites-le avec les heures dont il s’agit');
	reading.before = reading.days.length > 0 ? reading.before : [];
}

const CONDITIONS: readonly Atom['kind'][] = ['when', 'sometimes', 'appointment', 'ranks'];

/** How much was said so far. */
function weightOf({ said }: Reading): number {
	const { hours, closings, untils, precisions, problems } = said;
	const conditions = hours.flatMap(({ when, days }) => [...when, ...days.flatMap(({ ranks }) => ranks)]);
	return [hours, closings, untils, precisions, problems, conditions].reduce(
		(sum, list) => sum + list.length,
		0
	);
}

/** A sentence without what heads it: « Accueil téléphonique : », « Période scolaire : ». Undefined when it is all kept aside. */
function readHead(reading: Reading, sentence: readonly Atom[]): readonly Atom[] | undefined {
	const [first, second, third] = sentence;
	if (first?.kind === 'label' && sentence.some(({ kind }) => kind === 'days' || kind === 'span')) {
		const isFirst = reading.said.hours.length === 0 && reading.days.length === 0;
		if (first.phone && !isFirst) {
			reading.said.precisions.push(wordsOf(reading, sentence));
			return undefined;
		}
		if (first.phone || (first.colon && second?.kind === 'colon' && third?.kind !== 'span')) {
			reading.purpose = wordsOf(reading, [first]);
			return sentence.slice(1);
		}
	}
	if (first?.kind === 'when' && second?.kind === 'colon' && third?.kind === 'days') {
		reading.heading = [first.when];
		reading.isUnderHeading = false;
		reading.days = [];
		reading.before = [];
		return sentence.slice(2);
	}
	if (first?.kind === 'when') reading.heading = [];
	return sentence;
}

/** « Vacances scolaires : 10h-12h », after several days: nobody can tell for which. */
function forgetDoubtfulDays(reading: Reading, sentence: readonly Atom[]): void {
	const kinds = sentence.map(({ kind }) => kind);
	const lines = new Set(reading.said.hours.map(({ days }) => JSON.stringify(days)));
	if (kinds[0] === 'when' && kinds.includes('span') && !kinds.includes('days') && lines.size > 1)
		reading.days = [];
}

/** Reads clauses one after the other; `hadPrefix` held in the sentence before. */
export function readClauses(
	reading: Reading,
	clauses: readonly Clause[],
	hadPrefix: Prefix = NO_PREFIX
): void {
	for (const [index, clause] of clauses.entries()) {
		if (clause.before === 'double-slash' || clause.before === 'slash') reading.recent = [];
		const doubtful = clause.before === 'double-slash' ? reading.prefix : index === 0 ? hadPrefix : NO_PREFIX;
		if (clause.before === 'double-slash') endPrefix(reading);
		if (isBareHours(clause) && !isEmpty(doubtful)) {
			refuse(
				reading,
				wordsOf(reading, clause.atoms),
				'on ne sait pas si ce qui est dit des heures d’avant vaut aussi pour celles-ci : redites-le, ou nommez le jour'
			);
			continue;
		}
		if (clause.kind === 'closing') readClosing(reading, clause);
		else if (clause.kind === 'exception') readException(reading, clause);
		else {
			const last = clauses[index - 1];
			const isDoubtful =
				last !== undefined && last.kind !== 'hours' && clause.atoms.every(({ kind }) => kind === 'days');
			if (isDoubtful)
				refuse(
					reading,
					wordsOf(reading, clause.atoms),
					'dites si ce jour est fermé aussi : commencez une nouvelle phrase'
				);
			readHours(reading, clause);
		}
	}
}

/** « 13:30 - 16:30 » and nothing else. */
function isBareHours({ kind, atoms }: Clause): boolean {
	return kind === 'hours' && atoms[0]?.kind === 'span';
}

/** Days that wait for hours at the end of a sentence never got any. */
function endOfDays(reading: Reading): void {
	const { pending, prefix, half } = reading;
	if (pending && prefix.appointment) addHours(reading, undefined, pending.words);
	else if (pending && pending.announced && half === undefined) {
		// « Lundi : » alone on its line: its hours come on the next.
		reading.days = pending.days;
	} else if (pending) refuse(reading, pending.words, WHICH_HOURS);
	else if (half) refuse(reading, half.words, WHICH_HOURS);
	else if (prefix.appointment && !prefix.isUsed && reading.recent.length === 0) {
		if (reading.said.hours.length > 0) refuse(reading, 'sur rendez-vous', FOR_WHICH);
		else addHours(reading, undefined, 'sur rendez-vous');
	}
	reading.pending = undefined;
	reading.half = undefined;
}
