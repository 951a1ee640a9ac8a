import type { Weekday } from '../../dates.ts';
import type { Span } from '../weekly-rule.ts';
import { labelsOf, type Labelled } from './labels.ts';
import { readPeriods } from './periods.ts';
import type { Place, Token } from './tokens.ts';
import type { Half } from './words.ts';

/** Days that a text names. Public holidays count as a day of their own. */
export interface Days {
	weekdays: Weekday[];
	feries: boolean;
	/** Which of the month; [] all of them. */
	ranks: number[];
	/** Whether each is named, rather than taken in « du lundi au vendredi ». */
	isNamed: boolean;
	/** Only where they fall on a public holiday. */
	falling?: true;
}

/** When hours hold. `scolaire` is all that isn't school holidays. */
export type When =
	| { kind: 'vacances' }
	| { kind: 'scolaire' }
	| { kind: 'semaines'; parite: 'paires' | 'impaires' }
	| { kind: 'periodes'; spans: Span[] };

/** From `debut` to `fin`, 'HH:MM'; what ends after midnight has a `fin` before its `debut`. */
export interface TimeSpan {
	debut: string;
	fin: string;
}

/** What a few words of the text say together. */
export type Atom = Place &
	(
		| { kind: 'days'; days: Days }
		| { kind: 'ranks'; ranks: number[] }
		| { kind: 'span'; span: TimeSpan }
		| { kind: 'until'; time: string }
		| { kind: 'when'; when: When }
		| { kind: 'half'; half: Half; every?: true }
		| { kind: 'sometimes'; day?: Weekday }
		| { kind: 'note'; atoms: Atom[] }
		| { kind: 'label'; phone: boolean; colon: boolean; known: boolean; aboutTime: boolean }
		| { kind: 'problem'; sentence: string }
		| {
				kind:
					| 'closed'
					| 'appointment'
					| 'otherwise-appointment'
					| 'walk-in'
					| 'with-public-holidays'
					| 'except'
					| 'also'
					| 'and'
					| 'comma'
					| 'slash'
					| 'double-slash'
					| 'stop'
					| 'colon'
					| 'dash';
		  }
	);

/** What a reading of the text takes for granted, told to whoever wrote it. */
export type Assume = (sentence: string) => void;

type Part = Labelled;

/** The words of `text` put together into what they say. */
export function atomsOf(tokens: readonly Token[], text: string, assume: Assume): Atom[] {
	const parts = labelsOf(tokens, text).filter(({ kind }) => kind !== 'nothing');
	const atoms: Atom[] = [];
	let at = 0;
	while (at < parts.length) {
		const read =
			readPeriods(parts, at) ??
			readSpan(parts, at, assume) ??
			readDays(parts, at, assume) ??
			readOne(parts, at, text, assume);
		atoms.push({ ...read.atom, from: parts[at]?.from ?? 0, to: parts[read.next - 1]?.to ?? 0 });
		at = read.next;
	}
	return atoms;
}

/** An atom without its place, and the part after it. */
export interface Read {
	atom: WithoutPlace<Atom>;
	next: number;
}
type WithoutPlace<T> = T extends Place ? Omit<T, 'from' | 'to'> : never;

/** « 8h30-12h », « de 9 à 12h », « 9h/12h », « entre 9h et 12h » */
function readSpan(parts: readonly Part[], at: number, assume: Assume): Read | undefined {
	const isBetween = parts[at]?.kind === 'between';
	const first = isBetween ? at + 1 : at;
	const joins = isBetween ? ['and'] : ['dash', 'to', 'until', 'slash'];
	const [start, join, end] = parts.slice(first, first + 3);
	if (!start || !join || !end || !joins.includes(join.kind)) return undefined;
	const times = [clockOf(start), clockOf(end)];
	const areNumbers = start.kind === 'number' && end.kind === 'number';
	if (times.includes(undefined) || (areNumbers && join.kind === 'slash')) return undefined;
	const [debut = '', fin = ''] = times;
	if (areNumbers && !/^(?:[01]?\d|2[0-4]):00$/.test(debut)) return undefined;
	if (areNumbers)
		assume(`« ${Number(debut.slice(0, 2))}-${Number(fin.slice(0, 2))} » est lu comme des heures`);
	const next = first + 3;
	const sentence = wrongSpan(debut, fin);
	if (sentence !== undefined) return { atom: { kind: 'problem', sentence }, next };
	return {
		atom: {
			kind: 'span',
			span: { debut: debut === '24:00' ? '00:00' : debut, fin: fin === '00:00' ? '24:00' : fin }
		},
		next
	};
}

function clockOf(part: Part | undefined): string | undefined {
	if (part?.kind === 'number') return clock(part.value, 0);
	return part?.kind === 'time' ? clock(part.hour, part.minute) : undefined;
}

