import type { Atom, Days, When } from './atoms.ts';
import { clausesOf, sentencesOf, type Clause } from './clauses.ts';
import { daysWords, withRanks } from './days.ts';
import { readClosing, readException } from './closings.ts';
import { readNote } from './notes.ts';
import { noStatements, type Hours, type Statements } from './statements.ts';
import { tidy } from './text.ts';
import type { Half } from './words.ts';

/** What holds for the hours that follow it, until other days or a break: « sur RDV : », « semaines paires : ». */
export interface Prefix {
	when: When[];
	appointment: boolean;
	sometimes?: string;
	comment?: string;
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

const NO_PREFIX: Prefix = { when: [], appointment: false };

/** What the atoms of `text` say. */
export function readStatements(atoms: readonly Atom[], text: string): Statements {
	const reading: Reading = {
		text,
		said: noStatements(),
		heading: [],
		purpose: undefined,
		days: [],
		pending: undefined,
		prefix: { ...NO_PREFIX },
		before: [],
		half: undefined,
		recent: [],
		isQualified: false,
		adds: false,
		replaces: false
	};
	for (const sentence of sentencesOf(atoms)) readSentence(reading, sentence);
	return reading.said;
}

/** The words of the text that some atoms hold. */
export function wordsOf(reading: Reading, atoms: readonly Atom[]): string {
	return tidy(reading.text.slice(atoms[0]?.from ?? 0, atoms.at(-1)?.to ?? 0));
}

/** Notes that a piece of the text can't be read. */
export function refuse(reading: Reading, fragment: string, sentence: string): void {
	reading.said.problems.push({ fragment, sentence });
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
export function readClauses(reading: Reading, clauses: readonly Clause[], hadPrefix: Prefix = NO_PREFIX): void {
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
				refuse(reading, wordsOf(reading, clause.atoms), 'dites si ce jour est fermé aussi : commencez une nouvelle phrase');
			readHours(reading, clause);
		}
	}
}

/** « 13:30 - 16:30 » and nothing else. */
function isBareHours({ kind, atoms }: Clause): boolean {
	return kind === 'hours' && atoms[0]?.kind === 'span';
}

function isEmpty({ when, appointment, sometimes, comment }: Prefix): boolean {
	return when.length === 0 && !appointment && sometimes === undefined && comment === undefined;
}

function endPrefix(reading: Reading): void {
	reading.prefix = { ...NO_PREFIX };
	reading.half = undefined;
}

/** Days that wait for hours at the end of a sentence never got any. */
function endOfDays(reading: Reading): void {
	const { pending, prefix, half } = reading;
	if (pending && prefix.appointment) addHours(reading, undefined, pending.words);
	else if (pending && pending.announced && half === undefined) {
		// « Lundi : » alone on its line: its hours come on the next.
		reading.days = pending.days;
	} else if (pending) refuse(reading, pending.words, 'à quelles heures ?');
	else if (half) refuse(reading, half.words, 'à quelles heures ?');
	else if (!isEmpty(prefix) && reading.recent.length === 0 && prefix.appointment) addHours(reading, undefined, '');
	reading.pending = undefined;
	reading.half = undefined;
}

