import type { Atom, Days } from './atoms.ts';
import { clausesOf } from './clauses.ts';
import { readClosing, readException } from './closings.ts';
import { daysWords, sameDays, withRanks } from './days.ts';
import { WHICH_HOURS } from './statements.ts';
import { keepRanks, readWhen } from './hours-clause.ts';
import { readClauses } from './reader.ts';
import { about, foretell, refuse, wordsOf, type Reading } from './reading.ts';

type Note = Extract<Atom, { kind: 'note' }>;

const SIGNS: readonly Atom['kind'][] = ['and', 'comma', 'colon', 'dash', 'stop', 'also', 'slash'];
const MOMENTS: readonly Atom['kind'][] = ['days', 'span', 'when', 'closed', 'ranks', 'until', 'except'];

/** What stands in parentheses after hours: more about them, or something to be kept beside them. */
export function readNote(reading: Reading, note: Note): void {
	const atoms = note.atoms.filter(({ kind }) => !SIGNS.includes(kind));
	const words = wordsOf(reading, [note]);
	const has = (...kinds: Atom['kind'][]) => atoms.some(({ kind }) => kinds.includes(kind));
	if (atoms.length === 0) return;
	if (has('label')) {
		keepNote(reading, atoms, words);
		return;
	}
	if (has('closed', 'except', 'span')) {
		readInside(reading, note);
		return;
	}
	for (const atom of atoms) readPostfix(reading, atom);
}

/** A note that says for what or for whom stays with its hours; one that tells other moments is kept beside them. */
function keepNote(reading: Reading, atoms: readonly Atom[], words: string): void {
	const labels = atoms.filter((atom) => atom.kind === 'label');
	const isPurpose = labels.some(({ known, phone }) => known || phone);
	const days = daysWords(reading.pending?.days ?? reading.days);
	const tellsMoments =
		atoms.some(({ kind }) => MOMENTS.includes(kind) || kind === 'problem' || kind === 'sometimes') ||
		labels.some(({ aboutTime }) => aboutTime);
	if (tellsMoments && !isPurpose) refuse(reading, words, 'cette parenthèse n’a pas été comprise');
	else if (atoms.some(({ kind }) => kind === 'days')) reading.said.precisions.push(words);
	else if (/rendez|rdv/i.test(words) || reading.recent.length === 0)
		reading.said.precisions.push(days === '' ? words : `${days} : ${words}`);
	else for (const hours of reading.recent) hours.comment = words;
}

function readInside(reading: Reading, note: Note): void {
	const { days, pending, recent, prefix, before } = reading;
	for (const clause of clausesOf(note.atoms, true)) {
		if (clause.kind === 'closing') readClosing(reading, clause, true);
		else if (clause.kind === 'exception') readException(reading, clause, true);
		else if (clause.atoms.some(({ kind }) => kind === 'span')) {
			reading.replaces = clause.atoms.some(({ kind }) => kind === 'days');
			readClauses(reading, [clause]);
			reading.replaces = false;
		} else for (const atom of clause.atoms) if (!SIGNS.includes(atom.kind)) readPostfix(reading, atom);
	}
	Object.assign(reading, { days, pending, recent, prefix, before });
}

/** « (semaines paires) », « (1er et 3e samedi du mois) », « (sur RDV) » */
function readPostfix(reading: Reading, atom: Atom): void {
	const words = wordsOf(reading, [atom]);
	const { recent } = reading;
	if (recent.length === 0 && (reading.pending || reading.days.length > 0)) {
		// « samedi (1er et 3e du mois) 9h-12h »
		if (atom.kind === 'ranks') keepRanks(reading, atom.ranks, words);
		else if (atom.kind === 'when') readWhen(reading, atom.when, true);
		else if (atom.kind === 'appointment') foretell(reading, { appointment: true });
		else if (atom.kind === 'sometimes') foretell(reading, { sometimes: words });
		else refuse(reading, words, 'dites-le après les heures dont il s’agit');
		return;
	}
	if (recent.length === 0) {
		refuse(reading, words, 'dites-le après les heures dont il s’agit');
		return;
	}
	if (atom.kind === 'when') about(reading, (hours) => (hours.when = [...hours.when, atom.when]));
	else if (atom.kind === 'appointment') about(reading, (hours) => (hours.appointment = true));
	else if (atom.kind === 'sometimes') about(reading, (hours) => (hours.sometimes = words));
	else if (atom.kind === 'ranks')
		about(reading, (hours) => (hours.days = hours.days.map((days) => withRanks(days, atom.ranks))));
	else if (atom.kind === 'days') readDaysAfter(reading, atom.days, words);
	else if (atom.kind === 'with-public-holidays') reading.said.withPublicHolidays = true;
	else if (atom.kind === 'otherwise-appointment') reading.said.otherwiseByAppointment = true;
	else if (atom.kind === 'until' || atom.kind === 'half') refuse(reading, words, WHICH_HOURS);
	else if (atom.kind !== 'walk-in')
		refuse(reading, words, atom.kind === 'problem' ? atom.sentence : 'ces mots n’ont pas été compris ici');
}

/** « (et jours fériés) », « (1er samedi du mois) » */
function readDaysAfter(reading: Reading, days: Days, words: string): void {
	const { recent } = reading;
	if (days.feries && days.weekdays.length === 0)
		for (const hours of recent) hours.days = [...hours.days, days];
	else if (!sameDays([days], reading.days)) refuse(reading, words, 'ce n’est pas le jour dont il s’agit');
	else if (days.ranks.length > 0) {
		for (const hours of recent) hours.days = [days];
		reading.days = [days];
	}
}
