import { afterEach, beforeEach, expect, test } from 'vitest';
import { speakAs } from '#lib/domain/language.ts';
import { baseLocale, type Locale } from '#lib/paraglide/runtime.js';
import { openWorld } from '../../../../tests/world.ts';
import { findMoment } from '../moments.ts';
import { loadSeed } from '../seed.ts';
import { listSections, listThemes } from '../themes.ts';
import { saveTranslations, type TypedTranslation } from './edit.ts';
import { findGroup, listProgress } from './progress.ts';

let world: Awaited<ReturnType<typeof openWorld>>;
beforeEach(async () => {
	world = await openWorld();
});
afterEach(async () => {
	speak(baseLocale);
	await world.close();
});

const speak = (locale: Locale) => {
	speakAs(() => locale);
};
const ccv = { id: 1, nom: 'Communauté de communes' };
const place = { langue: 'en', objet: 'theme-petite-enfance' };
const question = 'theme/petite-enfance/question';
const introduction = 'theme/petite-enfance/introduction';

async function typed(cle: string, changes: Partial<TypedTranslation>): Promise<TypedTranslation> {
	const text = (await findGroup(world.db, 'en', place.objet))?.textes.find((one) => one.cle === cle);
	if (!text) throw new Error(`No text ${cle}`);
	return { cle, texte: text.texte, source: text.french, version: text.version, isTrue: false, ...changes };
}

async function read(locale: Locale) {
	speak(locale);
	const theme = (await listThemes(world.db)).find(({ slug }) => slug === 'petite-enfance');
	speak(baseLocale);
	if (!theme) throw new Error('No theme');
	return theme;
}

test('a territory comes with its translations: a theme, its parts and a situation are read in each language', async () => {
	const french = await read('fr');
	for (const locale of ['en', 'pt', 'tr', 'ar'] as const) {
		const theme = await read(locale);
		expect(theme.question).not.toBe(french.question);
		expect(theme.enFrancais).toEqual([]);
		speak(locale);
		expect((await listSections(world.db, 'petite-enfance')).map(({ fr }) => fr)).toEqual([
			false,
			false,
			false
		]);
		const moment = await findMoment(world.db, 'garder-mon-bebe', 'territoire', null);
		expect(moment?.enFrancais).toEqual([]);
		expect(
			moment?.etapes.flatMap(({ titre, texte }) => [titre.fr, ...texte.map(({ fr }) => fr)])
		).not.toContain(true);
		speak(baseLocale);
	}
});

test('a text whose French changed is told older than its source: its name in French, its text in both', async () => {
	await world.db
		.updateTable('theme')
		.set({ question: 'Où faire garder mon enfant ?', introduction: 'Voici qui vous aide.' })
		.where('slug', '=', 'petite-enfance')
		.execute();
	const theme = await read('en');
	expect(theme.question).toBe('Où faire garder mon enfant ?');
	expect(theme.enFrancais).toEqual(['question']);
	expect(theme.paragraphs.map(({ fr, depuis }) => [fr, depuis])).toEqual([
		[false, false],
		[true, true]
	]);
	expect(theme.paragraphs[1]?.texte).toBe('Voici qui vous aide.');
	// The simplified version is French: two of them would only be confusing.
	expect((await read('facile')).paragraphs.map(({ texte }) => texte)).toEqual(['Voici qui vous aide.']);
	const progress = (await listProgress(world.db)).find(({ objet }) => objet === place.objet);
	expect(progress?.languages.find(({ code }) => code === 'en')?.counts).toMatchObject({ ancienne: 2 });
});

test('what a commune says in its own way stands in French beside the common words', async () => {
	const at = '2026-11-24T09:00:00.000Z';
	await world.db
		.insertInto('theme_variant')
		.values({
			theme: 'petite-enfance',
			commune: 'bourg-valclair',
			field: 'introduction',
			mode: 'add',
			value: JSON.stringify('À Bourg, venez le lundi.'),
			base_value: JSON.stringify(''),
			changed_at: at,
			changed_by: 'essai'
		})
		.execute();
	speak('en');
	const [theme] = await listThemes(world.db, 'bourg-valclair');
	expect(theme?.paragraphs.map(({ texte, fr }) => [texte, fr]).at(-1)).toEqual([
		'À Bourg, venez le lundi.',
		true
	]);
	expect(theme?.paragraphs[0]?.fr).toBe(false);
});