function readHours(reading: Reading, { atoms, before }: Clause): void {
	const until = atoms.find((atom) => atom.kind === 'until');
	if (until && !atoms.some(({ kind }) => kind === 'span')) {
		readUntil(reading, atoms, until.time);
		return;
	}
	if (before === 'and' && atoms.every(({ kind }) => kind === 'appointment') && reading.recent.length > 0) {
		reading.said.otherwiseByAppointment = true;
		reading.said.assumptions.push('« et sur rendez-vous » est lu : en dehors de ces horaires, sur rendez-vous');
		return;
	}
	for (const [index, atom] of atoms.entries()) {
		const words = wordsOf(reading, [atom]);
		const rest = atoms.slice(index + 1);
		const isBefore = rest.some(({ kind }) => kind === 'span');
		switch (atom.kind) {
			case 'days':
				nameDays(reading, atom.days, words, rest[0]?.kind === 'colon');
				break;
			case 'ranks':
				keepRanks(reading, atom.ranks, words);
				break;
			case 'span':
				addHours(reading, atom.span, words);
				break;
			case 'when':
				readWhen(reading, atom.when, isBefore || rest.some(({ kind }) => kind === 'days'));
				break;
			case 'appointment':
				readAppointment(reading, atoms, index, isBefore);
				break;
			case 'sometimes':
				if (atom.day !== undefined && reading.days.length === 0 && !reading.pending)
					nameDays(reading, { weekdays: [atom.day], feries: false, ranks: [], isNamed: true }, words, false);
				if (isBefore || reading.recent.length === 0) reading.prefix = { ...reading.prefix, sometimes: words };
				else for (const hours of reading.recent) hours.sometimes = words;
				break;
			case 'half':
				readHalf(reading, atoms, index, words);
				break;
			case 'label':
				readLabel(reading, atom, words, isBefore);
				break;
			case 'note':
				readNote(reading, atom);
				break;
			case 'until':
				refuse(reading, words, 'dites-le à part : « jusqu’à 18h le jeudi »');
				break;
			case 'otherwise-appointment':
				reading.said.otherwiseByAppointment = true;
				break;
			case 'with-public-holidays':
				reading.said.withPublicHolidays = true;
				break;
			case 'walk-in':
				reading.prefix = { ...reading.prefix, appointment: false };
				break;
			case 'also':
				reading.adds = true;
				break;
			case 'problem':
				refuse(reading, words, atom.sentence);
				break;
			case 'closed':
			case 'except':
			case 'and':
			case 'comma':
			case 'slash':
			case 'double-slash':
			case 'stop':
			case 'colon':
			case 'dash':
				break;
		}
	}
}

function nameDays(reading: Reading, days: Days, words: string, announced: boolean): void {
	const { pending } = reading;
	reading.recent = [];
	if (pending && !isEmpty(reading.prefix)) {
		// « mardi sur RDV, jeudi 14h-16h »: the first day got what it waited for.
		if (reading.prefix.appointment) addHours(reading, undefined, pending.words);
		else refuse(reading, pending.words, 'à quelles heures ?');
		reading.pending = undefined;
		nameDays(reading, days, words, announced);
		return;
	}
	if (pending?.announced && days.ranks.length === 0 && !days.weekdays.every((day) => pending.days.some(({ weekdays }) => weekdays.includes(day))))
		refuse(reading, pending.words, 'à quelles heures ?');
	const before = pending && !pending.announced ? pending.days : [];
	if (!pending) {
		reading.prefix = { ...NO_PREFIX };
		reading.before = reading.days.length > 0 && !isHeadOfSentence(reading) ? [] : reading.before;
	}
	reading.pending = {
		days: [...before, days],
		announced,
		words: pending && !pending.announced ? `${pending.words}, ${words}` : words
	};
}

function isHeadOfSentence({ before, said }: Reading): boolean {
	return before.length > 0 && !said.hours.some(({ when }) => before.every((one) => when.includes(one)));
}

export function keepRanks(reading: Reading, ranks: number[], words: string): void {
	const { pending } = reading;
	if (pending) reading.pending = { ...pending, days: pending.days.map((days) => withRanks(days, ranks)) };
	else if (reading.recent.length > 0)
		for (const hours of reading.recent) hours.days = hours.days.map((days) => withRanks(days, ranks));
	else if (reading.days.length > 0) reading.days = reading.days.map((days) => withRanks(days, ranks));
	else refuse(reading, words, 'dites de quel jour : « 1er et 3e samedi du mois »');
}

export function readWhen(reading: Reading, when: When, isBefore: boolean): void {
	if (!isBefore && reading.recent.length > 0) about(reading, (hours) => (hours.when = [...hours.when, when]));
	else if (reading.pending || reading.days.length > 0) {
		if (reading.pending || isBefore || reading.recent.length > 0 || reading.days.length > 0)
			reading.prefix = { ...reading.prefix, when: replaceKind(reading.prefix.when, when) };
		if (!reading.pending && !isBefore) reading.before = [when];
	} else reading.before = [...reading.before, when];
}

function replaceKind(before: readonly When[], when: When): When[] {
	return [...before.filter(({ kind }) => kind !== when.kind), when];
}

