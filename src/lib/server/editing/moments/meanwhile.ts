import { mergeMoments, mergeOwnWords } from '#lib/domain/moments/conflict.ts';
import { type Difference, momentDifferences } from '#lib/domain/moments/differences.ts';
import {
	momentRead,
	type MomentState,
	type MomentVariant,
	type ReadMoment
} from '#lib/domain/moments/state.ts';
import type { Db } from '../../database/schema.ts';
import { isBy } from '../revisions.ts';
import { type EditableMoment, momentAt, momentNames } from './editable.ts';
import { lastMomentRevision } from './revisions.ts';

/** What is published of a situation: its common words, or what a commune says of it. */
export type Words = { common: MomentState } | { own: MomentVariant };

/** What people would read of a situation with these words. */
export function readWith(
	moment: Pick<EditableMoment, 'common' | 'own' | 'variantOf'>,
	words?: Words
): MomentState | ReadMoment {
	const common = words && 'common' in words ? words.common : moment.common;
	const own = words && 'own' in words ? words.own : moment.own;
	return moment.variantOf === null ? common : momentRead(common, own);
}

/** Two edits of a situation: both brought together, and what each changed. */
export interface MomentConflict {
	who: string;
	/** Whether it is the same person, in another tab. */
	isMine: boolean;
	/** What the other one published meanwhile. */
	theirs: Difference[];
	/** What both changed, otherwise: `avant` is the other's, `apres` is mine. */
	both: Difference[];
}

/**
 * What was written from `version`, brought together with what someone published since: nothing of either is lost. `present`
 * is the situation as it is now; `me` is who writes.
 */
export async function mergedMoment(
	db: Db,
	present: EditableMoment,
	mine: Words,
	version: number,
	me: number
): Promise<{ words: Words; conflict: MomentConflict }> {
	const before = await momentAt(db, present, version);
	const words: Words =
		'common' in mine
			? { common: mergeMoments(before.common, mine.common, present.common) }
			: { own: mergeOwnWords(before.own, mine.own, present.own) };
	const names = await momentNames(db);
	const theirs = momentDifferences(readWith(before), readWith(present), names);
	const last = await lastMomentRevision(db, present.id, present.variantOf);
	return {
		words,
		conflict: {
			who: last?.who ?? '',
			isMine: isBy(last, me),
			theirs,
			both: momentDifferences(readWith(present), readWith(present, words), names).filter(({ name }) =>
				theirs.some((one) => one.name === name)
			)
		}
	};
}
