import type { Weekday } from '../../dates.ts';
import type { Atom, Days, When } from './atoms.ts';
import type { Clause } from './clauses.ts';
import { daysWords, withRanks } from './days.ts';
import { readNote } from './notes.ts';
import {
	about,
	addHours,
	checkHalf,
	foretell,
	halfWords,
	isEmpty,
	refuse,
	wordsOf,
	type Prefix,
	type Reading
} from './reading.ts';
import { WHICH_HOURS } from './statements.ts';

/** « lundi 9h-12h », « semaines paires : 14h-17h », « sur RDV l’après-midi » */
export function readHours(reading: Reading, { atoms, before }: Clause): void {
	const until = atoms.find((atom) => atom.kind === 'until');
	if (until && !atoms.some(({ kind }) => kind === 'span')) {
		readUntil(reading, atoms, until.time);
		return;
	}
	if (before === 'and' && atoms.every(({ kind }) => kind === 'appointment') && reading.recent.length > 0) {
		reading.said.otherwiseByAppointment = true;
		reading.said.assumptions.push(
			'« et sur rendez-vous » est lu : en dehors de ces horaires, sur rendez-vous'
		);
		return;
	}
	for (const [index, atom] of atoms.entries()) {
		const words = wordsOf(reading, [atom]);
		const rest = atoms.slice(index + 1);
		const isBefore = rest.some(({ kind }) => kind === 'span');
		if (
			isBefore &&
			rest[0]?.kind !== 'colon' &&
			isSaidOfHours(atom) &&
			atoms.slice(0, index).some(({ kind }) => kind === 'span')
		) {
			refuse(reading, words, 'dites de quelles heures il s’agit : séparez-les par une virgule');
			continue;
		}
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
				nameDayOf(reading, atom.day, words);
				if (isBefore || reading.recent.length === 0) foretell(reading, { sometimes: words });
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
				refuse(reading, words, 'dites-le à part : « jusqu’à 18h le jeudi »');
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

/** « un samedi sur deux » names its day, unless it is the one being read. */
function nameDayOf(reading: Reading, day: Weekday | undefined, words: string): void {
	const current = reading.pending?.days ?? reading.days;
	if (day === undefined || current.some(({ weekdays }) => weekdays.includes(day))) return;
	nameDays(reading, { weekdays: [day], feries: false, ranks: [], isNamed: true }, words, false);
}

function isSaidOfHours({ kind }: Atom): boolean {
	return kind === 'when' || kind === 'appointment' || kind === 'sometimes';
}

function nameDays(reading: Reading, days: Days, words: string, announced: boolean): void {
	const { pending } = reading;
	reading.recent = [];
	if (pending && !isEmpty(reading.prefix)) {
		// « mardi sur RDV, jeudi 14h-16h »: the first day got what it waited for.
		if (reading.prefix.appointment) addHours(reading, undefined, pending.words);
		else refuse(reading, pending.words, WHICH_HOURS);
		reading.pending = undefined;
		nameDays(reading, days, words, announced);
		return;
	}
	if (
		pending?.announced &&
		days.ranks.length === 0 &&
		!days.weekdays.every((day) => pending.days.some(({ weekdays }) => weekdays.includes(day)))
	)
		refuse(reading, pending.words, WHICH_HOURS);
	const before = pending && !pending.announced ? pending.days : [];
	if (!pending) {
		// Said before any day of the sentence it is of all its days, later of this one.
		if (reading.said.hours.length === reading.heardBefore)
			reading.headed = { ...reading.headed, ...reading.foretold };
		reading.prefix = { ...reading.headed, ...reading.foretold };
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

/** « 1er et 3e »: which of the month the days named are. */
export function keepRanks(reading: Reading, ranks: number[], words: string): void {
	const { pending } = reading;
	if (pending) reading.pending = { ...pending, days: pending.days.map((days) => withRanks(days, ranks)) };
	else if (reading.recent.length > 0)
		for (const hours of reading.recent) hours.days = hours.days.map((days) => withRanks(days, ranks));
	else if (reading.days.length > 0) reading.days = reading.days.map((days) => withRanks(days, ranks));
	else refuse(reading, words, 'dites de quel jour : « 1er et 3e samedi du mois »');
}

/** A condition, of the hours that follow or of those just given. */
export function readWhen(reading: Reading, when: When, isBefore: boolean): void {
	if (!isBefore && reading.recent.length > 0) about(reading, (hours) => (hours.when = [...hours.when, when]));
	else if (reading.pending || reading.days.length > 0) {
		if (reading.pending || isBefore || reading.recent.length > 0 || reading.days.length > 0)
			reading.prefix = { ...reading.prefix, when: withWhen(reading.prefix, when) };
		if (!reading.pending && !isBefore) reading.before = [when];
	} else reading.before = [...reading.before, when];
}

/** « semaines paires : 9h-12h / semaines impaires : 14h-17h »: one takes the place of the other, once it has served. */
function withWhen({ when: before, isUsed }: Prefix, when: When): When[] {
	return [...before.filter(({ kind }) => !isUsed || kind !== when.kind), when];
}

function readAppointment(reading: Reading, atoms: readonly Atom[], index: number, isBefore: boolean): void {
	const half = [atoms[index - 1], atoms[index + 1], atoms[index + 2]].find((atom) => atom?.kind === 'half');
	// « sur RDV l’après-midi »: hours that nobody gave can only be told in words.
	if (half && !isBefore) return;
	if (isBefore || reading.recent.length === 0) foretell(reading, { appointment: true });
	else about(reading, (hours) => (hours.appointment = true));
}

function readHalf(reading: Reading, atoms: readonly Atom[], index: number, words: string): void {
	const atom = atoms[index];
	if (atom?.kind !== 'half') return;
	const isBefore = atoms.slice(index + 1).some(({ kind }) => kind === 'span');
	if (atom.every && !reading.pending)
		nameDays(
			reading,
			{ weekdays: [1, 2, 3, 4, 5, 6, 7], feries: false, ranks: [], isNamed: false },
			words,
			false
		);
	const previous = atoms[index - 1];
	const last = reading.recent.at(-1);
	if (!isBefore && (atoms.some(({ kind }) => kind === 'appointment') || reading.prefix.appointment)) {
		const days = reading.pending?.days ?? reading.days;
		reading.said.precisions.push(`${daysWords(days)} ${halfWords(atom.half)} : sur rendez-vous`.trim());
		reading.days = days;
		reading.pending = undefined;
		reading.prefix = { ...reading.prefix, appointment: false };
	} else if (!isBefore && previous?.kind === 'span' && last) checkHalf(reading, atom.half, last);
	else if (reading.half && reading.half.half !== atom.half)
		refuse(
			reading,
			`${reading.half.words} … ${words}`,
			'à quelles heures l’un, et à quelles heures l’autre ?'
		);
	else reading.half = { half: atom.half, words };
}

function readLabel(
	reading: Reading,
	label: Extract<Atom, { kind: 'label' }>,
	words: string,
	isBefore: boolean
): void {
	const days = reading.pending?.days ?? reading.days;
	if (label.phone && reading.said.hours.length > 0)
		reading.said.precisions.push(`${daysWords(days)} : ${words}`.replace(/^ : /, ''));
	else if (label.colon && isBefore) foretell(reading, { comment: words });
	else if (label.known && reading.recent.length > 0) about(reading, (hours) => (hours.comment = words));
	else refuse(reading, words, 'ces mots n’ont pas été compris');
}

function readUntil(reading: Reading, atoms: readonly Atom[], time: string): void {
	const named = atoms.flatMap((atom) => (atom.kind === 'days' ? [atom.days] : []));
	const words = wordsOf(reading, atoms);
	reading.pending = undefined;
	reading.half = undefined;
	if (named.length > 0) reading.said.untils.push({ days: named, time, words });
	else refuse(reading, words, 'dites de quel jour, et à quelle heure cela commence : « 9h-18h »');
}
