import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { checkIntroduction, checkThemeWords, ownIntroductionOf } from '#lib/domain/editing/theme.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { search } from '../search/search.ts';
import { findStaleServices } from '../search/stale.ts';
import { findTheme } from '../themes.ts';
import { listChangedBeneath } from './beneath.ts';
import { ConflictError } from './publish.ts';
import { listThemeRevisions } from './theme-revisions.ts';
import {
	type EditableTheme,
	findEditableTheme,
	ownIntroductionWords,
	publishIntroduction,
	publishThemeWords
} from './themes.ts';

const account = (role: Account['role'], communes: string[] = []): Account => ({
	id: 1,
	courriel: 'accueil@exemple.fr',
	nom: 'Accueil',
	role,
	communes,
	hasSecondFactor: true
});
const haut = account('mairie', ['haut-valclair']);
const administration = account('administration');
const slug = 'petite-enfance';

async function open(db: Db, who: Account, commune?: string): Promise<EditableTheme> {
	const theme = await findEditableTheme(db, who, slug, commune);
	if (!theme) throw new Error(`${slug} can't be changed`);
	return theme;
}

const readIn = async (db: Db, commune?: string) => (await findTheme(db, slug, commune))?.introduction;

test('a mairie introduces a theme in its own words, in its commune only', async ({ db }) => {
	const common = await readIn(db);
	const add = { mode: 'add' as const, introduction: 'Ici, demandez Léa.' };
	await publishIntroduction(db, await open(db, haut), add, haut);
	expect(await readIn(db, 'haut-valclair')).toBe(`${common}\n\nIci, demandez Léa.`);
	expect([await readIn(db, 'bourg-valclair'), await readIn(db)]).toEqual([common, common]);

	const replace = { mode: 'replace' as const, introduction: 'À Haut-Valclair, tout commence ici.' };
	await publishIntroduction(db, await open(db, haut), replace, haut);
	expect(await readIn(db, 'haut-valclair')).toBe('À Haut-Valclair, tout commence ici.');
	await publishIntroduction(db, await open(db, haut), null, haut);
	expect(await readIn(db, 'haut-valclair')).toBe(common);

	const states = (await listThemeRevisions(db, slug, 'haut-valclair')).map(({ who, state }) => [who, state]);
	expect(states).toEqual([
		['Accueil', {}],
		['Accueil', replace],
		['Accueil', add],
		['amorce', {}]
	]);
	const [, , kept, first] = await listThemeRevisions(db, slug, 'haut-valclair');
	const published = await db.selectFrom('publication').select('published_at').execute();
	expect(first?.at).toBe(published.map(({ published_at }) => published_at).sort()[0]);
	await publishIntroduction(db, await open(db, haut), ownIntroductionOf(kept?.state ?? {}), haut);
	expect(await readIn(db, 'haut-valclair')).toBe(`${common}\n\nIci, demandez Léa.`);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
		action: 'introduction-publiee',
		object: 'petite-enfance (haut-valclair)'
	});
});

test('administration changes the common words: pages and search follow, and a commune that has its own is told', async ({
	db
}) => {
	const own = { mode: 'replace' as const, introduction: 'La nôtre.' };
	await publishIntroduction(db, await open(db, haut), own, haut);
	const before = await open(db, administration);
	const words = { ...before.common, nom: 'Tout-petits', introduction: 'Une toute nouvelle.' };
	await publishThemeWords(db, before, words, administration);
	expect(await readIn(db, 'bourg-valclair')).toBe('Une toute nouvelle.');
	expect(await readIn(db, 'haut-valclair')).toBe('La nôtre.');
	const found = await search(db, { q: 'tout-petits', commune: undefined, limit: 20 });
	expect(found.ids.length).toBeGreaterThan(0);
	expect(await findStaleServices(db)).toEqual([]);

	expect(await listChangedBeneath(db, haut)).toEqual([
		{
			nom: 'Tout-petits',
			commune: 'haut-valclair',
			fields: ['Introduction'],
			path: '/mairie/themes/petite-enfance?commune=haut-valclair'
		}
	]);
	const mine = await open(db, haut);
	expect(ownIntroductionWords(mine)).toMatchObject({
		then: before.common.introduction,
		now: 'Une toute nouvelle.',
		mine: 'La nôtre.',
		hasChanged: true
	});
	await publishIntroduction(db, mine, mine.own, haut);
	expect(await listChangedBeneath(db, haut)).toEqual([]);
	expect(await readIn(db, 'haut-valclair')).toBe('La nôtre.');
});

