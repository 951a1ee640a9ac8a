import { conflictOf } from '#lib/domain/editing/conflict.ts';
import { readForm, type Typed, typedForm } from '#lib/domain/editing/typing.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { type Editable, factsAt } from '#lib/server/editing/editable.ts';
import { isBy, lastRevision } from '#lib/server/editing/revisions.ts';

/**
 * What was typed from `version`, brought together with what someone published since: a form that holds both, and what
 * each changed. What can't be read stays as it was typed. `me` is who writes, when it has an account.
 */
export async function withMeanwhile(
	db: Db,
	present: Editable,
	typed: Typed,
	version: number,
	me: number | null = null
) {
	const { form } = present;
	const before = await factsAt(db, present, version);
	const { facts, errors } = readForm(typed, before, form);
	const { merged, theirs, both } = conflictOf(before, facts, present.facts, form);
	const unread = Object.fromEntries(Object.entries(typed).filter(([name]) => name in errors));
	const last = await lastRevision(db, present.id, present.variantOf);
	return {
		typed: { ...typedForm(merged, form.fields), ...unread },
		version: present.version,
		conflict: { who: last?.who ?? '', isMine: isBy(last, me), theirs, both }
	};
}
