import type { AnnouncementKind, AnnouncementWords } from '#lib/domain/editing/announcements.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { type AnnouncedEntry, keepChange, lastChange, parsed } from './announcement-changes.ts';
import { ConflictError } from './publish.ts';
import type { Editor } from './revisions.ts';

/** A closure or a message of an entry. */
export interface Announcement extends AnnouncementWords {
	kind: AnnouncementKind;
	id: number;
	/** The commune whose message it is; null for the entry's own. */
	commune: string | null;
	/** The number of the last change, to be given back when changing it: 0 when it never was. */
	version: number;
}

/**
 * Everything announced on an entry that people read there: its closures and messages, and those of the commune when
 * `variantOf` is one. The latest to begin first.
 */
export async function listAnnouncements(db: Db, { id, variantOf }: AnnouncedEntry): Promise<Announcement[]> {
	const closures = await db.selectFrom('closure').selectAll().where('service_id', '=', id).execute();
	const messages = await db
		.selectFrom('message')
		.selectAll()
		.where('service_id', '=', id)
		.where((eb) => eb.or([eb('commune', 'is', null), eb('commune', 'is', variantOf)]))
		.execute();
	const changes = await db
		.selectFrom('announcement_change')
		.select(['kind', 'announcement_id', (eb) => eb.fn.max('id').as('last')])
		.where('service_id', '=', id)
		.groupBy(['kind', 'announcement_id'])
		.execute();
	const versionOf = (kind: AnnouncementKind, id: number) =>
		changes.find((change) => change.kind === kind && change.announcement_id === id)?.last ?? 0;
	return [
		...closures.map(({ id, debut, fin, motif }) => ({
			kind: 'fermeture' as const,
			id,
			commune: null,
			debut,
			fin,
			texte: motif,
			version: versionOf('fermeture', id)
		})),
		...messages.map(({ id, commune, debut, fin, texte }) => ({
			kind: 'message' as const,
			id,
			commune,
			debut,
			fin,
			texte,
			version: versionOf('message', id)
		}))
	].sort((a, b) => b.debut.localeCompare(a.debut) || b.id - a.id);
}

/**
 * Whether whoever changes this entry so may write announcements of this kind. A place that closes is closed for everyone:
 * only who may change the entry itself says so; a commune may have messages of its own.
 */
export function mayAnnounce(
	{ variantOf }: Pick<AnnouncedEntry, 'variantOf'>,
	kind: AnnouncementKind
): boolean {
	return variantOf === null || kind === 'message';
}

/** Whether this announcement is theirs to change: the entry's for who may change it, a commune's for that commune. */
export function isTheirs(entry: AnnouncedEntry, { kind, commune }: Announcement): boolean {
	return mayAnnounce(entry, kind) && commune === entry.variantOf;
}

/** Adds an announcement: people read it from its first day to its last. Its number. */
export async function addAnnouncement(
	db: Db,
	entry: AnnouncedEntry,
	kind: AnnouncementKind,
	words: AnnouncementWords,
	by: Editor
): Promise<number> {
	if (!mayAnnounce(entry, kind)) throw new TypeError('A commune does not close a shared place.');
	return inTransaction(db, async (db) => {
		const id = await insertAnnouncement(db, entry, kind, words);
		await keepChange(db, entry, { kind, id, before: null, after: words }, by);
		return id;
	});
}

/**
 * Gives an announcement other days or other words; null removes it. False when it isn't theirs, or not there.
 * @throws ConflictError when someone changed it since `version`
 */
export async function changeAnnouncement(
	db: Db,
	entry: AnnouncedEntry,
	{ kind, id, version }: Pick<Announcement, 'kind' | 'id' | 'version'>,
	after: AnnouncementWords | null,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const present = (await listAnnouncements(db, entry)).find((one) => one.kind === kind && one.id === id);
		if (!present || !isTheirs(entry, present)) {
			if (await wasRemovedSince(db, entry, kind, id, version)) throw new ConflictError('It was removed.');
			return false;
		}
		if (present.version !== version) throw new ConflictError('It was changed.');
		const { debut, fin, texte } = present;
		if (after === null) await remove(db, kind, id);
		else await update(db, kind, id, after);
		await keepChange(db, entry, { kind, id, before: { debut, fin, texte }, after }, by);
		return true;
	});
}

/**
 * Puts an announcement back as it was before this change, which can then be undone in turn. False when no such change
 * was made there.
 * @throws ConflictError when something else was done to it since
 */
export async function undoAnnouncementChange(
	db: Db,
	entry: AnnouncedEntry,
	changeId: number,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		const change = await db
			.selectFrom('announcement_change')
			.selectAll()
			.where('id', '=', changeId)
			.where('service_id', '=', entry.id)
			.where('commune', 'is', entry.variantOf)
			.executeTakeFirst();
		if (!change) return false;
		const { kind, announcement_id: id } = change;
		if ((await lastChange(db, entry, kind, id))?.id !== changeId) throw new ConflictError('It was changed.');
		const before = parsed(change.before);
		const after = parsed(change.after);
		if (before === null) await remove(db, kind, id);
		else if (after === null) await insertAnnouncement(db, entry, kind, before, id);
		else await update(db, kind, id, before);
		await keepChange(db, entry, { kind, id, before: after, after: before }, by);
		return true;
	});
}

async function wasRemovedSince(
	db: Db,
	entry: AnnouncedEntry,
	kind: AnnouncementKind,
	id: number,
	version: number
): Promise<boolean> {
	const last = await lastChange(db, entry, kind, id);
	return last !== undefined && last.after === null && last.id > version;
}

/**
 * Writes an announcement, and gives its number: one that none ever had (SQLite would give that of a removed one again),
 * or the `id` it had when it is put back. Its history is the caller's.
 */
export async function insertAnnouncement(
	db: Db,
	{ id: serviceId, variantOf }: Pick<AnnouncedEntry, 'id' | 'variantOf'>,
	kind: AnnouncementKind,
	{ debut, fin, texte }: AnnouncementWords,
	id?: number
): Promise<number> {
	const number = id ?? (await nextNumber(db, kind));
	const row = { id: number, service_id: serviceId, debut, fin };
	if (kind === 'fermeture')
		await db
			.insertInto('closure')
			.values({ ...row, motif: texte })
			.execute();
	else
		await db
			.insertInto('message')
			.values({ ...row, texte: texte ?? '', commune: variantOf })
			.execute();
	return number;
}

async function nextNumber(db: Db, kind: AnnouncementKind): Promise<number> {
	const present = await db
		.selectFrom(kind === 'fermeture' ? 'closure' : 'message')
		.select((eb) => eb.fn.max('id').as('last'))
		.executeTakeFirst();
	const former = await db
		.selectFrom('announcement_change')
		.select((eb) => eb.fn.max('announcement_id').as('last'))
		.where('kind', '=', kind)
		.executeTakeFirst();
	return Math.max(present?.last ?? 0, former?.last ?? 0) + 1;
}

async function update(
	db: Db,
	kind: AnnouncementKind,
	id: number,
	{ debut, fin, texte }: AnnouncementWords
): Promise<void> {
	if (kind === 'fermeture')
		await db.updateTable('closure').set({ debut, fin, motif: texte }).where('id', '=', id).execute();
	else
		await db
			.updateTable('message')
			.set({ debut, fin, texte: texte ?? '' })
			.where('id', '=', id)
			.execute();
}

async function remove(db: Db, kind: AnnouncementKind, id: number): Promise<void> {
	await db
		.deleteFrom(kind === 'fermeture' ? 'closure' : 'message')
		.where('id', '=', id)
		.execute();
}