function clock(hour: number, minute: number): string {
	return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function wrongTime(time: string): string | undefined {
	if (time.length > 5 || time > '24:00') return 'il n’y a que 24 heures dans un jour';
	return time.slice(3) > '59' ? 'une heure n’a que 60 minutes' : undefined;
}

function wrongSpan(debut: string, fin: string): string | undefined {
	const wrong = wrongTime(debut) ?? wrongTime(fin);
	if (wrong !== undefined) return wrong;
	if (debut === fin) return 'le début et la fin sont à la même heure';
	// An evening goes on into the small hours; anything else is a slip.
	if (fin < debut && !(fin <= '08:00' && (debut >= '15:00' || fin === '00:00')))
		return 'la fin vient avant le début : vérifiez les deux heures';
	return undefined;
}

/** « lundi », « lun.-ven. », « 1er et 3e samedi du mois », « jours fériés » */
function readDays(parts: readonly Part[], at: number, assume: Assume): Read | undefined {
	const part = parts[at];
	if (part?.kind === 'rank') return readRanks(parts, at);
	if (part?.kind === 'public-holidays') {
		if (part.falling) {
			const falling = readDays(parts, at + 1, assume);
			if (falling?.atom.kind === 'days')
				return { ...falling, atom: { kind: 'days', days: { ...falling.atom.days, falling: true } } };
		}
		return { atom: aDays([], { feries: true }), next: at + 1 };
	}
	if (part?.kind === 'days') {
		if (part.assumes !== undefined) assume(part.assumes);
		return { atom: aDays(part.days, { isNamed: false }), next: at + 1 };
	}
	if (part?.kind !== 'day') return undefined;
	const [join, last] = parts.slice(at + 1, at + 3);
	for (const { assumes } of [part, ...(last?.kind === 'day' ? [last] : [])])
		if (assumes !== undefined) assume(assumes);
	if (last?.kind === 'day' && join && ['dash', 'to', 'until'].includes(join.kind))
		return { atom: aDays(between(part.day, last.day), { isNamed: false }), next: at + 3 };
	return { atom: aDays([part.day]), next: at + 1 };
}

function readRanks(parts: readonly Part[], at: number): Read {
	const ranks: number[] = [];
	let next = at;
	for (let part = parts[next]; part?.kind === 'rank'; part = parts[next]) {
		ranks.push(part.rank);
		next += 1;
		const join = parts[next];
		if (join && ['and', 'comma', 'slash', 'dash'].includes(join.kind) && parts[next + 1]?.kind === 'rank')
			next += 1;
	}
	const day = parts[next];
	if (day?.kind === 'day') next += 1;
	if (parts[next]?.kind === 'of-month') next += 1;
	ranks.sort((one, other) => (one < 0 ? 9 : one) - (other < 0 ? 9 : other));
	return { atom: day?.kind === 'day' ? aDays([day.day], { ranks }) : { kind: 'ranks', ranks }, next };
}

function aDays(weekdays: Weekday[], more: Partial<Days> = {}): { kind: 'days'; days: Days } {
	return { kind: 'days', days: { weekdays, feries: false, ranks: [], isNamed: true, ...more } };
}

function between(first: Weekday, last: Weekday): Weekday[] {
	const count = ((last - first + 7) % 7) + 1;
	return Array.from({ length: count }, (_, index) => (((first - 1 + index) % 7) + 1) as Weekday);
}

/** What is said by one word, and needs no other. */
const PASSED_ON = [
	'half',
	'sometimes',
	'label',
	'appointment',
	'otherwise-appointment',
	'walk-in',
	'with-public-holidays',
	'except',
	'also',
	'and',
	'comma',
	'slash',
	'double-slash',
	'stop',
	'colon',
	'dash'
] as const;

function isPassedOn(part: Part): part is Extract<Part, { kind: (typeof PASSED_ON)[number] }> {
	return PASSED_ON.some((kind) => kind === part.kind);
}

function readOne(parts: readonly Part[], at: number, text: string, assume: Assume): Read {
	const part = parts[at];
	const next = at + 1;
	const problem = (sentence: string): Read => ({ atom: { kind: 'problem', sentence }, next });
	if (!part) return problem(UNKNOWN);
	if (isPassedOn(part)) {
		const { from: _from, to: _to, ...atom } = part;
		return { atom, next };
	}
	if (part.kind === 'closed' || part.kind === 'until') return readUntil(parts, at);
	if (part.kind === 'note')
		return { atom: { kind: 'note', atoms: atomsOf(part.tokens, text, assume) }, next };
	if (part.kind === 'always') return { atom: { kind: 'span', span: { debut: '00:00', fin: '24:00' } }, next };
	if (part.kind === 'week')
		return { atom: { kind: 'when', when: { kind: 'semaines', parite: part.parite } }, next };
	if (part.kind === 'holidays')
		return { atom: { kind: 'when', when: { kind: part.term ? 'scolaire' : 'vacances' } }, next };
	if (part.kind === 'summer') {
		assume('l’été est lu comme juillet et août');
		const spans: Span[] = [{ kind: 'mois', de: 7, a: 8 }];
		return { atom: { kind: 'when', when: { kind: 'periodes', spans } }, next };
	}
	if (part.kind === 'from') return problem('dites aussi à quelle heure cela finit : « de 9h à 12h »');
	if (part.kind === 'time' || part.kind === 'number' || part.kind === 'between')
		return problem('il manque une heure : écrivez le début et la fin, « 9h-12h »');
	return problem(UNKNOWN);
}

const UNKNOWN = 'ces mots n’ont pas été compris';

/** « jusqu’à 18h », « fermeture à 18h » */
function readUntil(parts: readonly Part[], at: number): Read {
	const isClosed = parts[at]?.kind === 'closed';
	const isUntil = !isClosed || parts[at + 1]?.kind === 'to';
	const place = isClosed && isUntil ? at + 2 : at + 1;
	const time = isUntil && parts[place]?.kind === 'time' ? clockOf(parts[place]) : undefined;
	if (time === undefined)
		return {
			atom: isClosed ? { kind: 'closed' } : { kind: 'problem', sentence: 'dites jusqu’à quelle heure' },
			next: at + 1
		};
	const sentence = wrongTime(time);
	return {
		atom: sentence === undefined ? { kind: 'until', time } : { kind: 'problem', sentence },
		next: place + 1
	};
}
