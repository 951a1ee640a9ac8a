import { expect } from 'vitest';
import type { Account } from '#lib/domain/accounts.ts';
import { closuresAhead, ficheOf, messagesOn, type Reading } from '#lib/domain/fiche.ts';
import type { Service } from '#lib/domain/service.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { listJournal } from '../journal.ts';
import { freshUntil, readingOf } from '../reading.ts';
import { findService } from '../services.ts';
import { lastToChange, listAnnouncementChanges } from './announcement-changes.ts';
import {
	addAnnouncement,
	changeAnnouncement,
	isTheirs,
	listAnnouncements,
	undoAnnouncementChange
} from './announcements.ts';
import { type Editable, findEditable } from './editable.ts';
import { ConflictError } from './publish.ts';

const account = (role: Account['role'], communes: string[] = []): Account => ({
	id: 1,
	courriel: 'accueil@exemple.fr',
	nom: 'Accueil',
	role,
	communes,
	hasSecondFactor: true
});
const haut = account('mairie', ['haut-valclair']);
const bourg = account('mairie', ['bourg-valclair']);
const administration = account('administration');

async function open(db: Db, who: Account, slug: string): Promise<Editable> {
	const editable = await findEditable(db, who, slug);
	if (!editable) throw new Error(`${slug} can't be changed`);
	return editable;
}

/** An entry as a commune reads it at an instant. */
async function readAt(db: Db, slug: string, commune: string, at: string): Promise<[Service, Reading]> {
	const service = await findService(db, slug, commune);
	if (!service) throw new Error(`${slug} can't be read`);
	return [service, { ...(await readingOf(db, commune)), at: Date.parse(at) }];
}

const travaux = { debut: '2026-11-26', fin: '2026-11-27', texte: 'Pendant les travaux, entrez par la cour.' };
const inventaire = { debut: '2026-11-26', fin: '2026-11-27', texte: 'inventaire' };

test('a message is read from midnight of its first day to midnight after its last, on the page and in lists', async ({
	db
}) => {
	await addAnnouncement(db, await open(db, haut, 'mairie-haut-valclair'), 'message', travaux, haut);
	const said = async (at: string) => {
		const read = await readAt(db, 'mairie-haut-valclair', 'haut-valclair', at);
		return [messagesOn(...read), ficheOf(...read).message];
	};
	expect(await said('2026-11-25T23:59:59+01:00')).toEqual([[], null]);
	expect(await said('2026-11-26T00:00:00+01:00')).toEqual([[travaux.texte], travaux.texte]);
	expect(await said('2026-11-27T23:59:59+01:00')).toEqual([[travaux.texte], travaux.texte]);
	expect(await said('2026-11-28T00:00:00+01:00')).toEqual([[], null]);
	const eve = Date.parse('2026-11-25T22:00:00+01:00');
	expect(freshUntil(eve, [])).toBe(Date.parse('2026-11-26T00:00:00+01:00'));
});

test('a closure closes the place between its days, though its hours aren’t known, and then leaves', async ({
	db
}) => {
	for (const slug of ['accueil-valclair', 'relais'])
		await addAnnouncement(db, await open(db, administration, slug), 'fermeture', inventaire, administration);
	const state = async (slug: string, at: string) =>
		ficheOf(...(await readAt(db, slug, 'haut-valclair', at))).etat?.mot;
	expect(await state('accueil-valclair', '2026-11-25T10:00:00+01:00')).toBe('Ouvert');
	expect(await state('accueil-valclair', '2026-11-26T10:00:00+01:00')).toBe('Fermé');
	expect(await state('accueil-valclair', '2026-11-30T10:00:00+01:00')).toBe('Ouvert');
	expect(await state('relais', '2026-11-26T10:00:00+01:00')).toBe('Fermé');
	expect(await state('relais', '2026-11-28T10:00:00+01:00')).toBe('Coordonnées à compléter');
	const closed = ficheOf(...(await readAt(db, 'relais', 'haut-valclair', '2026-11-26T10:00:00+01:00')));
	expect([closed.mark, closed.etat?.suite]).toEqual(['closed', expect.stringContaining('inventaire')]);
	expect(closed.changes).toBe(Date.parse('2026-11-28T00:00:00+01:00'));
	const ahead = await readAt(db, 'relais', 'haut-valclair', '2026-11-25T10:00:00+01:00');
	expect(closuresAhead(...ahead)).toHaveLength(1);
	const after = await readAt(db, 'relais', 'haut-valclair', '2026-11-28T00:00:00+01:00');
	expect(closuresAhead(...after)).toEqual([]);
});

test('a commune puts a message of its own on a shared entry, read there only, and never closes the place', async ({
	db
}) => {
	const shared = await open(db, haut, 'accueil-valclair');
	await addAnnouncement(db, shared, 'message', travaux, haut);
	const common = await open(db, administration, 'accueil-valclair');
	await addAnnouncement(db, common, 'message', { ...travaux, texte: 'Pour tous.' }, administration);
	const said = async (commune: string) =>
		messagesOn(...(await readAt(db, 'accueil-valclair', commune, '2026-11-26T10:00:00+01:00')));
	expect(await said('haut-valclair')).toEqual([travaux.texte, 'Pour tous.']);
	expect(await said('bourg-valclair')).toEqual(['Pour tous.']);
	await expect(addAnnouncement(db, shared, 'fermeture', inventaire, haut)).rejects.toThrow(TypeError);
});

