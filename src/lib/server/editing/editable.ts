import type { Selectable } from 'kysely';
import type { Account } from '#lib/domain/accounts.ts';
import type { Facts } from '#lib/domain/editing/typing.ts';
import { isIncomplete } from '#lib/domain/service.ts';
import { mergeVariants, type Variant } from '#lib/domain/variants.ts';
import type { Db, ServiceTable } from '../database/schema.ts';
import { factsOf } from '../directory.ts';
import { variantsBy } from '../variants.ts';
import { listRevisions, stateAt, versionOf } from './revisions.ts';

/** An entry that an account may change: all of it, or what one of its communes says of it. */
export interface Editable {
	id: number;
	slug: string;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
	/** The commune whose words are changed; null when the entry itself is. */
	variantOf: string | null;
	/** What people read there now: the entry, with the commune's words. */
	facts: Facts;
	/** What the common base says, for the words of a commune. */
	base: Facts;
	/** The commune's own words, by field. */
	own: Variant[];
	/** The number of the last state, to be given back when publishing. */
	version: number;
	isPublished: boolean;
}

/** An entry of an account's list. */
export interface ListedEntry {
	slug: string;
	nom: string;
	commune: string | null;
	/** The commune whose words the account may change on it; null when it may change the entry. */
	variantOf: string | null;
	date_maj: string;
	isPublished: boolean;
	/** What is missing for people to reach it, in words. */
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
	const editable = await readEditable(db, row, variantOf);
	// The base's drafts are the business of whoever writes them.
	return variantOf !== null && !editable.isPublished ? undefined : editable;
}

/** The entry of this number, or a commune's words on it, whoever may change it. Callers check that they may. */
export async function findEditableById(
	db: Db,
	id: number,
	variantOf: string | null
): Promise<Editable | undefined> {
	const row = await db.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirst();
	return row && readEditable(db, row, variantOf);
}

async function readEditable(
	db: Db,
	row: Selectable<ServiceTable>,
	variantOf: string | null
): Promise<Editable> {
	const publication = await db
		.selectFrom('publication')
		.select('service_id')
		.where('service_id', '=', row.id)
		.executeTakeFirst();
	const base = factsOf(row) as unknown as Facts;
	const own = variantOf === null ? [] : await ownWords(db, row.id, variantOf);
	return {
		id: row.id,
		slug: row.slug,
		commune: row.commune,
		variantOf,
		facts: mergeVariants(base, own),
		base,
		own,
		version: await versionOf(db, row.id, variantOf),
		isPublished: publication !== undefined
	};
}

/** What people read there at a version, which an editor's form was filled with. */
export async function factsAt(db: Db, editable: Editable, version: number): Promise<Facts> {
	const { id, variantOf, facts, base, own } = editable;
	if (version === editable.version) return facts;
	const then = { ...base, ...stateAt(await listRevisions(db, id, null), version) };
	if (variantOf === null) return then;
	const words = stateAt(await listRevisions(db, id, variantOf), version);
	return words ? { ...then, ...words } : mergeVariants(then, own);
}

/** The entries that an account may change, in alphabetical order; those of the base once for each of its communes. */
export async function listEditable(db: Db, account: Account): Promise<ListedEntry[]> {
	const rows = await db
		.selectFrom('service')
		.leftJoin('publication', 'publication.service_id', 'service.id')
		.selectAll('service')
		.select('publication.published_at')
		.execute();
	const served = await db
		.selectFrom('service_commune')
		.selectAll()
		.where('commune', 'in', account.communes)
		.execute();
	return rows
		.flatMap((row) => {
			const scopes: (string | null)[] =
				account.role === 'administration' || (row.commune !== null && account.communes.includes(row.commune))
					? [null]
					: row.commune === null && account.role === 'mairie' && row.published_at !== null
						? served.filter(({ service_id }) => service_id === row.id).map(({ commune }) => commune)
						: [];
			return scopes.map((variantOf) => ({
				slug: row.slug,
				nom: row.nom,
				commune: row.commune,
				variantOf,
				date_maj: row.date_maj,
				isPublished: row.published_at !== null,
				missing: missingOf(factsOf(row))
			}));
		})
		.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
}

/** What people would need and nobody has said, in words; only for a service that people are to reach. */
function missingOf(facts: ReturnType<typeof factsOf>): string[] {
	if (facts.nature !== 'service') return [];
	return [
		...(isIncomplete(facts) ? ['le téléphone'] : []),
		...(facts.adresse === null ? ['l’adresse'] : []),
		...(facts.horaires_accueil === null && facts.horaires_precisions === null ? ['les horaires'] : [])
	];
}

/** null: the account changes the entry; a commune: its words on it; undefined: neither. */
async function scopeOf(
	db: Db,
	{ role, communes }: Account,
	row: { id: number; commune: string | null },
	wanted: string | undefined
): Promise<string | null | undefined> {
	if (role === 'administration') return null;
	if (role !== 'mairie') return undefined;
	if (row.commune !== null) return communes.includes(row.commune) ? null : undefined;
	const served = await db
		.selectFrom('service_commune')
		.select('commune')
		.where('service_id', '=', row.id)
		.where('commune', 'in', communes)
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
