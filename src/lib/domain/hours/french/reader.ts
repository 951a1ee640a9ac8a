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
import { WHICH_HOURS, type Statements } from './statements.ts';

/** What the atoms of `text` say. */
export function readStatements(atoms: readonly Atom[], text: string): Statements {
	const reading = newReading(text);
	for (const sentence of sentencesOf(atoms)) readSentence(reading, sentence);
	return reading.said;
}

function readSentence(reading: Reading, sentence: readonly Atom[]): void {
	const labelled = readHead(reading, sentence);
	if (!labelled) return;
	const hadPrefix = reading.prefix;
	endPrefix(reading);
	reading.recent = [];
	readClauses(reading, clausesOf(labelled, reading.days.length > 0), hadPrefix);
	endOfDays(reading);
	reading.before = reading.days.length > 0 ? reading.before : [];
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
		reading.days = [];
		reading.before = [];
		return sentence.slice(2);
	}
	if (first?.kind === 'when') reading.heading = [];
	return sentence;
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
				'on ne sait pas si ce qui est dit des heures d’avant vaut aussi pour celles-ci : redites-le, ou nommez le jour'
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
					'dites si ce jour est fermé aussi : commencez une nouvelle phrase'
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
	else if (!isEmpty(prefix) && reading.recent.length === 0 && prefix.appointment)
		addHours(reading, undefined, '');
	reading.pending = undefined;
	reading.half = undefined;
}