/** Says something of the hours just given, all of them, and tells that it was so understood. */
export function about(reading: Reading, change: (hours: Hours) => void): void {
	const { recent } = reading;
	recent.forEach(change);
	reading.isQualified = true;
	if (recent.length > 1)
		reading.said.assumptions.push(
			`ce qui suit « ${recent.at(-1)?.words ?? ''} » est lu pour « ${recent.map(({ words }) => words).join(' » et « ')} »`
		);
}

function readAppointment(reading: Reading, atoms: readonly Atom[], index: number, isBefore: boolean): void {
	const half = [atoms[index - 1], atoms[index + 1], atoms[index + 2]].find((atom) => atom?.kind === 'half');
	// « sur RDV l’après-midi »: hours that nobody gave can only be told in words.
	if (half && !isBefore) return;
	if (isBefore || reading.recent.length === 0) reading.prefix = { ...reading.prefix, appointment: true };
	else about(reading, (hours) => (hours.appointment = true));
}

function readHalf(reading: Reading, atoms: readonly Atom[], index: number, words: string): void {
	const atom = atoms[index];
	if (atom?.kind !== 'half') return;
	const isBefore = atoms.slice(index + 1).some(({ kind }) => kind === 'span');
	if (atom.every && !reading.pending)
		nameDays(reading, { weekdays: [1, 2, 3, 4, 5, 6, 7], feries: false, ranks: [], isNamed: false }, words, false);
	const previous = atoms[index - 1];
	const last = reading.recent.at(-1);
	if (!isBefore && (atoms.some(({ kind }) => kind === 'appointment') || reading.prefix.appointment)) {
		const days = reading.pending?.days ?? reading.days;
		reading.said.precisions.push(`${daysWords(days)} ${halfWords(atom.half)} : sur rendez-vous`.trim());
		reading.days = days;
		reading.pending = undefined;
		reading.prefix = { ...reading.prefix, appointment: false };
	} else if (!isBefore && previous?.kind === 'span' && last) checkHalf(reading, atom.half, last);
	else if (reading.half && reading.half.half !== atom.half)
		refuse(reading, `${reading.half.words} … ${words}`, 'à quelles heures l’un, et à quelles heures l’autre ?');
	else reading.half = { half: atom.half, words };
}

const halfWords = (half: Half): string => (half === 'apres-midi' ? 'après-midi' : half);

function checkHalf(reading: Reading, half: Half, { span: { debut, fin }, words }: Hours): void {
	const isRight =
		half === 'matin' ? debut < '12:00' && fin <= '14:30' && fin > debut : half === 'apres-midi' ? debut >= '12:00' : debut >= '16:00';
	if (!isRight) refuse(reading, words, `ces heures ne sont pas celles d’un ${halfWords(half)}`);
}

function readLabel(reading: Reading, label: Extract<Atom, { kind: 'label' }>, words: string, isBefore: boolean): void {
	const days = reading.pending?.days ?? reading.days;
	if (label.phone && reading.said.hours.length > 0)
		reading.said.precisions.push(`${daysWords(days)} : ${words}`.replace(/^ : /, ''));
	else if (label.colon && isBefore) reading.prefix = { ...reading.prefix, comment: words };
	else if (label.known && reading.recent.length > 0) about(reading, (hours) => (hours.comment = words));
	else refuse(reading, words, 'ces mots n’ont pas été compris');
}

function readUntil(reading: Reading, atoms: readonly Atom[], time: string): void {
	const named = atoms.flatMap((atom) => (atom.kind === 'days' ? [atom.days] : []));
	const words = wordsOf(reading, atoms);
	reading.pending = undefined;
	reading.half = undefined;
	if (named.length > 0) reading.said.untils.push({ days: named, time, words });
	else refuse(reading, words, 'dites de quel jour, et à quelle heure cela commence : « 9h-18h »');
}

/** Gives hours to the days being read; a whole day by appointment without `span`. */
function addHours(reading: Reading, span: Hours['span'] | undefined, words: string): void {
	const { pending, prefix, half } = reading;
	if (pending) {
		reading.days = pending.days;
		reading.pending = undefined;
		reading.recent = [];
	}
	if (reading.isQualified) reading.recent = [];
	reading.isQualified = false;
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
	reading.recent.push(hours);
	reading.said.hours.push(hours);
}
