import type { Selectable } from 'kysely';
import type { Account } from '#lib/domain/accounts.ts';
import { type EntryForm, wordsForm } from '#lib/domain/editing/choices.ts';
import { type FieldName, fieldsOffered } from '#lib/domain/editing/fields.ts';
import { readOver } from '#lib/domain/editing/own-state.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { isIncomplete } from '#lib/domain/service.ts';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import type { Db, ServiceTable } from '../database/schema.ts';
import { factsOf } from '../directory.ts';
import { variantsBy } from '../variants.ts';
import { type Archive, findArchive } from './archive.ts';
import { choicesFor } from './choices.ts';
import { readEntryFacts, wordsFacts } from './entry-facts.ts';
import { completed, listRevisions, stateAt, versionOf } from './revisions.ts';

/** An entry that an account may change: all of it, or what one of its communes says of it. */
export interface Editable {
	id: number;
	slug: string;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
	/** The commune whose words are changed; null when the entry itself is. */
	variantOf: string | null;
	/** The fields that the account may change, and what may be chosen in them. */
	form: EntryForm;
	/** What people read there now: the entry, with the commune's words; what is for professionals only, when the entry itself is changed. */
	facts: Facts;
	/** What the common base says, for the words of a commune. */
	base: Facts;
	/** The commune's own words, by field. */
	own: Variant[];
	/** The number of the last state, to be given back when publishing. */
	version: number;
	isPublished: boolean;
	/** Set when people no longer read it. */
	archive: Archive | undefined;
}

/** How a telephone that lacks is named. */
export const missingTelephone = 'le téléphone';

/** An entry of an account's list. */
export interface ListedEntry {
	id: number;
	/** Where the account changes it. */
	path: string;
	slug: string;
	nom: string;
	commune: string | null;
	/** The commune whose words the account may change on it; null when it may change the entry. */
	variantOf: string | null;
	date_maj: string;
	isPublished: boolean;
	/** What is missing, in words, for people to reach an entry that they read and that is all the account's to complete. */
	missing: string[];
}

/**
 * The entry of this slug that the account may change, in `commune` when it speaks for several. Undefined when it isn't
 * there, and when it is another's: an account that may not change an entry doesn't learn that it exists.
 */
export async function findEditable(
	db: Db,
	account: Account,
	slug: string,
	commune?: string
): Promise<Editable | undefined> {
	const row = await db.selectFrom('service').selectAll().where('slug', '=', slug).executeTakeFirst();
	if (!row) return undefined;
	const variantOf = await scopeOf(db, account, row, commune);
	if (variantOf === undefined) return undefined;
	const isAdministration = account.role === 'administration';
	const editable = await readEditable(db, row, variantOf, variantOf === null ? { isAdministration } : null);
	// The base's drafts are the business of whoever writes them.
	return variantOf !== null && !editable.isPublished ? undefined : editable;
}

/**
 * What is said in words of the entry of this number, or by a commune on it, whoever may change it: nothing of the entry
 * as a whole, nothing that is for professionals. Callers check that they may.
 */
export async function findEditableById(
	db: Db,
	id: number,
	variantOf: string | null
): Promise<Editable | undefined> {
	const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirst();
	return row && readEditable(db, row, variantOf, null);
}

/** `whole` is given for whoever changes the entry as a whole. */
async function readEditable(
	db: Db,
	row: Selectable<ServiceTable>,
	variantOf: string | null,
	whole: { isAdministration: boolean } | null
): Promise<Editable> {
	const publication = await db
		.selectFrom('publication')
		.select('service_id')
		.where('service_id', '=', row.id)
		.executeTakeFirst();
	const base = whole ? await readEntryFacts(db, row) : wordsFacts(row);
	const own = variantOf === null ? [] : await ownWords(db, row.id, variantOf);
	return {
		id: row.id,
		slug: row.slug,
		commune: row.commune,
		variantOf,
		form: whole
			? {
					fields: fieldsOffered({ variantOf, commune: row.commune, ...whole }),
					choices: await choicesFor(db, row.id, row.commune)
				}
			: wordsForm,
		facts: mergeVariants(base, own),
		base,
		own,
		version: await versionOf(db, row.id, variantOf),
		isPublished: publication !== undefined,
		archive: variantOf === null ? await findArchive(db, row.id) : undefined
	};
}

