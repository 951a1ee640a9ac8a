import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { test } from '../../../../tests/world.ts';
import { createEntry } from './create.ts';
import { findDraft, keepDraft, listDrafts, listOthersDrafts } from './drafts.ts';
import { publish } from './publish.ts';
import { editors, garderie, open } from '../../../../tests/editors.ts';

test('a draft is kept as it was typed, found by its author alone, and gone once published', async ({
	db
}) => {
	const { haut, collegue } = await editors(db);
	const entry = await open(db, haut, 'mairie-haut-valclair');
	const typed = { telephone: '04 65', horaires_accueil: 'quand on veut', themes: [] };
	await keepDraft(db, entry, haut.id, { typed, version: entry.version });
	await keepDraft(db, entry, collegue.id, { typed: { nom: 'Autre' }, version: entry.version });
	expect((await findDraft(db, entry, haut.id))?.typed).toEqual(typed);
	expect((await listOthersDrafts(db, entry, haut.id)).map(({ who }) => who)).toEqual(['collegue']);
	expect(await listDrafts(db, haut)).toMatchObject([
		{ path: '/mairie/fiches/mairie-haut-valclair', isPublished: true }
	]);
	await publish(db, entry, { ...entry.facts, telephone: '04 65 71 00 99' }, haut);
	expect(await findDraft(db, entry, haut.id)).toBeUndefined();
	expect(await findDraft(db, entry, collegue.id)).toBeDefined();
});

test('the desk lists what was never published, of one’s own', async ({ db }) => {
	const { haut, bourg, administration } = await editors(db);
	const slug = await createEntry(db, garderie, haut);
	const paths = async (who: Account) => (await listDrafts(db, who)).map(({ path }) => path);
	expect(await paths(haut)).toEqual([`/mairie/fiches/${slug}`]);
	expect(await paths(bourg)).toEqual([]);
	expect((await paths(administration)).toSorted()).toEqual([
		'/mairie/fiches/brouillon-jamais-publie',
		`/mairie/fiches/${slug}`
	]);
});
