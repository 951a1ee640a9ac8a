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

/** Where an entry that is due stands, on `today`. What others were asked before they were replaced counts no more. */
export function progressOf(asks: readonly Ask[], { first, second }: Asked, today: PlainDate): Progress {
	const days = (courriels: readonly string[]) => {
		const known = asks.filter(({ courriel, on }) => courriels.includes(courriel) && isPlausible(on, today));
		return [...new Set(known.map(({ on }) => on))].sort();
	};
	const [firstDays, secondDays] = [days(first), days(second)];
	const all = [...firstDays, ...secondDays].sort();
	const step = (kind: Progress['kind'], rank: Rank): Progress => ({
		kind,
		ask: kind !== 'ask' ? [] : rank === 1 ? first : second,
		rank,
		silences: all.filter((day) => isUnanswered(day, today)).length,
		lastAsked: all.at(-1)
	});
	if (first.length === 0 && second.length === 0) return step('nobody', 1);
	if (all.some((day) => !isUnanswered(day, today))) return step('wait', secondDays.length > 0 ? 2 : 1);
	if (first.length > 0 && firstDays.length < silencesAllowed) return step('ask', 1);
	if (second.length > 0 && secondDays.length === 0) return step('ask', 2);
	return step('silent', second.length > 0 ? 2 : 1);
}

function isPlausible(on: PlainDate, today: PlainDate): boolean {
	return daysBetween(today, on) <= furthestAhead;
}

function isUnanswered(on: PlainDate, today: PlainDate): boolean {
	return addDays(on, patienceDays) <= today;
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
