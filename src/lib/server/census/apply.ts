import type { EntryState } from '#lib/domain/census/entry.ts';
import { isOfWords, type Likeness, type Outcome, type Proposal } from '#lib/domain/census/plan.ts';
import { now } from '../clock.ts';
import { inTransaction } from '../database/open.ts';
import type { Db } from '../database/schema.ts';
import { record } from '../journal.ts';
import type { Counts, Importer } from './census.ts';
import { getStored } from './states.ts';
import { insertEntry, updateEntry } from './write.ts';

/** What a row that is an entry's does to it: it fills what is empty, or takes the place of what is there. */
export type OntoKind = 'completer' | 'remplacer';

/** What is done with a likely duplicate: nothing, one more entry, or something to an entry (its number). */
export type Choice = { kind: 'passer' } | { kind: 'garder' } | { kind: OntoKind; id: number };

/** A choice as a form sends it: « passer », « garder », « completer-12 », « remplacer-12 ». Anything else is to do nothing. */
export function choiceOf(sent: string | undefined): Choice {
	if (sent === 'garder') return { kind: 'garder' };
	const [, kind, id] = /^(completer|remplacer)-(\d{1,15})$/.exec(sent ?? '') ?? [];
	return kind === undefined ? { kind: 'passer' } : { kind: kind as OntoKind, id: Number(id) };
}

/** What an import would do, given the choices. */
export function countsOf(
	proposals: readonly Proposal[],
	choices: Readonly<Record<string, string>>,
	publiees: boolean
): Counts {
	const count = (isCounted: (proposal: Proposal) => boolean) => proposals.filter(isCounted).length;
	const written = proposals.map((proposal) => writtenBy(proposal, choices));
	return {
		lues: proposals.length,
		creees: written.filter((one) => one?.kind === 'creation').length,
		modifiees: written.filter((one) => one?.kind === 'modification').length,
		inchangees: count(({ kind }) => kind === 'inchangee'),
		doublons: proposals.filter((one, i) => one.kind === 'doublon' && written[i] === undefined).length,
		refusees: count(({ kind }) => kind === 'refus'),
		hors: count(({ kind }) => kind === 'hors'),
		publiees
	};
}

type Written =
	{ kind: 'creation'; state: EntryState } | { kind: 'modification'; id: number; state: EntryState };

/** What a row writes, given the choices; undefined when it writes nothing. */
function writtenBy(proposal: Proposal, choices: Readonly<Record<string, string>>): Written | undefined {
	if (proposal.kind === 'creation') return { kind: 'creation', state: proposal.created };
	if (proposal.kind === 'modification')
		return { kind: 'modification', id: proposal.known.id, state: proposal.after };
	if (proposal.kind !== 'doublon') return undefined;
	const choice = choiceOf(choices[String(proposal.line)]);
	if (choice.kind === 'garder') return { kind: 'creation', state: proposal.created };
	if (choice.kind === 'passer') return undefined;
	const like = proposal.likes.find((one) => one.known?.id === choice.id);
	const outcome = like && outcomeOf(like, choice.kind);
	return outcome && { kind: 'modification', id: choice.id, state: outcome.after };
}

/**
 * What an entry likely the same becomes when it is completed by the row, or when the row replaces its words. Undefined
 * where that isn't offered: the entry is another's, nothing would change, or replacing would only complete.
 */
export function outcomeOf({ known, completed, replaced }: Likeness, kind: OntoKind): Outcome | undefined {
	if (known?.isMine !== true || !completed || !replaced) return undefined;
	const filled = completed.changes.filter(isOfWords);
	if (kind === 'completer') return filled.length > 0 ? completed : undefined;
	return replaced.changes.filter(isOfWords).length > filled.length ? replaced : undefined;
}

/**
 * Writes what a plan proposes, all or nothing. What it changes is kept so that it can be undone. Two rows that
 * change one entry change it one after the other: the last one counts.
 */
export async function applyPlan(
	db: Db,
	censusId: number,
	proposals: readonly Proposal[],
	choices: Readonly<Record<string, string>>,
	{ by, publish }: { by: Importer; publish: boolean }
): Promise<Counts> {
	const counts = countsOf(proposals, choices, publish);
	await inTransaction(db, async (db) => {
		const changed = new Map<number, EntryState | null>();
		for (const proposal of proposals) {
			const written = writtenBy(proposal, choices);
			if (!written) continue;
			if (written.kind === 'creation') {
				const id = await insertEntry(db, written.state, by);
				changed.set(id, null);
				if (publish) await updateEntry(db, id, written.state, by, { publishDraft: true, cause: 'import' });
				continue;
			}
			if (!changed.has(written.id)) changed.set(written.id, (await getStored(db, written.id)).state);
			await updateEntry(db, written.id, written.state, by, { cause: 'import' });
		}
		for (const [id, before] of changed)
			await db
				.insertInto('census_change')
				.values({
					census_id: censusId,
					service_id: id,
					before: before === null ? null : JSON.stringify(before),
					after: JSON.stringify((await getStored(db, id)).state)
				})
				.execute();
		const { file_name } = await db
			.updateTable('census')
			.set({
				content: null,
				confirmed_at: new Date(now()).toISOString(),
				counts: JSON.stringify(counts)
			})
			.where('id', '=', censusId)
			.where('confirmed_at', 'is', null)
			.returning('file_name')
			.executeTakeFirstOrThrow();
		await record(db, by, 'import', `${file_name} (${counts.creees} créées, ${counts.modifiees} modifiées)`);
	});
	return counts;
}
