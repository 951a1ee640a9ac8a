import type { MomentState, MomentVariant, StepState } from './state.ts';

/*
 * Two edits of one situation brought together: what only one of them changed is as that one says; where both did, the
 * words are those of whoever publishes now, who is shown both. Nothing that either wrote is lost.
 */

/** Two edits of the common words. `before` is where both began. */
export function mergeMoments(before: MomentState, mine: MomentState, theirs: MomentState): MomentState {
	const merged = mergeFields(before, mine, theirs);
	return { ...merged, etapes: mergeSteps(before.etapes, mine.etapes, theirs.etapes) };
}

/** Two edits of what a commune says in its own way. */
export function mergeOwnWords(
	before: MomentVariant,
	mine: MomentVariant,
	theirs: MomentVariant
): MomentVariant {
	const keys = [...new Set([...Object.keys(theirs.etapes), ...Object.keys(mine.etapes)])];
	const etapes = keys.flatMap((key) => {
		const own = chosen(before.etapes[key], mine.etapes[key], theirs.etapes[key]);
		return own ? [[key, own] as const] : [];
	});
	const hidden = [...new Set([...theirs.cachees, ...mine.cachees])].filter((key) =>
		chosen(before.cachees.includes(key), mine.cachees.includes(key), theirs.cachees.includes(key))
	);
	return {
		introduction: chosen(before.introduction, mine.introduction, theirs.introduction),
		etapes: Object.fromEntries(etapes),
		cachees: hidden,
		ajouts: mergeSteps(before.ajouts, mine.ajouts, theirs.ajouts)
	};
}

function mergeFields<T extends object>(before: T, mine: T, theirs: T): T {
	const merged = { ...theirs };
	for (const name of Object.keys(mine) as (keyof T)[])
		merged[name] = chosen(before[name], mine[name], theirs[name]);
	return merged;
}

function mergeSteps<Step extends StepState>(before: Step[], mine: Step[], theirs: Step[]): Step[] {
	const stepOf = (steps: Step[], key: string) => steps.find(({ cle }) => cle === key);
	const keysOf = (steps: Step[]) => steps.map(({ cle }) => cle);
	const isMoved = !isSame(keysOf(before), keysOf(mine));
	const [first, second] = isMoved ? [mine, theirs] : [theirs, mine];
	const keys = keysOf(first);
	// A step that only the other order has stands after the one it followed there.
	for (const [i, key] of keysOf(second).entries())
		if (!keys.includes(key)) keys.splice(keys.indexOf(second[i - 1]?.cle ?? '') + 1, 0, key);
	return keys.flatMap((key) => {
		const [was, my, their] = [stepOf(before, key), stepOf(mine, key), stepOf(theirs, key)];
		if (my && their) return [mergeFields(was ?? their, my, their)];
		// Taken away by one: it stays when the other has rewritten it.
		const left = my ?? their;
		return left && (!was || !isSame(was, left)) ? [left] : [];
	});
}

function chosen<T>(before: T, mine: T, theirs: T): T {
	return isSame(before, mine) ? theirs : mine;
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
