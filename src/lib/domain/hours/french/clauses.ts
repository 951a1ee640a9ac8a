import type { Atom } from './atoms.ts';

/** Atoms between two separators of a sentence, and what they do: say hours, say when it is closed, or make an exception. */
export interface Clause {
	kind: 'hours' | 'closing' | 'exception';
	atoms: Atom[];
	/** What stands before it; `start` at the head of a sentence, `none` where no sign separates it. */
	before: 'start' | 'none' | 'comma' | 'and' | 'slash' | 'double-slash' | 'dash';
}

const has = (atoms: readonly Atom[], ...kinds: Atom['kind'][]): boolean =>
	atoms.some(({ kind }) => kinds.includes(kind));

/** The sentences of a text, the sign that ends each left out. */
export function sentencesOf(atoms: readonly Atom[]): Atom[][] {
	const sentences: Atom[][] = [[]];
	for (const atom of atoms) {
		if (atom.kind === 'stop') sentences.push([]);
		else sentences.at(-1)?.push(atom);
	}
	return sentences.filter((sentence) => sentence.length > 0);
}

/** The clauses of one sentence, days before the times that they have: « 9h-12h le lundi » is read as « lundi 9h-12h ». */
export function clausesOf(sentence: readonly Atom[], hasDaysBefore: boolean): Clause[] {
	const clauses = withClosedLists(separated(sentence).flatMap(split));
	const ordered: Clause[] = [];
	let run: Clause[] = [];
	for (const clause of [...clauses, undefined]) {
		if (clause?.kind === 'hours') {
			run.push(clause);
			continue;
		}
		ordered.push(...daysFirst(run, hasDaysBefore || ordered.length > 0).flatMap(byDays));
		run = [];
		if (clause) ordered.push(clause);
	}
	return ordered.filter(({ atoms }) => atoms.length > 0);
}

/** The sentence cut at its commas, slashes and « et ». */
function separated(sentence: readonly Atom[]): Clause[] {
	const clauses: Clause[] = [{ kind: 'hours', atoms: [], before: 'start' }];
	sentence.forEach((atom, index) => {
		const last = clauses.at(-1);
		// « fermé le mercredi et le samedi » is one list, « fermé le mercredi et le samedi 9h-12h » isn't.
		const isInList =
			atom.kind === 'and' &&
			last !== undefined &&
			has(last.atoms, 'closed', 'except') &&
			(!saysHours(sentence.slice(index + 1)) || isExceptBeforeHours(last, sentence[index + 1]));
		if (isInList) return;
		if (isCut(atom)) clauses.push({ kind: 'hours', atoms: [], before: atom.kind });
		else last?.atoms.push(atom);
	});
	return clauses.filter(({ atoms }, index) => atoms.length > 0 || index === 0);
}

/** « tous les jours sauf mardi et dimanche de 10h à 18h »: the hours are those of all the other days. */
function isExceptBeforeHours({ atoms }: Clause, next: Atom | undefined): boolean {
	return has(atoms, 'except') && !has(atoms, 'span') && next?.kind === 'days';
}

const CUTS = ['and', 'comma', 'slash', 'double-slash', 'dash'] as const;

function isCut(atom: Atom): atom is Atom & { kind: (typeof CUTS)[number] } {
	return CUTS.some((kind) => kind === atom.kind);
}

/** Whether hours come before the next separator. */
function saysHours(atoms: readonly Atom[]): boolean {
	const end = atoms.findIndex(isCut);
	return has(end === -1 ? atoms : atoms.slice(0, end), 'span');
}

/** A clause cut where it passes from hours to a closing or an exception. */
function split(clause: Clause): Clause[] {
	const { atoms, before } = clause;
	const at = atoms.findIndex(({ kind }) => kind === 'closed' || kind === 'except');
	const word = atoms[at];
	if (!word) return [clause];
	const kind = word.kind === 'closed' ? 'closing' : 'exception';
	const start = kind === 'exception' ? at : startOfClosing(atoms, at);
	const own = atoms.slice(start);
	// « Lundi : fermé Mardi : 8h-12h »: a day that announces its hours begins anew.
	const anew = own.findIndex(
		({ kind: here }, index) =>
			kind === 'closing' && index > at - start && here === 'days' && own[index + 1]?.kind === 'colon'
	);
	const hours = kind === 'exception' ? own.findIndex((atom) => atom.kind === 'span') : -1;
	const isMain = hours > 0 && !has(atoms.slice(0, at), 'span') && has(atoms.slice(0, at), 'days');
	const end = anew > 0 ? anew : isMain ? hours : own.length;
	const first: Clause = { kind: 'hours', atoms: atoms.slice(0, start), before };
	return [
		...(first.atoms.length > 0 ? [first] : []),
		{ kind, atoms: own.slice(0, end), before: first.atoms.length > 0 ? 'none' : before },
		...(end < own.length ? split({ kind: 'hours', atoms: own.slice(end), before: 'none' }) : [])
	];
}

