import type { Account } from '#lib/domain/accounts.ts';
import type { Names } from '#lib/domain/moments/differences.ts';
import { type MomentState, type MomentVariant, noVariant } from '#lib/domain/moments/state.ts';
import { findCommune } from '../../communes.ts';
import type { Db } from '../../database/schema.ts';
import { readMerged } from '../../merged.ts';
import { followed, lastStates } from '../../moments.ts';
import { listThemes } from '../../themes.ts';
import { lastMomentRevision, listMomentRevisions } from './revisions.ts';

/** A situation that people no longer read. */
export interface MomentArchive {
	/** ISO 8601. */
	at: string;
	who: string;
	/** The number of the situation that says the same from then on. */
	successor: number | null;
}

/** A situation that an account may change: its common words, or what a commune says of it. */
export interface EditableMoment {
	id: number;
	slug: string;
	/** The commune whose words are changed; null when the common ones are. */
	variantOf: string | null;
	common: MomentState;
	/** What the commune says in its own way. */
	own: MomentVariant;
	/** The number of the last state, to be given back when publishing. */
	version: number;
	/** Whether someone has ever published it. */
	isPublished: boolean;
	archive: MomentArchive | undefined;
}

/**
 * The situation of this slug that the account may change: its common words for administration, unless it names a commune;
 * a mairie's own part of one that people read. Undefined when it isn't there, or is another's.
 */
export async function findEditableMoment(
	db: Db,
	account: Account,
	slug: string,
	commune?: string
): Promise<EditableMoment | undefined> {
	const variantOf = await momentScope(db, account, commune);
	if (variantOf === undefined) return undefined;
	const row = await db.selectFrom('moment').selectAll().where('slug', '=', slug).executeTakeFirst();
	const { common, own } = (row && (await lastStates(db, variantOf ?? undefined)).get(row.id)) ?? {};
	if (!row || !common) return undefined;
	// Nobody but administration knows of what isn't read.
	if (variantOf !== null && (row.published_at === null || row.archived_at !== null)) return undefined;
	return {
		id: row.id,
		slug,
		variantOf,
		common,
		own: own ?? noVariant,
		version: (await lastMomentRevision(db, row.id, variantOf))?.id ?? 0,
		isPublished: row.published_at !== null,
		archive:
			row.archived_at === null
				? undefined
				: { at: row.archived_at, who: row.archived_by ?? '', successor: row.successor_id }
	};
}

/** null: the account changes the common words; a commune: its part; undefined: neither. */
export async function momentScope(
	db: Db,
	{ role, communes }: Account,
	wanted: string | undefined
): Promise<string | null | undefined> {
	if (role === 'administration') return wanted === undefined ? null : (await findCommune(db, wanted))?.slug;
	if (role !== 'mairie') return undefined;
	return wanted === undefined ? communes[0] : communes.find((commune) => commune === wanted);
}

/** The same situation as it stood when a form was filled with it. */
export async function momentAt(db: Db, moment: EditableMoment, version: number): Promise<EditableMoment> {
	const follow = await readMerged(db);
	const stateAt = async (commune: string | null) => {
		const found = (await listMomentRevisions(db, moment.id, commune)).find(({ id }) => id <= version);
		return found && followed(found.state, follow);
	};
	const common = (await stateAt(null)) as MomentState | undefined;
	const own =
		moment.variantOf === null ? undefined : ((await stateAt(moment.variantOf)) as MomentVariant | undefined);
	return { ...moment, version, common: common ?? moment.common, own: own ?? noVariant };
}

/** How situations name entries and themes. */
export async function momentNames(db: Db): Promise<Names> {
	const entries = await db.selectFrom('service').select(['id', 'nom']).execute();
	const names = new Map(entries.map(({ id, nom }) => [id, nom]));
	const themes = new Map((await listThemes(db)).map(({ slug, nom }) => [slug, nom]));
	return {
		entry: (id) => names.get(id) ?? '',
		theme: (slug) => themes.get(slug) ?? slug
	};
}

/** The communes that say something of a situation in their own way, in the territory's order. */
export async function listCommunesVarying(
	db: Db,
	id: number
): Promise<{ slug: string; state: MomentVariant }[]> {
	const rows = await db
		.selectFrom('moment_revision')
		.innerJoin('commune', 'commune.slug', 'moment_revision.commune')
		.select(['commune.slug', 'state'])
		.where('moment_revision.id', 'in', (eb) =>
			eb
				.selectFrom('moment_revision')
				.select(({ fn }) => fn.max('id').as('id'))
				.where('moment_id', '=', id)
				.groupBy('commune')
		)
		.orderBy('commune.position')
		.execute();
	return rows.map(({ slug, state }) => ({ slug, state: JSON.parse(state) as MomentVariant }));
}