test('a translation is changed, taken away, and its history is kept', async () => {
	const before = (await read('en')).question;
	expect(
		await saveTranslations(
			world.db,
			place,
			[await typed(question, { texte: ' Who can mind my baby? ' })],
			ccv
		)
	).toEqual({ saved: 1 });
	expect((await read('en')).question).toBe('Who can mind my baby?');
	await saveTranslations(world.db, place, [await typed(question, { texte: '' })], ccv);
	expect((await read('en')).enFrancais).toEqual(['question']);
	const text = (await findGroup(world.db, 'en', place.objet))?.textes.find(({ cle }) => cle === question);
	expect(text?.standing).toBe('manquante');
	expect(text?.before.map(({ texte }) => texte)).toEqual(['Who can mind my baby?', before]);
});

test('a translation said to be still right tells the French of today, unchanged words are not kept twice', async () => {
	await world.db
		.updateTable('theme')
		.set({ introduction: 'Voici qui vous aide.' })
		.where('slug', '=', 'petite-enfance')
		.execute();
	expect(await saveTranslations(world.db, place, [await typed(introduction, {})], ccv)).toEqual({ saved: 0 });
	expect(await saveTranslations(world.db, place, [await typed(introduction, { isTrue: true })], ccv)).toEqual(
		{
			saved: 1
		}
	);
	expect((await read('en')).paragraphs.map(({ depuis }) => depuis)).toEqual([false]);
});

test('of two people on one translation, the second sees the words of the first and loses none of theirs', async () => {
	const mine = await typed(question, { texte: 'Mine?' });
	await saveTranslations(world.db, place, [await typed(question, { texte: 'Theirs?' })], ccv);
	const refused = await saveTranslations(world.db, place, [mine], ccv);
	expect(refused?.errors?.[question]).toContain('« Theirs? »');
	expect((await read('en')).question).toBe('Theirs?');
	const version = refused?.errors ? (refused.versions[question] ?? 0) : 0;
	expect(await saveTranslations(world.db, place, [{ ...mine, version }], ccv)).toEqual({ saved: 1 });
	expect((await read('en')).question).toBe('Mine?');
});

test('a text too long is refused, with all the others, and a key of another group is left aside', async () => {
	const long = await typed(question, { texte: 'x'.repeat(121) });
	const good = await typed(introduction, { texte: 'Here is who helps you.' });
	const refused = await saveTranslations(world.db, place, [long, good], ccv);
	expect(Object.keys(refused?.errors ?? {})).toEqual([question]);
	expect((await read('en')).introduction).not.toBe('Here is who helps you.');
	const elsewhere = { ...good, cle: 'theme/agenda/question' };
	expect(await saveTranslations(world.db, place, [elsewhere], ccv)).toEqual({ saved: 0 });
	expect(await saveTranslations(world.db, { ...place, objet: 'theme-inconnu' }, [good], ccv)).toBeUndefined();
	expect(await saveTranslations(world.db, { ...place, langue: 'fr' }, [good], ccv)).toBeUndefined();
});

test('a base older than translations receives them at its next start; what people took away stays away', async () => {
	const { db, sqlite, dataDir } = world;
	await saveTranslations(db, place, [await typed(question, { texte: '' })], ccv);
	sqlite.exec(`
		DROP TRIGGER translation_is_never_cut;
		DELETE FROM translation WHERE langue <> 'en';
		DELETE FROM synonym WHERE expression = 'nursery';`);
	expect((await read('tr')).enFrancais).toContain('question');
	await loadSeed(db, 'valclair', dataDir);
	expect((await read('tr')).enFrancais).toEqual([]);
	expect((await read('en')).enFrancais).toEqual(['question']);
	const words = await db
		.selectFrom('synonym')
		.select('concept')
		.where('expression', '=', 'nursery')
		.execute();
	expect(words).toHaveLength(1);
	const count = () => sqlite.prepare('SELECT count(*) FROM translation').pluck().get();
	const before = count();
	await loadSeed(db, 'valclair', dataDir);
	expect(count()).toBe(before);
});
