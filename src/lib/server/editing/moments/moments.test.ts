import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { noVariant, type OwnText } from '#lib/domain/moments/state.ts';
import { editors } from '../../../../../tests/editors.ts';
import { test } from '../../../../../tests/world.ts';
import { findCommune } from '../../communes.ts';
import type { Db } from '../../database/schema.ts';
import { listJournal, namesInJournal } from '../../journal.ts';
import { findArchivedMoment, findRenamedMoment } from '../../moment-addresses.ts';
import { findMoment, listMoments } from '../../moments.ts';
import { searchMoments } from '../../search/moments.ts';
import { listChangedBeneath } from '../beneath.ts';
import { ArchivedError, ConflictError } from '../publish.ts';
import { ownMomentWords } from './beneath.ts';
import { findMomentDraft, keepMomentDraft, listMomentDrafts } from './drafts.ts';
import { type EditableMoment, findEditableMoment } from './editable.ts';
import { archiveMoment, createMoment, listUnreadMoments, renameMoment, restoreMoment } from './life.ts';
import { mergedMoment } from './meanwhile.ts';
import { followCommonMomentOrder, listPlacedMoments, moveMoment, setMomentHidden } from './placement.ts';
import { kept, publishMoment, publishOwnWords, without } from './publish.ts';
import { listMomentRevisions } from './revisions.ts';

const slug = 'garder-mon-bebe';

async function open(db: Db, who: Account, commune?: string, name = slug): Promise<EditableMoment> {
	const moment = await findEditableMoment(db, who, name, commune);
	if (!moment) throw new Error(`${name} can't be changed`);
	return moment;
}

async function readIn(db: Db, commune: string | null, name = slug) {
	const found = commune === null ? undefined : await findCommune(db, commune);
	return findMoment(db, name, commune ?? 'territoire', found ?? null);
}

const replace = (texte: string, base: string): OwnText => ({ mode: 'replace', texte, base });

test('the administration publishes the common words at once, and the history keeps who said what', async ({
	db
}) => {
	const { administration } = await editors(db);
	const moment = await open(db, administration);
	await publishMoment(db, moment, { ...moment.common, nom: 'Qui garde mon bébé ?' }, administration);
	expect((await readIn(db, 'haut-valclair'))?.nom).toBe('Qui garde mon bébé ?');
	expect((await listMoments(db))[0]?.nom).toBe('Qui garde mon bébé ?');
	const revisions = await listMomentRevisions(db, moment.id, null);
	expect(revisions.map(({ who, state }) => [who, 'nom' in state && state.nom])).toEqual([
		['administration', 'Qui garde mon bébé ?'],
		['amorce', 'Je cherche qui peut garder mon bébé']
	]);
	const [line] = await listJournal(db, { limit: 1 });
	expect(line).toMatchObject({ who: 'administration', action: 'situation-publiee', object: slug });
	expect((await namesInJournal(db))(slug)).toBe('Qui garde mon bébé ?');
});

test('two who publish at once: the second is refused, and both edits are brought together', async ({
	db
}) => {
	const { administration } = await editors(db);
	const moment = await open(db, administration);
	const { common } = moment;
	await publishMoment(db, moment, { ...common, nom: 'Le premier' }, administration);
	const mine = { ...common, accroche: 'La mienne' };
	await expect(publishMoment(db, moment, mine, administration)).rejects.toThrow(ConflictError);
	const present = await open(db, administration);
	const { words, conflict } = await mergedMoment(db, present, { common: mine }, moment.version, 0);
	expect(words).toMatchObject({ common: { nom: 'Le premier', accroche: 'La mienne' } });
	expect(conflict).toMatchObject({ who: 'administration', isMine: false, both: [] });
	expect(conflict.theirs.map(({ label }) => label)).toEqual(['Nom']);
});

