import { randomUUID } from 'node:crypto';
import {
	changeSteps,
	checkMoment,
	checkOwnWords,
	isMomentField,
	typedMoment,
	type TypedMoment,
	typedOwnWords
} from '#lib/domain/moments/form.ts';
import { momentLimits } from '#lib/domain/moments/state.ts';
import type { FormErrors } from '#lib/domain/forms.ts';
import type { Db } from '#lib/server/database/schema.ts';
import { findEntriesFor, momentChoices } from '#lib/server/editing/moments/choices.ts';
import type { EditableMoment } from '#lib/server/editing/moments/editable.ts';
import { mergedMoment, type Words } from '#lib/server/editing/moments/meanwhile.ts';
import { versionOf } from '../../../entry-form.ts';
import { formOf, textOf } from '../../../form.ts';

/** Entries found for the words typed at one place of a form. */
export interface FoundEntries {
	q: string;
	choices: { code: string; fr: string }[];
}

/** A form of a situation as it was sent, and the button that sent it. */
export async function receivedMoment(
	request: Request
): Promise<{ typed: TypedMoment; version: number; geste: string; champ: string }> {
	const form = await formOf(request);
	const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string');
	return {
		typed: Object.fromEntries(fields.filter(([name]) => isMomentField(name))),
		version: versionOf(form),
		geste: textOf(form, 'geste'),
		champ: textOf(form, 'champ')
	};
}

/** The form as it is first shown. A new situation has room for two steps. */
export function startOf(moment: EditableMoment): { typed: TypedMoment; version: number } {
	const { common, own, variantOf, version } = moment;
	const missing = Math.max(0, momentLimits.leastSteps - common.etapes.length);
	const keys = Array.from({ length: missing }, () => randomUUID());
	return { typed: variantOf === null ? typedMoment(common, keys) : typedOwnWords(common, own), version };
}

/** What was typed, read: the words to publish, or what must be corrected. */
export async function wordsTyped(
	db: Db,
	moment: EditableMoment,
	typed: TypedMoment
): Promise<{ words: Words; errors?: undefined } | { words?: undefined; errors: FormErrors }> {
	const choices = await momentChoices(db, moment);
	if (moment.variantOf === null) {
		const { output, errors } = checkMoment(typed, choices, moment.common);
		return output ? { words: { common: output } } : { errors };
	}
	const { output, errors } = checkOwnWords(typed, moment.common, moment.own, choices);
	return output ? { words: { own: output } } : { errors };
}

/** The form of what is to be published. */
export function typedAgain(moment: EditableMoment, words: Words): TypedMoment {
	return 'common' in words ? typedMoment(words.common) : typedOwnWords(moment.common, words.own);
}

/** A form that holds both what was written from `version` and what was published since; and what each changed. */
export async function withMeanwhile(
	db: Db,
	present: EditableMoment,
	words: Words,
	version: number,
	me: number
) {
	const merged = await mergedMoment(db, present, words, version, me);
	return {
		typed: typedAgain(present, merged.words),
		version: present.version,
		conflict: merged.conflict
	};
}

/** The form after one of its buttons: steps that move, come or go. */
export function changed(typed: TypedMoment, geste: string): TypedMoment {
	return changeSteps(typed, geste, randomUUID());
}

/** The places of a form where words are searched among the entries, by the name of their field. */
function searchesIn(typed: TypedMoment): { champ: string; name: string; q: string }[] {
	return Object.entries(typed).flatMap(([name, q]) => {
		const champ = /^(appeler|etape-\d{1,2})-cherche$/.exec(name)?.[1];
		return champ === undefined || q.trim() === '' ? [] : [{ champ, name, q: q.trim() }];
	});
}

/** What was searched in a form and not yet chosen: the form without it, and the entries found. */
export async function searched(
	db: Db,
	typed: TypedMoment,
	commune: string | null
): Promise<{ typed: TypedMoment; found: Record<string, FoundEntries> }> {
	const found: Record<string, FoundEntries> = {};
	const left = { ...typed };
	for (const { champ, name, q } of searchesIn(typed)) {
		found[champ] = { q, choices: await findEntriesFor(db, q, commune) };
		left[name] = '';
	}
	return { typed: left, found };
}
