import type { Facts } from '#lib/domain/editing/typing.ts';
import { type Editable, findEditableById } from '../editing/editable.ts';
import { publish } from '../editing/publish.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { submitProposal } from '../proposals/submit.ts';
import type { OpenedEntry } from './links.ts';
import { verifyEntry, whoOf } from './verify.ts';

/** The entry that a link lets its person correct: what is said in words. Throws when it is gone. */
export async function getOpenedEditable(db: Db, { review }: OpenedEntry): Promise<Editable> {
	const editable = await findEditableById(db, review.id, null);
	if (!editable) throw new Error(`The entry ${review.slug} is gone.`);
	return editable;
}

/** What became of a correction: people read it already, or someone of the house reads it over first. */
export type Correction = 'published' | 'proposed';

/**
 * Publishes what someone wrote through a mail's link, in their name, or proposes it to those who own the entry when they
 * are not trusted to publish. `isVerified`: they also say that all the rest is true, which verifies what is published;
 * what is only proposed verifies nothing.
 * @throws ConflictError when someone published meanwhile: nothing was written
 * @throws ProposalError when it can't be proposed, in French
 */
export async function correct(
	db: Db,
	opened: OpenedEntry,
	{ editable, before, facts }: { editable: Editable; before: Facts; facts: Facts },
	isVerified: boolean
): Promise<Correction> {
	const { person, review } = opened;
	return inTransaction(db, async (db) => {
		if (!person.publishes) {
			const by = { nom: whoOf(person), courriel: person.courriel };
			await submitProposal(db, { entry: editable, facts, before, by, word: null });
			return 'proposed';
		}
		await publish(db, editable, facts, { id: null, nom: whoOf(person) });
		if (isVerified) await verifyEntry(db, review, person);
		return 'published';
	});
}
