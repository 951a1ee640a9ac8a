import { describe, expect, test } from 'vitest';
import { defaultRhythm, hasContent, nextReview, type Reviewed, type Rhythm, rhythmsFor } from './rhythm.ts';

const entry: Reviewed = {
	nature: 'service',
	urgence: false,
	mode_garde: null,
	horaires_accueil: null,
	horaires_precisions: null,
	telephone: null,
	sms: null,
	courriel: null,
	site_web: null,
	adresse: null,
	isSeasonal: false
};

describe('an entry is looked at again', () => {
	test.each<[Rhythm, string, string | undefined]>([
		['6-mois', '2026-11-24', '2027-05-24'],
		['6-mois', '2026-08-31', '2027-02-28'],
		['6-mois', '2027-08-31', '2028-02-29'],
		['6-mois', '2028-02-29', '2028-08-29'],
		['6-mois', '2026-12-31', '2027-06-30'],
		['12-mois', '2026-11-24', '2027-11-24'],
		['12-mois', '2028-02-29', '2029-02-28'],
		['12-mois', '2027-02-28', '2028-02-28'],
		['1er-septembre', '2026-11-24', '2027-09-01'],
		['1er-septembre', '2027-07-31', '2027-09-01'],
		['1er-septembre', '2027-08-01', '2028-09-01'],
		['1er-septembre', '2027-08-31', '2028-09-01'],
		['1er-septembre', '2027-09-01', '2028-09-01'],
		['1er-septembre', '2027-01-01', '2027-09-01'],
		['1er-septembre', '2028-02-29', '2028-09-01'],
		['jamais', '2026-11-24', undefined]
	])('%s after %s: %s', (rhythm, since, expected) => {
		expect(nextReview(rhythm, since)).toBe(expected);
	});

	test('later each time, whatever the day of twelve years', () => {
		for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2036, 0, 1); day += 86_400_000) {
			const since = new Date(day).toISOString().slice(0, 10);
			for (const rhythm of ['6-mois', '12-mois', '1er-septembre'] as const) {
				const next = nextReview(rhythm, since) ?? '';
				expect(next > since, `${rhythm} ${since}`).toBe(true);
				expect(new Date(`${next}T00:00Z`).toISOString().slice(0, 10)).toBe(next);
			}
		}
	});
});

describe('unless someone chose otherwise', () => {
	test.each<[string, Partial<Reviewed>, Rhythm]>([
		['what has hours, every six months', { horaires_accueil: 'Mo 09:00-12:00' }, '6-mois'],
		['what has hours in words only, too', { horaires_precisions: 'Le matin' }, '6-mois'],
		['the rest, every twelve', { telephone: '04 65 71 00 01' }, '12-mois'],
		[
			'a school, each 1 September, hours or not',
			{ isSeasonal: true, horaires_accueil: 'Mo 08:30-16:30' },
			'1er-septembre'
		],
		['before and after school, too', { mode_garde: 'accueil-periscolaire' }, '1er-septembre'],
		['a holiday centre, too', { mode_garde: 'accueil-de-loisirs' }, '1er-septembre'],
		['a crèche, by its hours', { mode_garde: 'creche', horaires_accueil: 'Mo 07:30-18:30' }, '6-mois'],
		['an emergency number, never', { nature: 'numero', urgence: true, horaires_accueil: '24/7' }, 'jamais'],
		[
			'another national number, every twelve',
			{ nature: 'numero', horaires_accueil: 'Mo-Su 09:00-23:00' },
			'12-mois'
		],
		['how to do something, even at school, every twelve', { nature: 'repere', isSeasonal: true }, '12-mois']
	])('%s', (_what, facts, expected) => {
		expect(defaultRhythm({ ...entry, ...facts })).toBe(expected);
	});
});

test('« jamais » can be chosen for national numbers and sites only', () => {
	expect(rhythmsFor({ nature: 'numero' })).toContain('jamais');
	expect(rhythmsFor({ nature: 'site' })).toContain('jamais');
	for (const nature of ['service', 'repere', 'projet'] as const)
		expect(rhythmsFor({ nature })).toEqual(['6-mois', '12-mois', '1er-septembre']);
});

describe('nobody is asked about', () => {
	test.each<[string, Partial<Reviewed>, boolean]>([
		['a service with nothing but its name', {}, false],
		['but a telephone is something', { telephone: '04 65 71 00 01' }, true],
		['so is an address', { adresse: '1 place de la Source' }, true],
		['so are hours', { horaires_precisions: 'Le matin' }, true],
		['so is a site', { site_web: 'https://valclair.example' }, true],
		['and what explains how to do something', { nature: 'repere' }, true],
		['or doesn’t exist yet', { nature: 'projet' }, true]
	])('%s', (_what, facts, expected) => {
		expect(hasContent({ ...entry, ...facts })).toBe(expected);
	});
});
