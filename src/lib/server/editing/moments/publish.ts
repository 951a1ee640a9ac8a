import { type MomentState, type MomentVariant, noVariant, rebased } from '#lib/domain/moments/state.ts';
import { now } from '../../clock.ts';
import { inTransaction } from '../../database/open.ts';
import type { Db } from '../../database/schema.ts';
import { record } from '../../journal.ts';
import { ArchivedError, ConflictError } from '../publish.ts';
import type { Editor } from '../revisions.ts';
import { dropMomentDraft } from './drafts.ts';
import type { EditableMoment } from './editable.ts';
import { keepMomentRevision, lastMomentRevision, listMomentRevisions } from './revisions.ts';

/** Whoever wrote what the directory was filled with. */
const firstAuthor = 'amorce';

/**
 * Publishes the common words of a situation, at once for every reader: pages, lists and search. The editor's draft goes.
 * @throws ConflictError when someone published since the editor opened it, ArchivedError when nobody reads it any more:
 * nothing was written
 */
export async function publishMoment(
	db: Db,
	moment: EditableMoment,
	state: MomentState,
	by: Editor
): Promise<void> {
	await inTransaction(db, async (db) => {
		await begin(db, moment);
		await keepMomentRevision(db, moment.id, null, state, by);
		await db
			.updateTable('moment')
			.set({ published_at: new Date(now()).toISOString() })
			.where('id', '=', moment.id)
			.where('published_at', 'is', null)
			.execute();
		if (by.id !== null) await dropMomentDraft(db, moment, by.id);
		await record(db, by, 'situation-publiee', moment.slug);
	});
}

/**
 * Publishes what a commune says of a situation, at once for its readers; nothing of its own: it follows the common text.
 * The first time, the history also keeps that it followed it. The editor's draft goes, unless it is asked to stay.
 * @throws ConflictError when someone published it, or the common text, since the editor opened it, ArchivedError when
 * nobody reads it any more: nothing was written
 */
export async function publishOwnWords(
	db: Db,
	moment: EditableMoment,
	own: MomentVariant,
	by: Editor,
	{ keepsDraft = false } = {}
): Promise<void> {
	const { id, slug, variantOf } = moment;
	if (variantOf === null) throw new TypeError('The common words of a situation are not a commune’s.');
	await inTransaction(db, async (db) => {
		const row = await begin(db, moment);
		if ((await listMomentRevisions(db, id, variantOf)).length === 0)
			await keepMomentRevision(db, id, variantOf, noVariant, firstAuthor, row.published_at ?? undefined);
		await keepMomentRevision(db, id, variantOf, own, by);
		if (by.id !== null && !keepsDraft) await dropMomentDraft(db, moment, by.id);
		await record(db, by, 'situation-adaptee', `${slug} (${variantOf})`);
	});
}

/** What a commune says of one text of a situation, from now on: the common text as it is today is the known one. */
export function kept(moment: EditableMoment, name: string): MomentVariant {
	const { own, common } = moment;
	const known = rebased(own, common);
	if (name === 'commune-introduction') return { ...own, introduction: known.introduction };
	const etapes = Object.entries(own.etapes).map(([cle, text]) => [
		cle,
		`commune-${cle}` === name ? (known.etapes[cle] ?? text) : text
	]);
	return { ...own, etapes: Object.fromEntries(etapes) as MomentVariant['etapes'] };
}

/** What a commune says of a situation without its words on one text. */
export function without(own: MomentVariant, name: string): MomentVariant {
	if (name === 'commune-introduction') return { ...own, introduction: null };
	const etapes = Object.entries(own.etapes).filter(([cle]) => `commune-${cle}` !== name);
	return { ...own, etapes: Object.fromEntries(etapes) };
}

/** Nobody published or archived it meanwhile. */
async function begin(db: Db, { id, slug, variantOf, version }: EditableMoment) {
	const row = await db
		.selectFrom('moment')
		.select(['archived_at', 'published_at'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	if (row.archived_at !== null) throw new ArchivedError(`${slug} is archived`);
	const last = (await lastMomentRevision(db, id, variantOf))?.id ?? 0;
	if (last !== version) throw new ConflictError(`${slug} has a newer version`);
	return row;
}
