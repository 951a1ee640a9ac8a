import type { Variant } from '../variants.ts';

/** What one commune says of one thing, beside the common text: what that said when the words were written, and now. */
export interface OwnWords {
	/** The name of the field. */
	name: string;
	label: string;
	mode: Variant['mode'];
	/** In words; empty where there is nothing. */
	then: string;
	now: string;
	/** The commune's own words: in the place of the common text, or after it. */
	mine: string;
	/** What people read there. */
	read: string;
	/** Whether the common text has changed since the words were written. */
	hasChanged: boolean;
}

/** A commune's words of one field as they are kept, and what the common text says now. */
export interface KeptWords {
	name: string;
	label: string;
	mode: Variant['mode'];
	value: unknown;
	/** The common text when the words were written. */
	then: unknown;
	now: unknown;
	/** What people read: the common text with the commune's words. */
	read: unknown;
}

/** A commune's words beside the common text, said in words by `wordsOf`. */
export function ownWordsOf(kept: KeptWords, wordsOf: (value: unknown) => string): OwnWords {
	const { name, label, mode, value, then, now, read } = kept;
	return {
		name,
		label,
		mode,
		then: wordsOf(then),
		now: wordsOf(now),
		mine: wordsOf(value),
		read: wordsOf(read),
		hasChanged: hasChanged(then, now)
	};
}

/** Whether the common text is no longer what it was. */
export function hasChanged(then: unknown, now: unknown): boolean {
	return JSON.stringify(then ?? null) !== JSON.stringify(now ?? null);
}
