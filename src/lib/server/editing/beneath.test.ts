import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { findService } from '../services.ts';
import {
	findCommuneWords,
	keepOwnWords,
	listChangedBeneath,
	listCommunesWithWords,
	listOwnWords,
	takeCommonWords
} from './beneath.ts';
import { type Editable, findEditable } from './editable.ts';
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
const pont = account('mairie', ['pont-valclair']);
const administration = account('administration');
const slug = 'accueil-petite-enfance';

async function open(db: Db, who: Account): Promise<Editable> {
	const editable = await findEditable(db, who, slug);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

/** Changes the common text of some fields. */
async function changeCommon(db: Db, facts: Record<string, unknown>): Promise<void> {
	const common = await open(db, administration);
	await publish(db, common, { ...common.facts, ...facts }, administration);
}

const readBy = (db: Db, commune: string) => findService(db, slug, commune);

test('a mairie is told when the common text changes beneath its words, and its neighbours are not', async ({
	db
}) => {
	expect(await listChangedBeneath(db, pont)).toEqual([]);
	await changeCommon(db, { telephone: '04 65 71 00 55', adresse: '3 rue du Pré' });
	expect(await listChangedBeneath(db, pont)).toEqual([
		{
			nom: 'Accueil petite enfance',
			commune: 'pont-valclair',
			fields: ['Téléphone'],
			path: '/mairie/fiches/accueil-petite-enfance/commun?commune=pont-valclair'
		}
	]);
	for (const other of [haut, administration, account('agent'), account('lecture')])
		expect(await listChangedBeneath(db, other)).toEqual([]);
	expect(await listCommunesWithWords(db, await open(db, administration))).toEqual([
		{ commune: 'pont-valclair', hasChanged: true }
	]);
});

test('what the common text said then, says now, and what the commune says stand side by side', async ({
	db
}) => {
	await changeCommon(db, { telephone: '04 65 71 00 55', description: 'Un texte tout neuf.' });
	const words = await listOwnWords(db, await open(db, pont));
	expect(words.map(({ name, mode, hasChanged }) => [name, mode, hasChanged])).toEqual([
		['telephone', 'replace', true],
		['description', 'add', true]
	]);
	expect(words[0]?.then).toMatch(/20$/);
	expect(words[0]?.now).toMatch(/55$/);
	expect(words[0]?.mine).toMatch(/23$/);
	expect(words[1]).toMatchObject({
		then: expect.stringContaining('C’est ici que l’on inscrit') as string,
		now: 'Un texte tout neuf.',
		mine: 'Au Pont-Valclair, une permanence a lieu à l’école.',
		read: 'Un texte tout neuf.\n\nAu Pont-Valclair, une permanence a lieu à l’école.'
	});
});

test('a commune keeps its words: nothing changes for people, and it is not asked again', async ({ db }) => {
	await changeCommon(db, { telephone: '04 65 71 00 55', description: 'Un texte tout neuf.' });
	const before = await readBy(db, 'pont-valclair');
	for (const name of ['telephone', 'description']) await keepOwnWords(db, await open(db, pont), name, pont);
	expect(await readBy(db, 'pont-valclair')).toEqual(before);
	expect(await listChangedBeneath(db, pont)).toEqual([]);
	expect((await listJournal(db, { limit: 1 }))[0]).toMatchObject({
		action: 'mots-gardes',
		object: 'accueil-petite-enfance (pont-valclair)'
	});
	await changeCommon(db, { telephone: '04 65 71 00 56' });
	expect((await listChangedBeneath(db, pont)).map(({ fields }) => fields)).toEqual([['Téléphone']]);
});

test('a commune takes the common text back, words added too, and the history gives them back', async ({
	db
}) => {
	await changeCommon(db, { telephone: '04 65 71 00 55', description: 'Un texte tout neuf.' });
	const before = await readBy(db, 'pont-valclair');
	for (const name of ['telephone', 'description'])
		await takeCommonWords(db, await open(db, pont), name, pont);
	const after = await readBy(db, 'pont-valclair');
	expect([after?.telephone, after?.description]).toEqual(['04 65 71 00 55', 'Un texte tout neuf.']);
	expect((await open(db, pont)).own).toEqual([]);

	const [, , first] = await listRevisions(db, before?.id ?? 0, 'pont-valclair');
	const editable = await open(db, pont);
	await publish(db, editable, { ...editable.base, ...first?.state }, pont);
	const again = await readBy(db, 'pont-valclair');
	expect([again?.telephone, again?.description]).toEqual([before?.telephone, before?.description]);
});

test('words that the common text has come to say can be given up too', async ({ db }) => {
	await changeCommon(db, { telephone: '04 65 71 00 23' });
	await takeCommonWords(db, await open(db, pont), 'telephone', pont);
	expect((await open(db, pont)).own.map(({ field }) => field)).toEqual(['description']);
	await changeCommon(db, { telephone: '04 65 71 00 55' });
	expect((await readBy(db, 'pont-valclair'))?.telephone).toBe('04 65 71 00 55');
});

test('of two who decide at once, the second is told; so is one who had not seen the last common text', async ({
	db
}) => {
	await changeCommon(db, { telephone: '04 65 71 00 55' });
	const seen = await open(db, pont);
	await keepOwnWords(db, seen, 'telephone', pont);
	await expect(takeCommonWords(db, seen, 'telephone', pont)).rejects.toThrow(ConflictError);
	const seenAgain = await open(db, pont);
	await changeCommon(db, { telephone: '04 65 71 00 56' });
	await expect(keepOwnWords(db, seenAgain, 'telephone', pont)).rejects.toThrow(ConflictError);
	expect((await listChangedBeneath(db, pont)).length).toBe(1);
});

test('administration looks at any commune’s words, a mairie at its own only', async ({ db }) => {
	expect((await findCommuneWords(db, administration, slug, 'pont-valclair'))?.variantOf).toBe(
		'pont-valclair'
	);
	expect(await findCommuneWords(db, administration, slug, undefined)).toBeUndefined();
	expect(await findCommuneWords(db, administration, slug, 'nulle-part')).toBeUndefined();
	expect(await findCommuneWords(db, haut, slug, 'pont-valclair')).toBeUndefined();
	expect(await findCommuneWords(db, account('agent'), slug, 'pont-valclair')).toBeUndefined();
});
