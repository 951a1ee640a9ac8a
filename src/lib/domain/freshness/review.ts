import { addDays, daysBetween, type PlainDate } from '../dates.ts';
import type { Rhythm } from './rhythm.ts';

/*
 * Who is asked, and when, once an entry is due: the first person twice, then the second, then nobody by mail: the
 * administration sees it in its list. A silence is a mail that was not answered within three weeks.
 */

/** 1 is asked first; 2 when the first stays silent. */
export type Rank = 1 | 2;

/** How long an answer is waited for, in days. */
export const patienceDays = 21;

/** How many mails the first person receives before the second is told. */
const silencesAllowed = 2;

/** An ask dated further ahead than this, in days, was made by a clock since put right. */
const furthestAhead = 60;

/** A mail that asked about an entry, since its last verification. */
export interface Ask {
	courriel: string;
	rank: Rank;
	on: PlainDate;
}

/** The addresses to ask, by rank. */
export interface Asked {
	first: readonly string[];
	second: readonly string[];
}

/** Where an entry that is due stands. */
export interface Progress {
	/**
	 * `ask`: these addresses are asked today. `wait`: an answer may still come. `silent`: nobody answered, someone has
	 * to go and see. `nobody`: there is nobody to ask.
	 */
	kind: 'ask' | 'wait' | 'silent' | 'nobody';
	/** Whom to ask today. */
	ask: readonly string[];
	rank: Rank;
	/** How many mails stayed without an answer. */
	silences: number;
	/** The last day on which someone was asked. */
	lastAsked: PlainDate | undefined;
}

/** One time that people were asked: from its first mail on, for as long as an answer is waited for. */
interface Round {
	start: PlainDate;
	asked: Set<string>;
}

/**
 * Where an entry that is due stands, on `today`. What others were asked before they were replaced counts no more; who
 * should have been asked with the others, and wasn't, is asked now.
 */
export function progressOf(asks: readonly Ask[], { first, second }: Asked, today: PlainDate): Progress {
	const known = asks.filter(({ on }) => isPlausible(on, today));
	const [firstRounds, secondRounds] = [roundsOf(known, first), roundsOf(known, second)];
	const rounds = [...firstRounds, ...secondRounds];
	const step = (kind: Progress['kind'], rank: Rank, ask: readonly string[] = []): Progress => ({
		kind,
		ask,
		rank,
		silences: rounds.filter((round) => isUnanswered(round, today)).length,
		lastAsked: known
			.filter(({ courriel }) => first.includes(courriel) || second.includes(courriel))
			.map(({ on }) => on)
			.sort()
			.at(-1)
	});
	if (first.length === 0 && second.length === 0) return step('nobody', 1);
	for (const [rank, people, open] of [
		[1, first, firstRounds.at(-1)],
		[2, second, secondRounds.at(-1)]
	] as const) {
		if (open === undefined || isUnanswered(open, today)) continue;
		const left = people.filter((courriel) => !open.asked.has(courriel));
		return left.length > 0 ? step('ask', rank, left) : step('wait', rank);
	}
	if (first.length > 0 && firstRounds.length < silencesAllowed) return step('ask', 1, first);
	if (second.length > 0 && secondRounds.length === 0) return step('ask', 2, second);
	return step('silent', second.length > 0 ? 2 : 1);
}

/** The asks of these people, those made while the same answer was waited for together. */
function roundsOf(asks: readonly Ask[], people: readonly string[]): Round[] {
	const rounds: Round[] = [];
	for (const { courriel, on } of asks.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
		if (!people.includes(courriel)) continue;
		const last = rounds.at(-1);
		if (last !== undefined && !isUnanswered(last, on)) last.asked.add(courriel);
		else rounds.push({ start: on, asked: new Set([courriel]) });
	}
	return rounds;
}

function isPlausible(on: PlainDate, today: PlainDate): boolean {
	return daysBetween(today, on) <= furthestAhead;
}

function isUnanswered({ start }: Round, today: PlainDate): boolean {
	return addDays(start, patienceDays) <= today;
}

/** How an entry stands, in the words of the list of the desk. */
export type Standing =
	'silencieuse' | 'personne' | 'en-retard' | 'bientot' | 'a-jour' | 'a-completer' | 'jamais';

/** How many days ahead a review is said to come soon. */
const soonDays = 30;

/** How an entry stands on `today`: due, soon due, or neither. */
export function standingOf(
	{ rhythm, isWorthwhile, next }: { rhythm: Rhythm; isWorthwhile: boolean; next: PlainDate | undefined },
	progress: Progress,
	today: PlainDate
): Standing {
	if (!isWorthwhile) return 'a-completer';
	if (rhythm === 'jamais' || next === undefined) return 'jamais';
	if (progress.kind === 'nobody') return 'personne';
	if (next > today) return next <= addDays(today, soonDays) ? 'bientot' : 'a-jour';
	return progress.kind === 'silent' ? 'silencieuse' : 'en-retard';
}
