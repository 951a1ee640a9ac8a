import type { Atom, Days, When } from './atoms.ts';
import type { Clause } from './clauses.ts';
import { daysWords } from './days.ts';
import { readClauses } from './reader.ts';
import { refuse, wordsOf, type Reading } from './reading.ts';
import type { Closing } from './statements.ts';

/** « fermé le mercredi après-midi », « lundi : fermé », « fermé de 12h à 14h », « vacances scolaires : fermé » */
export function readClosing(reading: Reading, clause: Clause, isNote = false): void {
	const { atoms } = clause;
	const words = wordsOf(reading, atoms);
	const at = atoms.findIndex(({ kind }) => kind === 'closed');
	const named = daysIn(atoms);
	const when = [...reading.heading, ...reading.before, ...whensIn(atoms)];
	const half = atoms.find((atom) => atom.kind === 'half');
	const span = atoms.find((atom) => atom.kind === 'span');
	const odd = oddIn(reading, atoms, [
		'closed',
		'days',
		'when',
		'half',
		'span',
		'colon',
		'ranks',
		'with-public-holidays'
	]);
	if (odd) return;
	const isAnnounced = atoms.slice(0, at).some(({ kind }) => kind === 'days') || reading.pending !== undefined;
	if (span && (atoms.filter(({ kind }) => kind === 'days').length > 1 || isAnnounced)) {
		refuse(reading, words, 'on ne sait pas si ces heures sont celles où c’est ouvert, ou fermé');
		return;
	}
	const ranks = atoms.flatMap((atom) => (atom.kind === 'ranks' ? atom.ranks : []));
	const days =
		named.length > 0
			? [...(reading.pending?.days ?? []), ...named]
			: scope(reading, when.length > 0 && !isNote && (half === undefined || clause.before !== 'none'), ranks);
	if (!days && when.length === 0 && !span && !half) {
		refuse(reading, words, 'dites quels jours, ou à quelles heures c’est ouvert');
		return;
	}
	for (const one of atoms.filter((atom) => atom.kind === 'half').slice(1))
		refuse(
			reading,
			wordsOf(reading, [one]),
			'dites-le en deux phrases : un jour, un matin ou un après-midi à la fois'
		);
	const closing: Closing = {
		when,
		words,
		...(days && { days }),
		...(half && { half: half.half }),
		...(span && { span: span.span })
	};
	if (half && named.length > 1) reading.said.assumptions.push(`« ${words} » est lu pour chacun de ces jours`);
	if (isNote && named.length === 0) sayScope(reading, words);
	reading.said.closings.push(closing);
	if (isAnnounced) reading.days = days ?? [];
	reading.pending = undefined;
	readNotesIn(reading, atoms);
}

/** The days of a closing that names none: those being read, unless it says a time of the year. */
function scope(reading: Reading, isOfTheYear: boolean, ranks: number[]): Days[] | undefined {
	const current = reading.pending?.days ?? (reading.days.length > 0 ? reading.days : undefined);
	if (reading.pending) return current;
	if (isOfTheYear && ranks.length === 0) return undefined;
	return ranks.length > 0 ? current?.map((days) => ({ ...days, ranks })) : current;
}

/** « sauf le mercredi », « sauf en juillet-août », « excepté le 1er samedi du mois », « sauf le vendredi 9h-11h » */
export function readException(reading: Reading, clause: Clause, isNote = false): void {
	const atoms = clause.atoms.filter(({ kind }) => kind !== 'except');
	const words = wordsOf(reading, clause.atoms);
	const until = atoms.find((atom) => atom.kind === 'until');
	const named = daysIn(atoms);
	if (until && named.length > 0) {
		reading.said.untils.push({ days: named, time: until.time, words });
		return;
	}
	if (atoms.some(({ kind }) => kind === 'span')) {
		const { days, prefix, before } = reading;
		reading.replaces = true;
		readClauses(reading, [{ kind: 'hours', before: 'none', atoms }]);
		Object.assign(reading, { replaces: false, days, prefix, before });
		return;
	}
	if (oddIn(reading, atoms, ['days', 'when', 'half', 'colon', 'ranks', 'note', 'closed'])) return;
	const when = whensIn(atoms);
	const half = atoms.find((atom) => atom.kind === 'half');
	const ranks = atoms.flatMap((atom) => (atom.kind === 'ranks' ? atom.ranks : []));
	const current = reading.pending?.days ?? reading.days;
	const isGlobal = clause.before === 'comma' && !isNote && !reading.pending;
	const days =
		named.length > 0
			? named
			: isGlobal && ranks.length === 0
				? undefined
				: current.map((one) => ({ ...one, ...(ranks.length > 0 && { ranks }) }));
	if (named.length === 0 && when.length === 0 && !half && ranks.length === 0) {
		refuse(reading, words, 'sauf quand ?');
		return;
	}
	if (isGlobal && when.length > 0 && reading.said.hours.some((hours) => hours.days !== reading.days))
		reading.said.assumptions.push(`« ${words} » est lu pour tous les jours`);
	if (!isGlobal && named.length === 0) sayScope(reading, words);
	reading.said.closings.push({
		when: [...reading.heading, ...reading.before, ...when],
		isException: true,
		words,
		...(days && days.length > 0 && { days: days.map((one) => inScope(one, current)) }),
		...(half && { half: half.half })
	});
	readNotesIn(reading, atoms);
}

/** Tells for which days an exception was read, where others could be meant. */
function sayScope(reading: Reading, words: string): void {
	if (reading.said.hours.some(({ days }) => days !== reading.days))
		reading.said.assumptions.push(`« ${words} » est lu pour ${daysWords(reading.days)} seulement`);
}

/** « Samedi : excepté le dernier » names Saturdays. */
function inScope(days: Days, current: readonly Days[]): Days {
	return days.weekdays.length === 0 && !days.feries
		? { ...days, weekdays: current.flatMap(({ weekdays }) => weekdays) }
		: days;
}

function daysIn(atoms: readonly Atom[]): Days[] {
	return atoms.flatMap((atom) => (atom.kind === 'days' ? [atom.days] : []));
}

function whensIn(atoms: readonly Atom[]): When[] {
	return atoms.flatMap((atom) => (atom.kind === 'when' ? [atom.when] : []));
}

/** Refuses what has no sense here; false when there is nothing of the kind. */
function oddIn(reading: Reading, atoms: readonly Atom[], known: Atom['kind'][]): boolean {
	const odd = atoms.filter(({ kind }) => !known.includes(kind) && kind !== 'note');
	for (const atom of odd)
		refuse(
			reading,
			wordsOf(reading, [atom]),
			atom.kind === 'problem' ? atom.sentence : 'ces mots n’ont pas été compris ici'
		);
	return odd.length > 0;
}

/** A note after a closing says why: it is kept as it is. */
function readNotesIn(reading: Reading, atoms: readonly Atom[]): void {
	for (const atom of atoms) if (atom.kind === 'note') reading.said.precisions.push(wordsOf(reading, atoms));
}
