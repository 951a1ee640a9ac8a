import type * as v from 'valibot';
import { atMost } from '../typography.ts';
import type { Field } from './fields.ts';
import { fieldRules } from './typing.ts';

/** From how many characters on nobody meets the limit of a field: it isn't said before it is passed. */
const seldomMet = 300;

/**
 * What helps to fill a field: that it must be filled (a list where something is always chosen needs not say it), its
 * words, then how long it may be, where people could meet that. Undefined for nothing.
 */
export function helpOf({ name, kind, aide, required }: Field): string | undefined {
	const max = longestOf(fieldRules[name]);
	const limit =
		max === undefined || max > seldomMet ? undefined : atMost(max, kind === 'lignes' ? 'par ligne' : '');
	const must = required && kind !== 'terme' ? 'Obligatoire.' : undefined;
	return [must, aide, limit].filter(Boolean).join(' ') || undefined;
}

/** The most characters that a rule allows in a text, or in each of a list; undefined when it bounds none. */
function longestOf(rule: unknown): number | undefined {
	const { type, requirement, wrapped, item, pipe } = rule as Rule;
	if (type === 'max_length') return requirement;
	const inner = [wrapped, item, ...(pipe ?? []).filter((part) => part !== rule)].filter(Boolean);
	return inner.map(longestOf).find((max) => max !== undefined);
}

/** What a schema of valibot holds of others. */
interface Rule extends Partial<Pick<v.GenericSchema, 'type'>> {
	requirement?: number;
	wrapped?: Rule;
	item?: Rule;
	pipe?: readonly Rule[];
}
