import { wordsForm } from './choices.ts';
import { type Difference, differencesBetween, type Facts } from './typing.ts';

/** What to show someone whose entry was changed by someone else while they were writing. */
export interface Conflict {
	/** Both kept: what only one of them changed; where both did, the words of the one who publishes now. */
	merged: Facts;
	/** What the other one published meanwhile. */
	theirs: Difference[];
	/** Fields that both changed, otherwise: `avant` is the other's, `apres` is mine. */
	both: Difference[];
}

/** Brings two edits of one entry together. `before` is where both began. Nothing that either wrote is lost. */
export function conflictOf(before: Facts, mine: Facts, theirs: Facts, form = wordsForm): Conflict {
	const changedByMe = new Set(differencesBetween(before, mine, form).map(({ name }) => name));
	const published = differencesBetween(before, theirs, form);
	const merged: Facts = { ...theirs };
	for (const { name } of form.fields) if (changedByMe.has(name)) merged[name] = mine[name];
	return {
		merged,
		theirs: published,
		both: differencesBetween(theirs, merged, form).filter(({ name }) =>
			published.some((difference) => difference.name === name)
		)
	};
}
