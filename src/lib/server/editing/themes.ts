import type { Account } from '#lib/domain/accounts.ts';
import { type OwnWords, ownWordsOf } from '#lib/domain/editing/beneath.ts';
import { introductionRead, type OwnIntroduction, type ThemeWords } from '#lib/domain/editing/theme.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { indexServices } from '../search/search.ts';
import { ConflictError } from './publish.ts';
import type { Editor } from './revisions.ts';
import { keepThemeRevision, lastThemeRevision, listThemeRevisions } from './theme-revisions.ts';

/** Whoever wrote what the directory was filled with. */
const firstAuthor = 'amorce';

/** A theme that an account may change: its common words, or what one of its communes says of it. */
export interface EditableTheme {
	slug: string;
	/** The commune whose introduction is changed; null when the common words are. */
	variantOf: string | null;
	common: ThemeWords;
	/** The commune's own introduction, null where it follows the common one. */
	own: OwnIntroduction | null;
	/** The common introduction when the commune wrote its own. */
	commonThen: string | null;
	/** The number of the last state, to be given back when publishing: 0 before the first edit. */
	version: number;
}

/**
 * The theme of this slug that the account may change, in `commune` when it speaks for several. Undefined when it isn't
 * there, when the commune is another's, and for whoever changes no theme.
 */
export async function findEditableTheme(
	db: Db,
	account: Account,
	slug: string,
	commune?: string
): Promise<EditableTheme | undefined> {
	const variantOf = scopeOf(account, commune);
	if (variantOf === undefined) return undefined;
	const common = await db
		.selectFrom('theme')
		.select(['nom', 'question', 'accroche', 'introduction'])
		.where('slug', '=', slug)
		.executeTakeFirst();
	if (!common) return undefined;
	const own = variantOf === null ? undefined : await findOwn(db, slug, variantOf);
	return {
		slug,
		variantOf,
		common,
		own: own ? { mode: own.mode, introduction: String(JSON.parse(own.value)) } : null,
		commonThen: own ? String(JSON.parse(own.base_value)) : null,
		version: (await lastThemeRevision(db, slug, variantOf))?.id ?? 0
	};
}

/** null: the account changes the common words; a commune: its introduction; undefined: neither. */
function scopeOf({ role, communes }: Account, wanted: string | undefined): string | null | undefined {
	if (role === 'administration') return null;
	if (role !== 'mairie') return undefined;
	return wanted === undefined ? communes[0] : communes.find((commune) => commune === wanted);
}

async function findOwn(db: Db, theme: string, commune: string) {
	return db
		.selectFrom('theme_variant')
		.select(['mode', 'value', 'base_value'])
		.where('theme', '=', theme)
		.where('commune', '=', commune)
		.where('field', '=', 'introduction')
		.executeTakeFirst();
}

/** The commune's introduction beside the common one, then and now; null where it follows it. */
export function ownIntroductionWords({ common, own, commonThen }: EditableTheme): OwnWords | null {
	if (own === null) return null;
	const kept = {
		name: 'commune-introduction',
		label: 'Introduction',
		mode: own.mode,
		value: own.introduction,
		then: commonThen,
		now: common.introduction,
		read: introductionRead(common.introduction, own)
	};
	return ownWordsOf(kept, String);
}

/** The communes that introduce this theme in their own way. */
export async function listCommunesIntroducing(db: Db, theme: string) {
	return db
		.selectFrom('theme_variant')
		.innerJoin('commune', 'commune.slug', 'theme_variant.commune')
		.select(['commune.slug', 'commune.nom', 'mode'])
		.where('theme', '=', theme)
		.where('field', '=', 'introduction')
		.orderBy('commune.position')
		.execute();
}

/**
 * Publishes the common words of a theme, at once for every reader: pages and search.
 * @throws ConflictError when someone published since the editor opened it: nothing was written
 */
export async function publishThemeWords(
	db: Db,
	theme: EditableTheme,
	words: ThemeWords,
	by: Editor
): Promise<void> {
	await inTransaction(db, async (db) => {
		await beginEdit(db, theme);
		const { nom, question, accroche, introduction } = words;
		await db
			.updateTable('theme')
			.set({ nom, question, accroche, introduction })
			.where('slug', '=', theme.slug)
			.execute();
		await keepThemeRevision(db, theme.slug, null, { nom, question, accroche, introduction }, by);
		await record(db, by, 'theme-publie', theme.slug);
		// An entry is found by the name of its themes.
		if (nom !== theme.common.nom) await indexServices(db, await idsIn(db, theme.slug));
	});
}

/**
 * Publishes a commune's introduction of a theme, at once for its readers; null: it follows the common one. The common
 * text of the moment is the known one from now on.
 * @throws ConflictError when someone published it, or the common text, since the editor opened it: nothing was written
 */
export async function publishIntroduction(
	db: Db,
	theme: EditableTheme,
	own: OwnIntroduction | null,
	by: Editor
): Promise<void> {
	const { slug, variantOf } = theme;
	if (variantOf === null) throw new TypeError('The common words of a theme are not a commune’s.');
	await inTransaction(db, async (db) => {
		await beginEdit(db, theme);
		await db
			.deleteFrom('theme_variant')
			.where('theme', '=', slug)
			.where('commune', '=', variantOf)
			.where('field', '=', 'introduction')
			.execute();
		if (own !== null)
			await db
				.insertInto('theme_variant')
				.values({
					theme: slug,
					commune: variantOf,
					field: 'introduction',
					mode: own.mode,
					value: JSON.stringify(own.introduction),
					base_value: JSON.stringify(theme.common.introduction),
					changed_at: new Date(now()).toISOString(),
					changed_by: by.nom
				})
				.execute();
		await keepThemeRevision(db, slug, variantOf, own ?? {}, by);
		await record(db, by, 'introduction-publiee', `${slug} (${variantOf})`);
	});
}

/** Nobody published meanwhile; the first edit also keeps what people read until then. */
async function beginEdit(db: Db, { slug, variantOf, common, own, version }: EditableTheme): Promise<void> {
	const last = (await lastThemeRevision(db, slug, variantOf))?.id ?? 0;
	if (last !== version) throw new ConflictError(`${slug} has a newer version`);
	if ((await listThemeRevisions(db, slug, variantOf)).length === 0)
		await keepThemeRevision(
			db,
			slug,
			variantOf,
			variantOf === null ? common : (own ?? {}),
			firstAuthor,
			await filledAt(db)
		);
}

/** When the directory was filled, as its first publication says; undefined for one that publishes nothing yet. */
async function filledAt(db: Db): Promise<string | undefined> {
	const first = await db
		.selectFrom('publication')
		.select((eb) => eb.fn.min('published_at').as('at'))
		.executeTakeFirst();
	return first?.at ?? undefined;
}

async function idsIn(db: Db, theme: string): Promise<number[]> {
	const rows = await db.selectFrom('service_theme').select('service_id').where('theme', '=', theme).execute();
	return rows.map(({ service_id }) => service_id);
}
