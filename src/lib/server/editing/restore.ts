import { additionsIn, readOver } from '#lib/domain/editing/own-state.ts';
import { type Difference, differencesBetween, type Facts, restored } from '#lib/domain/editing/typing.ts';
import type { Db } from '../database/schema.ts';
import type { Editable } from './editable.ts';
import { publish } from './publish.ts';
import { completed, type Editor, listRevisions, type Revision } from './revisions.ts';

/** A state of an entry's history: what people read of it then, and what coming back to it would change of today's. */
export interface KnownState extends Revision {
	/** What people read then: a commune's words stand over the common base. */
	facts: Facts;
	/** `avant` is what is there now, `apres` what this state would put back. */
	changes: Difference[];
	/** Whether it may be put back. */
	canRestore: boolean;
}

/** The history of an entry, or of a commune's words on it, the newest first. */
export async function listKnownStates(db: Db, editable: Editable): Promise<KnownState[]> {
	const { id, variantOf, base, form } = editable;
	const revisions = await listRevisions(db, id, variantOf);
	const told = variantOf === null ? completed(revisions, base) : revisions;
	return told.map((revision, i) => {
		const facts = variantOf === null ? revision.state : readOver(base, revision.state);
		return {
			...revision,
			facts,
			changes: differencesBetween(editable.facts, restored(facts, editable.facts, form), form),
			// An entry began without its text: nobody ever read it so.
			canRestore: i > 0 && facts.description !== '' && editable.archive === undefined
		};
	});
}

/**
 * Publishes a state of the history again. False when it is what people read already: nothing is then written.
 * @throws ConflictError and ArchivedError as `publish` does
 */
export async function restoreState(
	db: Db,
	editable: Editable,
	{ state, facts, changes }: KnownState,
	by: Editor
): Promise<boolean> {
	if (changes.length === 0) return false;
	// What was added is added again, after the common text of today.
	const additions = editable.variantOf === null ? {} : additionsIn(state);
	await publish(db, editable, restored(facts, editable.facts, editable.form), by, { additions });
	return true;
}
