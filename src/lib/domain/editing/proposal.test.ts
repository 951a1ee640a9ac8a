import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type FieldName, fields } from './fields.ts';
import { answeredFields, changeOf, proposedFields, withTaken, wordSchema } from './proposal.ts';
import type { Facts } from './typing.ts';

/** An entry of which only these fields are filled. */
function facts(values: Partial<Record<FieldName, unknown>>): Facts {
	const empty = Object.fromEntries(
		fields.map(({ name, kind }) => [name, kind === 'termes' || kind === 'lignes' ? [] : null])
	) as Facts;
	return { ...empty, nom: 'Mairie', description: 'Elle vous aide.', ...values };
}

const before = facts({
	telephone: '04 65 71 00 01',
	adresse: '1 rue du Pré',
	age_min_mois: 36,
	age_max_mois: 83
});
const asked = { ...before, telephone: '04 65 71 00 02', adresse: '2 rue du Pré' };
const change = changeOf(before, asked);

test('a proposal keeps the fields that would change, and nothing else of the entry', () => {
	expect(change).toEqual({
		before: { telephone: '04 65 71 00 01', adresse: '1 rue du Pré' },
		proposed: { telephone: '04 65 71 00 02', adresse: '2 rue du Pré' }
	});
	expect(changeOf(before, { ...before })).toEqual({ before: {}, proposed: {} });
});

test('each field says whether people still read what the person read, or already read what is proposed', () => {
	const states = (present: Facts) => proposedFields(change, present).map(({ name, state }) => [name, state]);
	expect(states(before)).toEqual([
		['telephone', 'asked'],
		['adresse', 'asked']
	]);
	expect(states({ ...before, telephone: '04 65 71 00 03', adresse: '2 rue du Pré' })).toEqual([
		['telephone', 'moved'],
		['adresse', 'done']
	]);
	const [moved] = proposedFields(change, { ...before, telephone: '04 65 71 00 03' });
	expect([moved?.alors, moved?.maintenant, moved?.propose].map((text) => text?.slice(-2))).toEqual([
		'01',
		'03',
		'02'
	]);
});

test('only the ticked fields are taken; a name that was not proposed takes nothing', () => {
	const { facts, errors } = withTaken(before, change.proposed, ['adresse', 'nom', '__proto__']);
	expect(errors).toEqual({});
	expect(facts).toEqual({ ...before, adresse: '2 rue du Pré' });
});

test('taking one end of an age without the other is refused when they no longer agree', () => {
	const younger = changeOf(before, { ...before, age_min_mois: 90, age_max_mois: 120 });
	expect(withTaken(before, younger.proposed, ['age_min_mois']).errors.age_max_mois).toMatch(
		/prenez les deux/
	);
	expect(withTaken(before, younger.proposed, ['age_min_mois', 'age_max_mois']).errors).toEqual({});
});

test('a value that the rules no longer allow is not taken', () => {
	const { facts, errors } = withTaken(before, { telephone: '04 65' }, ['telephone']);
	expect(errors.telephone).toMatch(/pas complet/);
	expect(facts).toEqual(before);
});

test('the answer tells what was taken, what was corrected, and what stays', () => {
	const published = { telephone: '04 65 71 00 09', adresse: '1 rue du Pré' };
	expect(answeredFields(change, published).map(({ state }) => state)).toEqual(['amended', 'left']);
	expect(answeredFields(change, asked).map(({ state }) => state)).toEqual(['taken', 'taken']);
});

test('a word is trimmed, its line ends are those of a text, and it is not too long', () => {
	expect(v.parse(wordSchema, ' Il a changé.\r\nLundi. ')).toBe('Il a changé.\nLundi.');
	expect(v.parse(wordSchema, ' \r\n ')).toBeNull();
	expect(v.parse(wordSchema, 'a\r\n'.repeat(250))).toHaveLength(499);
	expect(v.safeParse(wordSchema, 'a'.repeat(501)).success).toBe(false);
});

test('a word gets the typography of French', () => {
	expect(v.parse(wordSchema, "C'est changé : merci !")).toBe('C’est changé\u202f: merci\u202f!');
});