test('a mairie says a step in its own way, adds one and hides another, in its commune only', async ({
	db
}) => {
	const { haut } = await editors(db);
	const moment = await open(db, haut);
	expect(moment.variantOf).toBe('haut-valclair');
	const { id } = await db
		.selectFrom('service')
		.select('id')
		.where('slug', '=', 'mairie-haut-valclair')
		.executeTakeFirstOrThrow();
	const ajout = {
		cle: 'chez-nous',
		titre: 'Passez à la mairie',
		texte: 'On vous montre la salle.',
		fiche: id,
		a_preparer: [],
		source: null,
		source_lien: null,
		apres: '1'
	};
	const own = {
		introduction: replace('Ici, demandez Léa.', moment.common.introduction),
		etapes: { '1': { mode: 'add' as const, texte: 'Le mardi.', base: 'x' } },
		cachees: ['3'],
		ajouts: [ajout]
	};
	await publishOwnWords(db, moment, own, haut);
	const here = await readIn(db, 'haut-valclair');
	expect(here?.introduction.map(({ texte }) => texte)).toEqual(['Ici, demandez Léa.']);
	expect(here?.etapes.map(({ titre, fiche }) => [titre.texte, fiche?.slug])).toEqual([
		['Appelez l’accueil petite enfance', 'accueil-petite-enfance'],
		['Passez à la mairie', 'mairie-haut-valclair'],
		['Demandez une place à la crèche', 'creche']
	]);
	expect(here?.etapes[0]?.texte.map(({ texte }) => texte)).toEqual([
		expect.stringMatching(/^Dites quels jours/),
		'Le mardi.'
	]);
	expect((await readIn(db, 'bourg-valclair'))?.etapes).toHaveLength(3);
	expect((await readIn(db, null))?.introduction.map(({ texte }) => texte)).toEqual([
		moment.common.introduction
	]);

	await publishOwnWords(db, await open(db, haut), noVariant, haut);
	expect((await readIn(db, 'haut-valclair'))?.introduction.map(({ texte }) => texte)).toEqual([
		moment.common.introduction
	]);
	const states = (await listMomentRevisions(db, moment.id, 'haut-valclair')).map(({ who, state }) => [
		who,
		state
	]);
	expect(states).toEqual([
		['haut', noVariant],
		['haut', own],
		['amorce', noVariant]
	]);
});

test('each changes what is theirs only', async ({ db }) => {
	const { haut, administration } = await editors(db);
	expect(await findEditableMoment(db, haut, slug, 'bourg-valclair')).toBeUndefined();
	expect((await findEditableMoment(db, administration, slug, 'bourg-valclair'))?.variantOf).toBe(
		'bourg-valclair'
	);
	expect(await findEditableMoment(db, administration, slug, 'nulle-part')).toBeUndefined();
	expect(await findEditableMoment(db, { ...haut, role: 'agent' }, slug)).toBeUndefined();
	expect(await findEditableMoment(db, { ...haut, role: 'lecture' }, slug)).toBeUndefined();
	const begun = await createMoment(db, { nom: 'Je déménage', theme: 'petite-enfance' }, administration);
	expect(await findEditableMoment(db, haut, begun)).toBeUndefined();
});

test('the common text changes beneath a commune’s words: it is told, keeps its own or takes the common ones', async ({
	db
}) => {
	const { haut, administration } = await editors(db);
	const before = await open(db, haut);
	const texte = before.common.etapes[1]?.texte ?? '';
	const own = {
		...noVariant,
		introduction: replace('La nôtre.', before.common.introduction),
		etapes: { '2': replace('Notre crèche.', texte) }
	};
	await publishOwnWords(db, before, own, haut);
	expect(await listChangedBeneath(db, haut)).toEqual([]);

	const common = await open(db, administration);
	const [first, second] = common.common.etapes;
	if (!first || !second) throw new Error('steps are missing');
	const state = {
		...common.common,
		introduction: 'Nouvelle introduction.',
		etapes: [first, { ...second, texte: 'Nouveau texte.' }]
	};
	await publishMoment(db, common, state, administration);
	expect(await listChangedBeneath(db, haut)).toEqual([
		{
			nom: 'Je cherche qui peut garder mon bébé',
			commune: 'haut-valclair',
			fields: ['Introduction', `Étape 2\u202f: ${second.titre}`],
			path: `/mairie/situations/${slug}?commune=haut-valclair`
		}
	]);

	await publishOwnWords(db, await open(db, haut), kept(await open(db, haut), 'commune-introduction'), haut);
	let present = await open(db, haut);
	expect((await readIn(db, 'haut-valclair'))?.introduction.map(({ texte }) => texte)).toEqual(['La nôtre.']);
	expect(ownMomentWords(present.common, present.own).map(({ hasChanged }) => hasChanged)).toEqual([
		false,
		true
	]);
	await publishOwnWords(db, present, without(present.own, 'commune-2'), haut);
	expect((await readIn(db, 'haut-valclair'))?.etapes[1]?.texte.map(({ texte }) => texte)).toEqual([
		'Nouveau texte.'
	]);
	expect(await listChangedBeneath(db, haut)).toEqual([]);

	// A step that goes takes with it what was said of it: the commune is told too.
	present = await open(db, haut);
	await publishOwnWords(
		db,
		present,
		{ ...present.own, etapes: { '1': replace('Chez nous.', first.texte) } },
		haut
	);
	const later = await open(db, administration);
	await publishMoment(
		db,
		later,
		{ ...later.common, etapes: [{ ...first, cle: 'autre' }, second] },
		administration
	);
	expect((await listChangedBeneath(db, haut))[0]?.fields).toEqual([
		'Une étape qui n’est plus dans le texte commun'
	]);
});

