import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { editors, garderie, open, publishedGarderie } from '../../../../tests/editors.ts';
import { test } from '../../../../tests/world.ts';
import { archiveEntry } from './archive.ts';
import { createEntry } from './create.ts';
import { findEditable, listEditable } from './editable.ts';
import { listLately } from './lately.ts';
import { publish } from './publish.ts';

const account = (role: Account['role'], communes: string[] = []): Account => ({
	id: 1,
	courriel: 'accueil@exemple.fr',
	nom: role,
	role,
	communes,
	hasSecondFactor: true
});

test('a mairie sees what was published last on its entries and in its words, never what its neighbours did', async ({
	db
}) => {
	const administration = account('administration');
	const haut = account('mairie', ['haut-valclair']);
	const edits = [
		[haut, 'mairie-haut-valclair', '04 65 71 00 91'],
		[account('mairie', ['bourg-valclair']), 'mairie-bourg-valclair', '04 65 71 00 92'],
		[haut, 'accueil-petite-enfance', '04 65 71 00 93'],
		[administration, 'mairie-haut-valclair', '04 65 71 00 94']
	] as const;
	for (const [who, slug, telephone] of edits) {
		const entry = await findEditable(db, who, slug);
		if (entry) await publish(db, entry, { ...entry.facts, telephone }, who);
	}
	expect((await listLately(db, haut, 5)).map(({ slug, commune, who }) => [slug, commune, who])).toEqual([
		['mairie-haut-valclair', null, 'administration'],
		['accueil-petite-enfance', 'haut-valclair', 'mairie']
	]);
	expect((await listLately(db, administration, 2)).map(({ slug }) => slug)).toEqual([
		'mairie-haut-valclair',
		'accueil-petite-enfance'
	]);
	expect(await listLately(db, account('lecture'), 5)).toEqual([]);
});

test('a draft that was never published, and an entry since archived, were not published lately', async ({
	db
}) => {
	const { haut } = await editors(db);
	const slug = await publishedGarderie(db, haut);
	await createEntry(db, { ...garderie, nom: 'Jamais publiée' }, haut);
	expect((await listLately(db, haut, 5)).map((one) => one.slug)).toEqual([slug]);
	await archiveEntry(db, await open(db, haut, slug), haut);
	expect(await listLately(db, haut, 5)).toEqual([]);
});

test('what is missing is said of entries that people read and that are all one’s own', async ({ db }) => {
	const { haut } = await editors(db);
	const slug = await publishedGarderie(db, haut);
	await createEntry(db, { ...garderie, nom: 'Jamais publiée' }, haut);
	const lacking = (await listEditable(db, haut)).filter(({ missing }) => missing.length > 0);
	expect(lacking.map((one) => one.slug)).toEqual([slug]);
});
