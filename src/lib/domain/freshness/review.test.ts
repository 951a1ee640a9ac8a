import { describe, expect, test } from 'vitest';
import { addDays } from '../dates.ts';
import { type Ask, progressOf, type Standing, standingOf } from './review.ts';

const due = '2026-11-24';
const after = (days: number) => addDays(due, days);
const asked = (days: number, courriel = 'un', rank: Ask['rank'] = 1): Ask => ({
	courriel,
	rank,
	on: after(days)
});
const both = { first: ['un'], second: ['deux'] };
const one = { first: ['un'], second: [] };

describe('an entry that is due', () => {
	test.each([
		['the first person is asked at once', [], both, 0, 'ask', ['un'], 0],
		['is not asked again the same day', [asked(0)], both, 0, 'wait', [], 0],
		['nor within three weeks', [asked(0)], both, 20, 'wait', [], 0],
		['is asked again after three weeks of silence', [asked(0)], both, 21, 'ask', ['un'], 1],
		['then waited for again', [asked(0), asked(21)], both, 41, 'wait', [], 1],
		['after two silences the second person is told', [asked(0), asked(21)], both, 42, 'ask', ['deux'], 2],
		['and waited for', [asked(0), asked(21), asked(42, 'deux', 2)], both, 62, 'wait', [], 2],
		[
			'then it is the administration’s',
			[asked(0), asked(21), asked(42, 'deux', 2)],
			both,
			63,
			'silent',
			[],
			3
		],
		['at once when there is no second person', [asked(0), asked(21)], one, 42, 'silent', [], 2],
		['the server having been off, one silence is one silence', [asked(0)], both, 400, 'ask', ['un'], 1],
		[
			'someone new is asked afresh',
			[asked(0), asked(21)],
			{ first: ['neuf'], second: [] },
			22,
			'ask',
			['neuf'],
			0
		],
		['with nobody first, the second is asked', [], { first: [], second: ['deux'] }, 0, 'ask', ['deux'], 0],
		['with nobody at all, nobody is', [], { first: [], second: [] }, 0, 'nobody', [], 0],
		['several share the question', [], { first: ['un', 'bis'], second: [] }, 0, 'ask', ['un', 'bis'], 0],
		[
			'one of them left out, as when the run is cut, is asked at the next one',
			[asked(0)],
			{ first: ['un', 'bis'], second: [] },
			5,
			'ask',
			['bis'],
			0
		],
		[
			'and all of them have been silent once',
			[asked(0), asked(5, 'bis')],
			{ first: ['un', 'bis'], second: [] },
			21,
			'ask',
			['un', 'bis'],
			1
		],
		['asked again by hand, it is waited for', [asked(0), asked(21), asked(50)], one, 55, 'wait', [], 2],
		['an ask of a clock a year ahead doesn’t count', [asked(365)], one, 0, 'ask', ['un'], 0],
		['one made in advance does', [asked(10)], one, 0, 'wait', [], 0]
	] as const)('%s', (_what, asks, people, day, kind, ask, silences) => {
		expect(progressOf(asks, people, after(day))).toMatchObject({ kind, ask, silences });
	});
});

describe('the list of the desk says', () => {
	const progress = progressOf([], one, due);
	const silent = progressOf([asked(-60), asked(-30)], one, due);
	const nobody = progressOf([], { first: [], second: [] }, due);
	test.each<[Standing, Parameters<typeof standingOf>[0], typeof progress]>([
		['en-retard', { rhythm: '6-mois', isWorthwhile: true, next: due }, progress],
		['silencieuse', { rhythm: '6-mois', isWorthwhile: true, next: after(-60) }, silent],
		['bientot', { rhythm: '6-mois', isWorthwhile: true, next: after(30) }, progress],
		['a-jour', { rhythm: '6-mois', isWorthwhile: true, next: after(31) }, progress],
		['personne', { rhythm: '6-mois', isWorthwhile: true, next: after(31) }, nobody],
		['a-completer', { rhythm: '6-mois', isWorthwhile: false, next: due }, progress],
		['jamais', { rhythm: 'jamais', isWorthwhile: true, next: undefined }, progress]
	])('%s', (expected, entry, step) => {
		expect(standingOf(entry, step, due)).toBe(expected);
	});
});