/** « 9h-12h après-midi fermé »: what precedes « fermé » without being hours is what is closed. */
function startOfClosing(atoms: readonly Atom[], at: number): number {
	const before = atoms.slice(0, at);
	const afterSpan = before.findLastIndex(({ kind }) => kind === 'span' || kind === 'note') + 1;
	return afterSpan;
}

/** « fermé le lundi, le mardi et le jeudi, samedi 9h-12h »: the days that go on a list of closed ones. */
function withClosedLists(clauses: readonly Clause[]): Clause[] {
	const merged: Clause[] = [];
	for (const [index, clause] of clauses.entries()) {
		const last = merged.at(-1);
		if (last && last.kind !== 'hours' && isListOfDays(clause) && goesOn(clauses, index))
			last.atoms.push(...clause.atoms);
		else merged.push({ ...clause, atoms: [...clause.atoms] });
	}
	return merged;
}

function isListOfDays({ kind, atoms, before }: Clause): boolean {
	return (
		kind === 'hours' &&
		(before === 'comma' || before === 'and') &&
		atoms.every((atom) => atom.kind === 'days')
	);
}

function goesOn(clauses: readonly Clause[], index: number): boolean {
	const next = clauses.slice(index).find((clause) => !isListOfDays(clause));
	const list = clauses.slice(index, next ? clauses.indexOf(next) : undefined);
	if (!next || next.kind !== 'hours' || !has(next.atoms, 'days')) return true;
	return next.before !== 'and' && list.some(({ before }) => before === 'and');
}

/** The clauses of a run with each day before its hours, in whichever order it was written. */
function daysFirst(run: readonly Clause[], hasDaysBefore: boolean): Clause[] {
	const kinds = run
		.flatMap(({ atoms }) => atoms.map(({ kind }) => kind))
		.filter((kind) => kind === 'days' || kind === 'span');
	const isTimesFirst = kinds[0] === 'span' && kinds.at(-1) === 'days';
	if (!isTimesFirst || (hasDaysBefore && kinds.length === 0)) return [...run];
	const groups: { before: Clause['before']; days: Atom[]; clauses: Clause[] }[] = [];
	for (const clause of run.flatMap(byTimes)) {
		let group = groups.at(-1);
		if (!group || (group.days.length > 0 && has(clause.atoms, 'span'))) {
			group = { before: clause.before, days: [], clauses: [] };
			groups.push(group);
		}
		group.days.push(...clause.atoms.filter(({ kind }) => kind === 'days'));
		const rest = clause.atoms.filter(({ kind }) => kind !== 'days');
		if (rest.length > 0) group.clauses.push({ ...clause, atoms: rest });
	}
	return groups.flatMap(({ before, days, clauses }) => [
		{ kind: 'hours' as const, before, atoms: days },
		...clauses.map((clause, index) => (index === 0 ? { ...clause, before: 'none' as const } : clause))
	]);
}

const byTimes = (clause: Clause): Clause[] => cutBefore(clause, 'span', 'days');
const byDays = (clause: Clause): Clause[] => cutBefore(clause, 'days', 'span');

/** A clause cut before each `kind` that follows an `other`: « lundi 9h-12h mardi 9h-12h ». */
function cutBefore(clause: Clause, kind: Atom['kind'], other: Atom['kind']): Clause[] {
	const clauses: Clause[] = [{ ...clause, atoms: [] }];
	for (const atom of clause.atoms) {
		const last = clauses.at(-1);
		if (atom.kind === kind && last && has(last.atoms, other))
			clauses.push({ ...clause, before: 'none', atoms: [atom] });
		else last?.atoms.push(atom);
	}
	return clauses;
}