/** What people read there at a version, which an editor's form was filled with. */
export async function factsAt(db: Db, editable: Editable, version: number): Promise<Facts> {
	const { id, variantOf, facts, base, own } = editable;
	if (version === editable.version) return facts;
	const state: Facts = { ...base, ...stateAt(completed(await listRevisions(db, id, null), base), version) };
	// A commune's editor reads nothing of the entry as a whole there.
	const then = Object.fromEntries(Object.keys(base).map((name) => [name, state[name as FieldName]]));
	if (variantOf === null) return then;
	const words = stateAt(await listRevisions(db, id, variantOf), version);
	return words ? readOver(then, words) : mergeVariants(then, own);
}

/** The entries that an account may change, in alphabetical order; those of the base once for each of its communes. The archived ones are left out. */
export async function listEditable(db: Db, account: Account): Promise<ListedEntry[]> {
	const rows = await db
		.selectFrom('service')
		.leftJoin('publication', 'publication.service_id', 'service.id')
		.leftJoin('archive', 'archive.service_id', 'service.id')
		.selectAll('service')
		.select('publication.published_at')
		.where('archive.service_id', 'is', null)
		.execute();
	const served = await db
		.selectFrom('service_commune')
		.selectAll()
		.where('commune', 'in', account.communes)
		.execute();
	return rows
		.flatMap((row) => {
			const scopes: (string | null)[] = isWholly(account, row)
				? [null]
				: row.commune === null && account.role === 'mairie' && row.published_at !== null
					? served.filter(({ service_id }) => service_id === row.id).map(({ commune }) => commune)
					: [];
			return scopes.map((variantOf) => ({
				id: row.id,
				path: `/mairie/fiches/${row.slug}${variantOf === null ? '' : `?commune=${variantOf}`}`,
				slug: row.slug,
				nom: row.nom,
				commune: row.commune,
				variantOf,
				date_maj: row.date_maj,
				isPublished: row.published_at !== null,
				missing: variantOf === null && row.published_at !== null ? missingOf(factsOf(row)) : []
			}));
		})
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

/** An archived entry of an account's list. */
export interface ArchivedEntry {
	slug: string;
	nom: string;
	commune: string | null;
	/** ISO 8601. */
	at: string;
	who: string;
}

/** The archived entries that an account may put back, the last archived first. */
export async function listArchived(db: Db, account: Account): Promise<ArchivedEntry[]> {
	const rows = await db
		.selectFrom('archive')
		.innerJoin('service', 'service.id', 'archive.service_id')
		.select(['service.slug', 'service.nom', 'service.commune'])
		.select(['archive.archived_at as at', 'archive.archived_by as who'])
		.orderBy('archive.archived_at', 'desc')
		.execute();
	return rows.filter((row) => isWholly(account, row));
}

/** Whether an account may change an entry itself, all of it. */
function isWholly({ role, communes }: Account, { commune }: { commune: string | null }): boolean {
	if (role === 'administration') return true;
	return role === 'mairie' && commune !== null && communes.includes(commune);
}

/** What people would need and nobody has said, in words; only for a service that people are to reach. */
function missingOf(facts: ReturnType<typeof factsOf>): string[] {
	if (facts.nature !== 'service') return [];
	return [
		...(isIncomplete(facts) ? [missingTelephone] : []),
		...(facts.adresse === null ? ['l’adresse'] : []),
		...(facts.horaires_accueil === null && facts.horaires_precisions === null ? ['les horaires'] : [])
	];
}

/** null: the account changes the entry; a commune: its words on it; undefined: neither. */
async function scopeOf(
	db: Db,
	account: Account,
	row: { id: number; commune: string | null },
	wanted: string | undefined
): Promise<string | null | undefined> {
	if (isWholly(account, row)) return null;
	if (account.role !== 'mairie' || row.commune !== null) return undefined;
	const served = await db
		.selectFrom('service_commune')
		.select('commune')
		.where('service_id', '=', row.id)
		.where('commune', 'in', account.communes)
		.execute();
	const mine = served.map(({ commune }) => commune);
	return wanted === undefined ? mine[0] : mine.find((commune) => commune === wanted);
}

async function ownWords(db: Db, serviceId: number, commune: string): Promise<Variant[]> {
	const rows = await db
		.selectFrom('service_variant')
		.select(['field', 'mode', 'value'])
		.where('service_id', '=', serviceId)
		.where('commune', '=', commune)
		.execute();
	return variantsBy(rows, () => 0).get(0) ?? [];
}
