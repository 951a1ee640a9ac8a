import type { Account } from '#lib/domain/accounts.ts';
import type { Db } from '../database/schema.ts';
import type { Cause } from './revisions.ts';

/** Something that people can read since someone published it. */
export interface Publication {
	slug: string;
	nom: string;
	/** The commune whose words were published; null for the entry itself. */
	commune: string | null;
	/** ISO 8601. */
	at: string;
	who: string;
	cause: Cause | null;
}

/** What was published last among what an account keeps true, the newest first: one line an entry. */
export async function listLately(db: Db, account: Account, limit: number): Promise<Publication[]> {
	const isEverywhere = account.role === 'administration';
	if (!isEverywhere && account.communes.length === 0) return [];
	const rows = await db
		.selectFrom('revision')
		.innerJoin('service', 'service.id', 'revision.service_id')
		// A draft was published by nobody; what is archived, or merged into another entry, is read no more.
		.innerJoin('publication', 'publication.service_id', 'service.id')
		.leftJoin('archive', 'archive.service_id', 'service.id')
		.where('archive.service_id', 'is', null)
		.select([
			'service.slug',
			'service.nom',
			'revision.commune',
			'revision.at',
			'revision.who',
			'revision.cause'
		])
		// With max() alone, SQLite takes the other columns from the row that has it.
		.select((eb) => eb.fn.max('revision.id').as('last'))
		// The state that stood before the first edit was published by nobody of theirs.
		.where('revision.account_id', 'is not', null)
		.$if(!isEverywhere, (query) =>
			query.where((eb) =>
				eb.or([eb('service.commune', 'in', account.communes), eb('revision.commune', 'in', account.communes)])
			)
		)
		.groupBy(['revision.service_id', 'revision.commune'])
		.orderBy('last', 'desc')
		.limit(limit)
		.execute();
	return rows.map(({ slug, nom, commune, at, who, cause }) => ({ slug, nom, commune, at, who, cause }));
}
