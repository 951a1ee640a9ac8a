import { expect } from 'vitest';
import { editors, open } from '../../../../tests/editors.ts';
import { test } from '../../../../tests/world.ts';
import type { Db } from '../database/schema.ts';
import { publish } from './publish.ts';
import { listKnownStates, restoreState } from './restore.ts';
import { listRevisions } from './revisions.ts';

const slug = 'mairie-haut-valclair';

/** Publishes these telephones of an entry, one after the other. */
async function publishNumbers(db: Db, who: Awaited<ReturnType<typeof editors>>['haut'], numbers: string[]) {
	for (const telephone of numbers) {
		const entry = await open(db, who, slug);
		await publish(db, entry, { ...entry.facts, telephone }, who);
	}
	return open(db, who, slug);
}

test('each older state says what coming back to it would change, from what is there now', async ({ db }) => {
	const { haut } = await editors(db);
	const entry = await publishNumbers(db, haut, ['04 65 71 00 91', '04 65 71 00 92']);
	const states = await listKnownStates(db, entry);
	expect(
		states.map(({ canRestore, changes }) => [
			canRestore,
			changes.map(({ avant, apres }) => `${avant} → ${apres}`)
		])
	).toEqual([
		[false, []],
		[true, [expect.stringMatching(/92 → .*91$/)]],
		[true, [expect.stringMatching(/92 → .*01$/)]]
	]);
});

test('a state put back is what people read; the same content is not published again', async ({ db }) => {
	const { haut } = await editors(db);
	const entry = await publishNumbers(db, haut, ['04 65 71 00 91', '04 65 71 00 92', '04 65 71 00 91']);
	const [, between, same] = await listKnownStates(db, entry);
	if (!between || !same) throw new Error('No states');
	expect(await restoreState(db, entry, same, haut)).toBe(false);
	expect(await listRevisions(db, entry.id, null)).toHaveLength(4);
	expect(await restoreState(db, entry, between, haut)).toBe(true);
	expect((await open(db, haut, slug)).facts.telephone).toBe('04 65 71 00 92');
});
