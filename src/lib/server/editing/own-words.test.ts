import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { wordsFields } from '#lib/domain/editing/fields.ts';
import { additionsIn, readOver, readOwnChoice, restAfter } from '#lib/domain/editing/own-state.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { findService } from '../services.ts';
import { listOwnWords, sayOwnWords } from './beneath.ts';
import { findDraft, keepDraft } from './drafts.ts';
import { type Editable, factsAt, findEditable } from './editable.ts';
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
const slug = 'accueil-petite-enfance';

async function open(db: Db, who: Account): Promise<Editable> {
	const editable = await findEditable(db, who, slug);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

async function changeCommon(db: Db, facts: Record<string, unknown>): Promise<void> {
	const common = await open(db, administration);
	await publish(db, common, { ...common.facts, ...facts }, administration);
}

const read = async (db: Db) => findService(db, slug, 'haut-valclair');
const add = (value: unknown) => ({ mode: 'add' as const, value });

test('a commune adds words after the common text, which goes on changing before them', async ({ db }) => {
	await sayOwnWords(db, await open(db, haut), 'description', add('Ici, le mardi.'), haut);
	await sayOwnWords(db, await open(db, haut), 'demarches', add(['Sonnez.']), haut);
	await changeCommon(db, { description: 'Tout neuf.', demarches: ['Écrivez.'] });
	const now = await read(db);
	expect([now?.description, now?.demarches]).toEqual([
		'Tout neuf.\n\nIci, le mardi.',
		['Écrivez.', 'Sonnez.']
	]);
	expect((await listOwnWords(db, await open(db, haut))).map(({ name, mode }) => [name, mode])).toEqual([
		['description', 'add'],
		['demarches', 'add']
	]);
});

test('words added stay added when they are corrected in the form of the entry, and are replaced when all is rewritten', async ({
	db
}) => {
	await sayOwnWords(db, await open(db, haut), 'description', add('Ici, le mardi.'), haut);
	const entry = await open(db, haut);
	const corrected = String(entry.facts.description).replace('mardi', 'jeudi');
	await publish(db, entry, { ...entry.facts, description: corrected }, haut);
	expect((await open(db, haut)).own).toEqual([
		{ field: 'description', mode: 'add', value: 'Ici, le jeudi.' }
	]);
	const again = await open(db, haut);
	await publish(db, again, { ...again.facts, description: 'Autre chose.' }, haut);
	expect((await open(db, haut)).own).toEqual([
		{ field: 'description', mode: 'replace', value: 'Autre chose.' }
	]);
});

test('the history holds what was added, and puts it back after the common text of today', async ({ db }) => {
	await sayOwnWords(db, await open(db, haut), 'description', add('Ici, le mardi.'), haut);
	const seen = await open(db, haut);
	await sayOwnWords(db, seen, 'description', null, haut);
	expect((await open(db, haut)).own).toEqual([]);
	await changeCommon(db, { description: 'Tout neuf.' });
	const revisions = await listRevisions(db, seen.id, 'haut-valclair');
	const state = revisions[1]?.state ?? {};
	expect(additionsIn(state)).toEqual({ description: 'Ici, le mardi.' });
	const present = await open(db, haut);
	await publish(db, present, readOver(present.base, state), haut, { additions: additionsIn(state) });
	expect((await read(db))?.description).toBe('Tout neuf.\n\nIci, le mardi.');
	expect((await open(db, haut)).own.map(({ mode }) => mode)).toEqual(['add']);
	expect((await factsAt(db, await open(db, haut), seen.version)).description).toBe(seen.facts.description);
});

test('a commune replaces a text it had added to, and follows the common one again', async ({ db }) => {
	await sayOwnWords(db, await open(db, haut), 'publics', add(['jeunes']), haut);
	expect((await read(db))?.publics).toEqual(['parents', 'jeunes']);
	await sayOwnWords(db, await open(db, haut), 'publics', { mode: 'replace', value: ['jeunes'] }, haut);
	expect((await read(db))?.publics).toEqual(['jeunes']);
	await sayOwnWords(db, await open(db, haut), 'publics', null, haut);
	expect((await read(db))?.publics).toEqual(['parents']);
});

test('the second of two is told; what one keeps as a draft of the entry is not lost', async ({
	db,
	world
}) => {
	world.sqlite.exec(
		`INSERT INTO account (id, courriel, nom, role, created_at, created_by) VALUES (1, 'a@exemple.fr', 'Accueil', 'mairie', '', '')`
	);
	const seen = await open(db, haut);
	await keepDraft(db, seen, haut.id, { typed: { telephone: '04 65 71 00 44' }, version: seen.version });
	await sayOwnWords(db, seen, 'description', add('Ici.'), haut);
	await expect(sayOwnWords(db, seen, 'description', add('Là.'), haut)).rejects.toThrow(ConflictError);
	expect((await findDraft(db, await open(db, haut), haut.id))?.typed.telephone).toBe('04 65 71 00 44');
});

test('what is chosen and typed for a field is checked in French', async ({ db }) => {
	const { base } = await open(db, haut);
	const field = (name: string) => {
		const found = wordsFields.find((one) => one.name === name);
		if (!found) throw new Error(name);
		return found;
	};
	const description = field('description');
	expect(readOwnChoice(description, 'suivre', ' \r\n', base)).toEqual({ own: null });
	expect(readOwnChoice(description, 'add', ' Ici.\r\n', base)).toEqual({ own: add('Ici.') });
	expect(readOwnChoice(field('demarches'), 'add', 'Un\r\n\r\nDeux', base)).toEqual({
		own: add(['Un', 'Deux'])
	});
	expect(readOwnChoice(description, 'add', ' ', base).error).toMatch(/Écrivez vos mots/);
	expect(readOwnChoice(description, '', 'Ici.', base).error).toMatch(/Choisissez/);
	expect(readOwnChoice(field('publics'), 'add', ['n-importe-quoi'], base).error).toBe(
		'Choisissez dans la liste.'
	);
	expect(readOwnChoice(description, 'add', 'a'.repeat(1990), base).error).toMatch(/trop long/);
});

test('words just typed are not lost under « Suivre le texte commun »; those shown with the form are given up', async ({
	db
}) => {
	const { base } = await open(db, haut);
	const field = (name: string) => wordsFields.filter((one) => one.name === name);
	for (const description of field('description')) {
		expect(readOwnChoice(description, 'suivre', 'Sonnez deux fois.', base).error).toMatch(/videz la case/);
		expect(readOwnChoice(description, 'suivre', 'Un.\r\nDeux.', base, add('Un.\nDeux.'))).toEqual({
			own: null
		});
		expect(readOwnChoice(description, 'suivre', 'Un. Trois.', base, add('Un.')).error).toMatch(/videz/);
	}
	for (const publics of field('publics')) {
		expect(readOwnChoice(publics, 'suivre', ['familles'], base).error).toMatch(/décochez/);
		expect(readOwnChoice(publics, 'suivre', ['familles'], base, add(['familles']))).toEqual({ own: null });
		expect(readOwnChoice(publics, 'suivre', [], base)).toEqual({ own: null });
	}
});

test('what comes after the common text is found again only where that text stands whole', () => {
	expect(restAfter('Un.', 'Un.\n\nDeux.')).toBe('Deux.');
	expect(restAfter('Un.', 'Un. Deux.')).toBeUndefined();
	expect(restAfter('Un.', 'Un.')).toBeUndefined();
	expect(restAfter(null, 'Deux.')).toBeUndefined();
	expect(restAfter(['a'], ['a', 'b'])).toEqual(['b']);
	expect(restAfter(['a'], ['b'])).toBeUndefined();
});

test('what a commune says already, or takes from the common text, keeps its typography', async ({ db }) => {
	const base = { ...(await open(db, haut)).base, description: `L'eau "vive" :` };
	for (const description of wordsFields.filter(({ name }) => name === 'description')) {
		const read = (choice: string, typed: string, present?: ReturnType<typeof add>) =>
			readOwnChoice(description, choice, typed, base, present).own;
		expect(read('add', `L'été ?`)).toEqual(add('L’été\u202f?'));
		expect(read('add', `L'été ?`, add(`L'été ?`))).toEqual(add(`L'été ?`));
		expect(read('replace', `L'eau "vive" :\nL'hiver`)).toEqual({
			mode: 'replace',
			value: `L'eau "vive" :\nL’hiver`
		});
	}
});