test('what a mairie announces is nobody else’s to change, remove or undo', async ({ db }) => {
	const mine = await open(db, haut, 'accueil-valclair');
	const id = await addAnnouncement(db, mine, 'message', travaux, haut);
	const common = await open(db, administration, 'accueil-valclair');
	const commonId = await addAnnouncement(db, common, 'message', travaux, administration);
	const [change] = await listAnnouncementChanges(db, mine);
	for (const [who, other] of [
		['bourg', await open(db, bourg, 'accueil-valclair')],
		['administration', common],
		['another entry', await open(db, bourg, 'mairie-bourg-valclair')]
	] as const) {
		const version = change?.id ?? 0;
		expect(await changeAnnouncement(db, other, { kind: 'message', id, version }, null, bourg), who).toBe(
			false
		);
		expect(await undoAnnouncementChange(db, other, version, bourg), who).toBe(false);
	}
	const seen = await listAnnouncements(db, mine);
	expect(seen.map((one) => [one.id, isTheirs(mine, one)]).toSorted()).toEqual([
		[id, true],
		[commonId, false]
	]);
	const theirs = seen.find((one) => one.id === commonId);
	expect(theirs && (await changeAnnouncement(db, mine, theirs, null, haut))).toBe(false);
	expect(await listAnnouncements(db, await open(db, bourg, 'accueil-valclair'))).toHaveLength(1);
});

test('what is added, changed and removed leaves a line in the journal, and is undone step by step', async ({
	db
}) => {
	const entry = await open(db, haut, 'mairie-haut-valclair');
	const kind = 'fermeture' as const;
	const present = async () => {
		const [one] = await listAnnouncements(db, entry);
		return one && { debut: one.debut, fin: one.fin, texte: one.texte };
	};
	const id = await addAnnouncement(db, entry, kind, inventaire, haut);
	const [first] = await listAnnouncements(db, entry);
	const longer = { ...inventaire, fin: '2026-11-30', texte: null };
	expect(first && (await changeAnnouncement(db, entry, first, longer, haut))).toBe(true);
	const [second] = await listAnnouncements(db, entry);
	expect(second && (await changeAnnouncement(db, entry, second, null, haut))).toBe(true);
	expect(await present()).toBeUndefined();
	expect((await listJournal(db, { limit: 3 })).map(({ action }) => action)).toEqual([
		'annonce-retiree',
		'annonce-changee',
		'annonce-ajoutee'
	]);

	const [removed, changed] = await listAnnouncementChanges(db, entry);
	expect([removed?.isLast, changed?.isLast]).toEqual([true, false]);
	await expect(undoAnnouncementChange(db, entry, changed?.id ?? 0, haut)).rejects.toThrow(ConflictError);
	expect(await undoAnnouncementChange(db, entry, removed?.id ?? 0, haut)).toBe(true);
	expect(await present()).toEqual(longer);
	expect((await listAnnouncements(db, entry))[0]?.id).toBe(id);
	const [undone] = await listAnnouncementChanges(db, entry);
	expect(await undoAnnouncementChange(db, entry, undone?.id ?? 0, haut)).toBe(true);
	expect(await present()).toBeUndefined();
	expect(await addAnnouncement(db, entry, kind, inventaire, haut)).not.toBe(id);
});

test('of two who change an announcement, the second is told, even when it was removed', async ({ db }) => {
	const entry = await open(db, haut, 'mairie-haut-valclair');
	await addAnnouncement(db, entry, 'message', travaux, haut);
	const [seen] = await listAnnouncements(db, entry);
	if (!seen) throw new Error('no announcement');
	await changeAnnouncement(db, entry, seen, { ...travaux, texte: 'Un.' }, haut);
	await expect(changeAnnouncement(db, entry, seen, { ...travaux, texte: 'Deux.' }, haut)).rejects.toThrow(
		ConflictError
	);
	const [again] = await listAnnouncements(db, entry);
	await changeAnnouncement(db, entry, again ?? seen, null, haut);
	await expect(changeAnnouncement(db, entry, again ?? seen, travaux, haut)).rejects.toThrow(ConflictError);
	expect(await lastToChange(db, entry, 'message', seen.id)).toBe('Accueil');
});

test('the history of announcements is never changed nor cut', async ({ db, world }) => {
	await addAnnouncement(db, await open(db, haut, 'mairie-haut-valclair'), 'message', travaux, haut);
	expect(() => world.sqlite.exec(`UPDATE announcement_change SET who = 'x'`)).toThrow('never changed');
	expect(() => world.sqlite.exec('DELETE FROM announcement_change')).toThrow('never cut');
});