test('of two who publish a theme the second is told, and so is a commune whose common text changed meanwhile', async ({
	db
}) => {
	const own = { mode: 'add' as const, introduction: 'Chez nous.' };
	const one = await open(db, haut);
	await publishIntroduction(db, one, own, haut);
	await expect(publishIntroduction(db, one, null, haut)).rejects.toThrow(ConflictError);
	const later = await open(db, haut);
	const common = await open(db, administration);
	await publishThemeWords(db, common, { ...common.common, introduction: 'Autre.' }, administration);
	await expect(publishIntroduction(db, later, null, haut)).rejects.toThrow(ConflictError);
	await expect(publishThemeWords(db, common, common.common, administration)).rejects.toThrow(ConflictError);
	expect(await readIn(db, 'haut-valclair')).toBe('Autre.\n\nChez nous.');
});

test('a mairie changes neither the common words nor those of another commune; others change none', async ({
	db
}) => {
	expect((await open(db, haut)).variantOf).toBe('haut-valclair');
	expect((await open(db, administration, 'haut-valclair')).variantOf).toBeNull();
	expect(await findEditableTheme(db, haut, slug, 'bourg-valclair')).toBeUndefined();
	expect(await findEditableTheme(db, haut, 'n-existe-pas')).toBeUndefined();
	for (const role of ['agent', 'lecture'] as const)
		expect(await findEditableTheme(db, account(role), slug)).toBeUndefined();
});

test('what must be corrected in a theme is said in French, field by field', () => {
	const words = { nom: 'Enfance', question: 'Qui ?', accroche: 'École', introduction: 'Voici.' };
	expect(checkThemeWords(words)).toEqual({ output: words });
	expect(checkThemeWords({ ...words, nom: ' ', accroche: 'a'.repeat(41) }).errors).toEqual({
		nom: 'Ce texte ne peut pas être vide.',
		accroche: 'Ce texte est trop long : 40 caractères au plus, le vôtre en a 41.'
	});
	expect(checkIntroduction('suivre', ' ')).toEqual({ output: null });
	const present = { mode: 'add' as const, introduction: 'Un.\nDeux.' };
	expect(checkIntroduction('suivre', 'Un.\r\nDeux.', present)).toEqual({ output: null });
	expect(checkIntroduction('suivre', 'Un.', present).errors?.choix).toMatch(/videz la case/);
	expect(checkIntroduction('suivre', 'Sonnez.').errors?.choix).toMatch(/videz la case/);
	expect(checkIntroduction('add', ' Bonjour.\r\nBienvenue.\0 ').output).toEqual({
		mode: 'add',
		introduction: 'Bonjour.\nBienvenue.'
	});
	expect(Object.keys(checkIntroduction('replace', '').errors ?? {})).toEqual(['introduction']);
	expect(Object.keys(checkIntroduction('', 'Bonjour.').errors ?? {})).toEqual(['choix']);
});

test('the history of themes is never changed nor cut', async ({ db, world }) => {
	await publishIntroduction(db, await open(db, haut), { mode: 'add', introduction: 'Ici.' }, haut);
	expect(() => world.sqlite.exec(`UPDATE theme_revision SET who = 'x'`)).toThrow('never changed');
	expect(() => world.sqlite.exec('DELETE FROM theme_revision')).toThrow('never cut');
});
