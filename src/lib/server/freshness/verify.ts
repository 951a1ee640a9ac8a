import type { Account } from '#lib/domain/accounts.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import { today } from '../reading.ts';
import { nameInPublic, publicNames } from './names.ts';
import type { Person } from './people.ts';

/** An entry that someone says is true as it is. */
export interface VerifiedEntry {
	id: number;
	slug: string;
	/** The commune it belongs to; null for the common base. */
	commune: string | null;
}

/**
 * Someone in charge says that an entry is true today, as people read it: « Vérifié le … par … » follows at once, and
 * what was asked about it is answered. `by`: an account that may change it, or whoever a mail's link was sent to.
 */
export async function verifyEntry(
	db: Db,
	{ id, slug, commune }: VerifiedEntry,
	by: Account | Person
): Promise<void> {
	await inTransaction(db, async (db) => {
		const isAccount = 'role' in by;
		const name = isAccount ? nameInPublic(await publicNames(db), by, commune) : by.publicName;
		await db
			.insertInto('verification')
			.values({ service_id: id, verifie_le: today(), verifie_par: name })
			.execute();
		await record(db, isAccount ? by : whoOf(by), 'fiche-verifiee', slug);
	});
}

/** How the journal and the history name someone who has no account. */
export function whoOf({ nom, courriel }: Pick<Person, 'nom' | 'courriel'>): string {
	return nom === courriel ? nom : `${nom} (${courriel})`;
}