test('a mairie whose form began before the common text changed is refused', async ({ db }) => {
	const { haut, administration } = await editors(db);
	const mine = await open(db, haut);
	const common = await open(db, administration);
	await publishMoment(db, common, { ...common.common, introduction: 'Autre chose.' }, administration);
	await expect(publishOwnWords(db, mine, noVariant, haut)).rejects.toThrow(ConflictError);
});

test('a commune orders its situations and hides one; an urgent one stays everywhere', async ({ db }) => {
	const { haut, administration } = await editors(db);
	const slugs = async (commune?: string) => (await listMoments(db, commune)).map((one) => one.slug);
	expect(await moveMoment(db, 'haut-valclair', 'faire-mes-papiers', 'debut', haut)).toBe(true);
	expect(await slugs('haut-valclair')).toEqual(['faire-mes-papiers', slug, 'quelqu-un-me-fait-peur']);
	expect(await slugs('bourg-valclair')).toEqual([slug, 'faire-mes-papiers', 'quelqu-un-me-fait-peur']);
	expect(await moveMoment(db, null, 'quelqu-un-me-fait-peur', 'haut', administration)).toBe(true);
	expect(await slugs()).toEqual([slug, 'quelqu-un-me-fait-peur', 'faire-mes-papiers']);
	expect(await moveMoment(db, null, 'inconnue', 'haut', administration)).toBe(false);

	expect(await setMomentHidden(db, 'haut-valclair', slug, true, haut)).toBe(true);
	expect(await setMomentHidden(db, 'haut-valclair', 'quelqu-un-me-fait-peur', true, haut)).toBe(false);
	expect(await slugs('haut-valclair')).toEqual(['faire-mes-papiers', 'quelqu-un-me-fait-peur']);
	expect((await listPlacedMoments(db, 'haut-valclair')).hidden.map((one) => one.slug)).toEqual([slug]);
	// Whoever kept its address reads it.
	expect((await readIn(db, 'haut-valclair'))?.nom).toBe('Je cherche qui peut garder mon bébé');
	await setMomentHidden(db, 'haut-valclair', slug, false, haut);
	await followCommonMomentOrder(db, 'haut-valclair', haut);
	expect(await slugs('haut-valclair')).toEqual(await slugs());
});

