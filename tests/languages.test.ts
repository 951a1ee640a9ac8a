import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { agePhrase } from '#lib/domain/ages.ts';
import { formatDate, formatPeriod, formatSpan } from '#lib/domain/dates.ts';
import { weeklyHours } from '#lib/domain/hours/weekly-hours.ts';
import { weeklySentence } from '#lib/domain/hours/weekly.ts';
import { languages, speakAs, translatedLanguages } from '#lib/domain/language.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { projectRoot } from '#lib/server/root.ts';
import notes from '../seeds/comprendre.json' with { type: 'json' };
import vocabularies from '../seeds/vocabulaires.json' with { type: 'json' };

/*
 * What people read in their language is whole: a word missing in one language fails here. The simplified version holds only
 * what is simpler than the French.
 */

const foreign = translatedLanguages.filter(({ lang }) => lang !== 'fr').map(({ code }) => code);
const files = readdirSync(path.join(projectRoot, 'messages/fr'));

type Words = Record<string, unknown>;
const wordsOf = (code: string, file: string): Words =>
	JSON.parse(readFileSync(path.join(projectRoot, 'messages', code, file), 'utf8')) as Words;

/** The holes of a message: « {n} », « {q} ». */
const holesIn = (message: unknown): string[] =>
	[...new Set([...JSON.stringify(message).matchAll(/\{([a-z_]+)\}/g)].map(([, hole = '']) => hole))].sort();

afterEach(() => {
	speakAs(() => baseLocale);
});

describe.each(files)('%s', (file) => {
	const french = wordsOf('fr', file);

	test.each(foreign)('says all of it in %s, with what fills each message', (code) => {
		const told = wordsOf(code, file);
		expect(Object.keys(told)).toEqual(Object.keys(french));
		for (const [key, message] of Object.entries(french)) {
			// « à Sillingy » is French: other languages take the bare name.
			const expected = holesIn(message).map((hole) => (hole === 'lieu' ? 'commune' : hole));
			if (holesIn(message).includes('lieu') && !holesIn(told[key]).includes('commune')) continue;
			// Where each rank has its own word, no number fills it.
			const isRank = expected.includes('rang') && Array.isArray(told[key]);
			const needed = expected.filter((hole) => !(isRank && hole === 'rang'));
			expect(holesIn(told[key]), `${code} ${key}`).toEqual(needed.sort());
		}
	});

	test('the simplified version says nothing that French doesn’t, and nothing in the same words', () => {
		const told = wordsOf('facile', file);
		for (const [key, message] of Object.entries(told)) {
			if (key === '$schema') continue;
			expect(french, key).toHaveProperty([key]);
			expect(holesIn(message), key).toEqual(holesIn(french[key]));
			expect(message, key).not.toEqual(french[key]);
		}
	});
});

test('no message is translated that no page says', () => {
	const sources = globSync('src/**/*.{ts,svelte}', { cwd: projectRoot })
		.filter((file) => !file.startsWith('src/lib/paraglide/'))
		.map((file) => readFileSync(path.join(projectRoot, file), 'utf8'))
		.join('\n');
	const said = new Set([...sources.matchAll(/\bm\.(\w+)\b/g)].map(([, key]) => key));
	const unsaid = files
		.flatMap((file) => Object.keys(wordsOf('fr', file)))
		.filter((key) => key !== '$schema' && !said.has(key));
	expect(unsaid).toEqual([]);
});

/** The lists that residents read. */
const read = [
	'frais',
	'rendez_vous',
	'publics',
	'modes_garde',
	'modes_mobilisation',
	'documents',
	'acces_fauteuil',
	'langues'
] as const;

test.each(read)('each term of %s is said in each language', (name) => {
	for (const term of vocabularies[name]) expect(Object.keys(term)).toEqual(['code', 'fr', ...foreign]);
});

test('each note on how things work in France is told in each language, and in simpler words', () => {
	for (const { slug, mot, texte } of notes) {
		expect(Object.keys(mot).sort(), slug).toEqual(['fr', ...foreign].sort());
		expect(Object.keys(texte).sort(), slug).toEqual(languages.map(({ code }) => code).sort());
	}
});

describe('what a territory comes with is translated whole', () => {
	interface Theme {
		slug: string;
		sections: { slug: string }[];
	}
	interface Moment {
		slug: string;
		etapes: { a_preparer?: string[] }[];
	}
	interface Translations {
		territoire: object;
		themes: Record<string, { sections: Record<string, string> }>;
		moments: Record<string, { etapes: { a_preparer?: string[] }[] }>;
	}
	const read = (...words: string[]): unknown =>
		parse(readFileSync(path.join(projectRoot, 'seeds', ...words), 'utf8'));

	test.each(['fier-et-usses', 'valclair'].flatMap((place) => foreign.map((code) => [place, code] as const)))(
		'%s, in %s',
		(place, code) => {
			const told = read(place, 'traductions', `${code}.yaml`) as Translations;
			expect(Object.keys(told.territoire)).toEqual(['accroche', 'introduction']);
			for (const { slug, sections } of read(place, 'themes.yaml') as Theme[]) {
				expect(Object.keys(told.themes[slug] ?? {}), slug).toEqual(
					expect.arrayContaining(['nom', 'question', 'accroche', 'introduction'])
				);
				expect(Object.keys(told.themes[slug]?.sections ?? {}).sort(), slug).toEqual(
					sections.map((section) => section.slug).sort()
				);
			}
			for (const { slug, etapes } of read(place, 'moments.yaml') as Moment[]) {
				const moment = told.moments[slug];
				expect(Object.keys(moment ?? {}), slug).toEqual(
					expect.arrayContaining(['nom', 'accroche', 'introduction'])
				);
				expect(
					moment?.etapes.map(({ a_preparer }) => a_preparer?.length ?? 0),
					slug
				).toEqual(etapes.map(({ a_preparer }) => a_preparer?.length ?? 0));
			}
		}
	);
});

/** Words that only French has, and that a piece left in French would bring. */
const frenchWords =
	/(?<!\p{L})(?:du|au|le|la|de|et|à|jusqu|sur|rendez|fermé|jours|mois|semaine|lundi|mardi|h)(?!\p{L})/u;

describe.each(foreign)('in %s', (code) => {
	const speak = () => {
		speakAs(() => code);
	};

	test('hours, periods and ages leave no word of French, and keep their numbers', () => {
		speak();
		const weekly = weeklyHours(
			'Mo,Tu,Th 08:30-12:00,13:30-17:00; We 08:30-12:00; PH off; Sa[1,3] 09:00-12:00'
		);
		if (!weekly) throw new Error('No week');
		const said = [
			weeklySentence(weekly),
			formatSpan('08:30', '12:00'),
			formatDate('2026-11-24', 'complet'),
			formatPeriod('2026-12-24', '2027-01-02'),
			formatPeriod('2026-11-01', '2026-11-12', 'annee'),
			agePhrase(3, 48) ?? '',
			agePhrase(36, 132) ?? '',
			agePhrase(192, null) ?? '',
			agePhrase(null, 252) ?? ''
		];
		for (const words of said) {
			expect(words.replace(/[\u2066-\u2069]/g, ''), words).not.toMatch(
				code === 'pt' ? /undefined|\{/ : frenchWords
			);
			expect(words).not.toMatch(/undefined|\{|\}/);
		}
		expect(said[0]?.replace(/[\u2066-\u2069\u202f]/g, '')).toMatch(/8.30.*12.*13.30.*17/su);
	});
});
