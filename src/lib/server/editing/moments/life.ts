import { sql } from 'kysely';
import { isEntrySlug, slugOf } from '#lib/domain/reserved.ts';
import { now } from '../../clock.ts';
import { inTransaction } from '../../database/open.ts';
import type { Db } from '../../database/schema.ts';
import { record } from '../../journal.ts';
import { lastStates } from '../../moments.ts';
import type { Editor } from '../revisions.ts';
import type { EditableMoment } from './editable.ts';
import { keepMomentRevision } from './revisions.ts';

type Named = Pick<EditableMoment, 'id' | 'slug'>;

/** Begins a situation that nobody reads until it is published, the last of the list. Returns its slug. */
export async function createMoment(
	db: Db,
	{ nom, theme }: { nom: string; theme: string },
	by: Editor
): Promise<string> {
	return inTransaction(db, async (db) => {
		const slug = await freeMomentSlug(db, nom);
		const { last } = await db
			.selectFrom('moment')
			.select((eb) => eb.fn.coalesce(eb.fn.max('position'), sql<number>`-1`).as('last'))
			.executeTakeFirstOrThrow();
		const { id } = await db
			.insertInto('moment')
			.values({
				slug,
				position: last + 1,
				published_at: null,
				archived_at: null,
				archived_by: null,
				successor_id: null
			})
			.returning('id')
			.executeTakeFirstOrThrow();
		const state = {
			nom,
			accroche: '',
			introduction: '',
			theme,
			urgence: false,
			appeler: null,
			mots: [],
			etapes: []
		};
		await keepMomentRevision(db, id, null, state, by);
		await record(db, by, 'situation-creee', slug);
		return slug;
	});
}

/** Whether a situation may take this slug: well formed, not a word of the site, borne by no other one, now or before. */
async function isFree(db: Db, slug: string, id?: number): Promise<boolean> {
	if (!isEntrySlug(slug)) return false;
	const present = await db.selectFrom('moment').select('id').where('slug', '=', slug).executeTakeFirst();
	const former = await db
		.selectFrom('former_moment_slug')
		.select('moment_id as id')
		.where('slug', '=', slug)
		.executeTakeFirst();
	return [present, former].every((one) => one === undefined || one.id === id);
}

/** A free slug made from a name, with a number when another situation has it. `id` may take back one of its own. */
export async function freeMomentSlug(db: Db, nom: string, id?: number): Promise<string> {
	const slug = slugOf(nom);
	if (await isFree(db, slug, id)) return slug;
	for (let number = 2; ; number++) {
		const numbered = `${slug.slice(0, 54).replace(/-+$/, '')}-${number}`;
		if (await isFree(db, numbered, id)) return numbered;
	}
}

/**
 * Gives a situation another slug; the former one leads to it for ever. False, and nothing is changed, when the slug isn't
 * free.
 */
export async function renameMoment(
	db: Db,
	{ id, slug }: Named,
	wanted: string,
	by: Editor
): Promise<boolean> {
	return inTransaction(db, async (db) => {
		if (wanted === slug) return true;
		if (!(await isFree(db, wanted, id))) return false;
		await db
			.insertInto('former_moment_slug')
			.values({ slug, moment_id: id })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await db.updateTable('moment').set({ slug: wanted }).where('id', '=', id).execute();
		await record(db, by, 'adresse-situation', `${slug} → ${wanted}`);
		return true;
	});
}

/**
 * Puts a situation away, for as long as one likes: its words, its history and its addresses are kept, and its address says
 * what to read instead. One already put away only changes its successor.
 */
export async function archiveMoment(
	db: Db,
	{ id, slug }: Named,
	by: Editor,
	successorId: number | null = null
): Promise<void> {
	await inTransaction(db, async (db) => {
		await db.updateTable('moment').set({ successor_id: successorId }).where('id', '=', id).execute();
		await db
			.updateTable('moment')
			.set({ archived_at: new Date(now()).toISOString(), archived_by: by.nom })
			.where('id', '=', id)
			.where('archived_at', 'is', null)
			.execute();
		await record(db, by, 'situation-archivee', slug);
	});
}

/** Brings a situation back as it was: where people read it, or among the drafts. One that isn't put away is left as it is. */
export async function restoreMoment(db: Db, { id, slug }: Named, by: Editor): Promise<void> {
	await inTransaction(db, async (db) => {
		const { numUpdatedRows } = await db
			.updateTable('moment')
			.set({ archived_at: null, archived_by: null, successor_id: null })
			.where('id', '=', id)
			.where('archived_at', 'is not', null)
			.executeTakeFirst();
		if (numUpdatedRows > 0n) await record(db, by, 'situation-remise', slug);
	});
}

/** A situation that people don't read, for administration: never published, or put away. */
export interface UnreadMoment {
	id: number;
	slug: string;
	nom: string;
	/** ISO 8601: since when it is put away; null for one never published. */
	archivedAt: string | null;
}

/** The situations that people don't read, in their order. */
export async function listUnreadMoments(db: Db): Promise<UnreadMoment[]> {
	const states = await lastStates(db);
	const rows = await db
		.selectFrom('moment')
		.select(['id', 'slug', 'archived_at'])
		.where((eb) => eb.or([eb('published_at', 'is', null), eb('archived_at', 'is not', null)]))
		.orderBy('position')
		.execute();
	return rows.map(({ id, slug, archived_at }) => ({
		id,
		slug,
		nom: states.get(id)?.common?.nom ?? slug,
		archivedAt: archived_at
	}));
}