test('a situation is begun, published, named otherwise, put away and brought back', async ({ db }) => {
	const { administration } = await editors(db);
	const begun = await createMoment(db, { nom: 'Je déménage', theme: 'petite-enfance' }, administration);
	expect(begun).toBe('je-demenage');
	expect(await readIn(db, null, begun)).toBeUndefined();
	expect(await listUnreadMoments(db)).toMatchObject([{ slug: begun, archivedAt: null }]);
	expect((await listMomentDrafts(db, administration)).map(({ nom }) => nom)).toEqual(['Je déménage']);
	expect(await createMoment(db, { nom: 'Je déménage', theme: 'petite-enfance' }, administration)).toBe(
		'je-demenage-2'
	);
	const moment = await open(db, administration, undefined, begun);
	const { etapes } = (await open(db, administration)).common;
	await publishMoment(
		db,
		moment,
		{ ...moment.common, accroche: 'Ici', introduction: 'Là', etapes },
		administration
	);
	expect((await listMoments(db)).at(-1)?.slug).toBe(begun);

	expect(await renameMoment(db, moment, slug, administration)).toBe(false);
	expect(await renameMoment(db, moment, 'nouvelle', administration)).toBe(false);
	expect(await renameMoment(db, moment, 'demenager', administration)).toBe(true);
	expect(await findRenamedMoment(db, begun)).toBe('demenager');
	expect(await createMoment(db, { nom: 'Je déménage', theme: 'petite-enfance' }, administration)).toBe(
		'je-demenage-3'
	);

	const now = await open(db, administration, undefined, 'demenager');
	const { id: successor } = await open(db, administration);
	await archiveMoment(db, now, administration, successor);
	expect((await listMoments(db)).some((one) => one.slug === 'demenager')).toBe(false);
	expect(await findArchivedMoment(db, 'demenager', 'territoire', null)).toMatchObject({
		nom: 'Je déménage',
		successor: { slug },
		theme: { slug: 'petite-enfance' }
	});
	await expect(publishMoment(db, now, now.common, administration)).rejects.toThrow(ArchivedError);
	await restoreMoment(db, now, administration);
	expect((await listMoments(db)).at(-1)?.slug).toBe('demenager');
	expect(await findArchivedMoment(db, 'demenager', 'territoire', null)).toBeUndefined();
});

test('what was put away says what to read instead, and who answers', async ({ db }) => {
	const { administration } = await editors(db);
	await archiveMoment(db, await open(db, administration), administration);
	const commune = await findCommune(db, 'haut-valclair');
	const page = await findArchivedMoment(db, slug, 'haut-valclair', commune ?? null);
	expect(page).toMatchObject({ successor: null, contact: { slug: 'accueil-petite-enfance' } });
});

test('a draft is one’s own, and goes once published', async ({ db }) => {
	const { haut, collegue } = await editors(db);
	const moment = await open(db, haut);
	await keepMomentDraft(db, moment, haut.id, { typed: { introduction: 'À finir' }, version: moment.version });
	expect(await findMomentDraft(db, moment, collegue.id)).toBeUndefined();
	expect((await findMomentDraft(db, moment, haut.id))?.typed).toEqual({ introduction: 'À finir' });
	expect((await listMomentDrafts(db, haut)).map(({ path }) => path)).toEqual([
		`/mairie/situations/${slug}?commune=haut-valclair`
	]);
	await publishOwnWords(db, moment, noVariant, haut);
	expect(await findMomentDraft(db, moment, haut.id)).toBeUndefined();
});

test('a search finds a situation by its words, as its commune says them, as soon as they are published', async ({
	db
}) => {
	const { administration, haut } = await editors(db);
	const found = async (q: string, commune?: string) =>
		(await searchMoments(db, q, commune)).map((one) => one.slug);
	expect(await found('garder mon bébé')).toEqual([slug]);
	expect(await found('nounou', 'haut-valclair')).toEqual([slug]);
	// What stands in its steps only is not what it is about.
	expect(await found('livret de famille')).toEqual([]);
	expect(await found('enceinte')).toEqual([]);
	for (const nothing of ['', '   ', '"*" OR', 'zzz', '04 65 71 00 01'])
		expect(await found(nothing)).toEqual([]);
	const moment = await open(db, administration);
	await publishMoment(db, moment, { ...moment.common, mots: ['enceinte', 'congé parental'] }, administration);
	expect(await found('Je suis ENCEINTE')).toEqual([slug]);
	expect(await found('conge parental', 'bourg-valclair')).toEqual([slug]);
	await setMomentHidden(db, 'haut-valclair', slug, true, haut);
	expect(await found('enceinte', 'haut-valclair')).toEqual([]);
	expect(await found('enceinte', 'bourg-valclair')).toEqual([slug]);
});
