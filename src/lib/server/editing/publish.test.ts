import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { search } from '../search/search.ts';
import { findService } from '../services.ts';
import { type Editable, factsAt, findEditable, listEditable } from './editable.ts';
import { ConflictError, publish } from './publish.ts';
import { listRevisions } from './revisions.ts';

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

async function open(db: Db, who: Account, slug: string, commune?: string): Promise<Editable> {
	const editable = await findEditable(db, who, slug, commune);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

test('a mairie corrects its telephone: people read it at once, the search too, and what was there is kept', async ({
	db
}) => {
	const entry = await open(db, haut, 'mairie-haut-valclair');
	await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 99' }, haut);
	expect((await findService(db, 'mairie-haut-valclair', 'haut-valclair'))?.telephone).toBe('04 65 71 00 99');
	expect((await search(db, { q: '0465710099', commune: 'haut-valclair', limit: 5 })).ids).toEqual([entry.id]);
	const [last, first] = await listRevisions(db, entry.id, null);
	expect([last?.who, last?.state.telephone]).toEqual(['Accueil', '04 65 71 00 99']);
	expect([first?.who, first?.state.telephone]).toEqual(['amorce', entry.facts.telephone]);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({ who: 'Accueil', action: 'fiche-publiee' });
});

test('a commune says its own number on a shared entry; its neighbours read the common one', async ({
	db
}) => {
	const entry = await open(db, haut, 'accueil-petite-enfance');
	expect(entry.variantOf).toBe('haut-valclair');
	await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 98' }, haut);
	const read = async (commune?: string) =>
		(await findService(db, 'accueil-petite-enfance', commune))?.telephone;
	expect(await read('haut-valclair')).toBe('04 65 71 00 98');
	expect(await read('bourg-valclair')).toBe(entry.base.telephone);
	expect(await read()).toBe(entry.base.telephone);

	const again = await open(db, haut, 'accueil-petite-enfance');
	await publish(db, again, { ...again.facts, telephone: again.base.telephone }, haut);
	expect((await open(db, haut, 'accueil-petite-enfance')).own).toEqual([]);
});

test('a commune that corrects its number while the common text changes does not keep the old text', async ({
	db
}) => {
	const mine = await open(db, haut, 'accueil-petite-enfance');
	const common = await open(db, administration, 'accueil-petite-enfance');
	await publish(db, common, { ...common.facts, description: 'Un texte tout neuf.' }, administration);
	await expect(publish(db, mine, { ...mine.facts, telephone: '04 65 71 00 98' }, haut)).rejects.toThrow(
		ConflictError
	);
	const now = await open(db, haut, 'accueil-petite-enfance');
	expect((await factsAt(db, now, mine.version)).description).toBe(mine.facts.description);
	await publish(db, now, { ...now.facts, telephone: '04 65 71 00 98' }, haut);
	const read = await findService(db, 'accueil-petite-enfance', 'haut-valclair');
	expect([read?.description, read?.telephone]).toEqual(['Un texte tout neuf.', '04 65 71 00 98']);
	expect((await listRevisions(db, now.id, 'haut-valclair')).map(({ state }) => Object.keys(state))).toEqual([
		['telephone'],
		[]
	]);
});

test('the words that a commune adds stay added when it changes another field', async ({ db }) => {
	const pont = account('mairie', ['pont-valclair']);
	const entry = await open(db, pont, 'accueil-petite-enfance');
	const added = entry.own.filter(({ mode }) => mode === 'add');
	expect(added.length).toBeGreaterThan(0);
	await publish(db, entry, { ...entry.facts, sms: '04 65 71 00 97' }, pont);
	const after = await open(db, pont, 'accueil-petite-enfance');
	expect(after.own.filter(({ mode }) => mode === 'add')).toEqual(added);
});

test('the second to publish is told, and nothing is overwritten', async ({ db }) => {
	const one = await open(db, haut, 'mairie-haut-valclair');
	const other = await open(db, administration, 'mairie-haut-valclair');
	await publish(db, one, { ...one.facts, telephone: '04 65 71 00 99' }, haut);
	await expect(publish(db, other, { ...other.facts, nom: 'Autre' }, administration)).rejects.toThrow(
		ConflictError
	);
	const read = await findService(db, 'mairie-haut-valclair', 'haut-valclair');
	expect([read?.nom, read?.telephone]).toEqual(['Mairie de Haut-Valclair', '04 65 71 00 99']);
});

test('of two who publish at the same instant, one is told', async ({ db }) => {
	for (let i = 0; i < 20; i++) {
		const entry = await open(db, haut, 'mairie-haut-valclair');
		const numbers = [
			`04 65 71 01 ${String(i).padStart(2, '0')}`,
			`04 65 71 02 ${String(i).padStart(2, '0')}`
		];
		const outcomes = await Promise.allSettled(
			numbers.map((telephone) => publish(db, entry, { ...entry.facts, telephone }, haut))
		);
		expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		const winner = numbers[outcomes.findIndex(({ status }) => status === 'fulfilled')];
		expect((await open(db, haut, 'mairie-haut-valclair')).facts.telephone).toBe(winner);
	}
	expect(await listRevisions(db, (await open(db, haut, 'mairie-haut-valclair')).id, null)).toHaveLength(21);
});

test('what is another’s, a draft of the base, or for a reader, is not there', async ({ db }) => {
	expect(await findEditable(db, haut, 'mairie-bourg-valclair')).toBeUndefined();
	expect(await findEditable(db, haut, 'brouillon-jamais-publie')).toBeUndefined();
	expect(await findEditable(db, haut, 'accueil-petite-enfance', 'bourg-valclair')).toBeUndefined();
	expect(await findEditable(db, haut, 'n-existe-pas')).toBeUndefined();
	for (const role of ['agent', 'lecture'] as const) {
		expect(await findEditable(db, account(role), 'mairie-haut-valclair')).toBeUndefined();
		expect(await listEditable(db, account(role))).toEqual([]);
	}
	const mine = await listEditable(db, haut);
	expect(mine.filter(({ variantOf }) => variantOf === null).map(({ slug }) => slug)).toEqual([
		'mairie-haut-valclair'
	]);
	expect(
		mine.every(
			({ variantOf, isPublished }) => variantOf === null || (variantOf === 'haut-valclair' && isPublished)
		)
	).toBe(true);
});

test('the history is never changed nor cut', async ({ db, world }) => {
	const entry = await open(db, haut, 'mairie-haut-valclair');
	await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 99' }, haut);
	expect(() => world.sqlite.exec(`UPDATE revision SET who = 'x'`)).toThrow('never changed');
	expect(() => world.sqlite.exec('DELETE FROM revision')).toThrow('never cut');
});
