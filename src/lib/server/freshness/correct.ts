import type { Account } from '#lib/domain/accounts.ts';
import { differencesBetween, type Facts } from '#lib/domain/editing/typing.ts';
import { type Editable, findEditable } from '../editing/editable.ts';
import { publish } from '../editing/publish.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import type { OpenedEntry } from './links.ts';
import { fileCorrection } from './proposal.ts';
import { verifyEntry, whoOf } from './verify.ts';

/** Whoever answers for an entry changes the whole of it, as the administration does. */
const wholeEntry: Account = {
	id: 0,
	courriel: '',
	nom: '',
	role: 'administration',
	communes: [],
	hasSecondFactor: true
};

/** The entry that a link lets its person correct. Throws when it is gone. */
export async function getOpenedEditable(db: Db, { review }: OpenedEntry): Promise<Editable> {
	const editable = await findEditable(db, wholeEntry, review.slug);
	if (!editable) throw new Error(`The entry ${review.slug} is gone.`);
	return editable;
}

/** What became of a correction: people read it already, or someone of the house reads it over first. */
export type Correction = 'published' | 'proposed';

/**
 * Publishes what someone wrote through a mail's link, in their name, or files it for those who answer for the entry when
 * they are not trusted to publish. `isVerified`: they also say that all the rest is true, which verifies what is published;
 * what is only proposed verifies nothing.
 * @throws ConflictError when someone published meanwhile: nothing was written
 */
export async function correct(
	db: Db,
	origin: string,
	opened: OpenedEntry,
	{ editable, before, facts }: { editable: Editable; before: Facts; facts: Facts },
	isVerified: boolean
): Promise<Correction> {
	const { person, review } = opened;
	return inTransaction(db, async (db) => {
		if (!person.publishes) {
			const differences = differencesBetween(before, facts);
			await fileCorrection(db, origin, { review, editable, facts, differences, person });
			return 'proposed';
		}
		await publish(db, editable, facts, { id: null, nom: whoOf(person) });
		if (isVerified) await verifyEntry(db, review, person);
		return 'published';
	});
}
