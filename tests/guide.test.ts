import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hoursSentence } from '#lib/domain/fiche.ts';
import { readFrenchHours } from '#lib/domain/hours/french/french.ts';
import { projectRoot } from '#lib/server/root.ts';

const guide = readFileSync(path.join(projectRoot, 'docs/guide-mairie.md'), 'utf8');

/** The lines of the table of hours: what one types. */
const examples = [...guide.matchAll(/^\| ((?:du|samedi|1er|mardi|lundi) [^|]+?) +\|/gm)].map(
	([, text = '']) => text
);

test('the guide has examples of hours', () => {
	expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('the hours « %s » of the guide are understood', (text) => {
	const read = readFrenchHours(text);
	expect('problems' in read ? read.problems : []).toEqual([]);
	expect('osm' in read && hoursSentence({ horaires_accueil: read.osm })).toBeTruthy();
});

test('every picture of the guide is there', () => {
	const pictures = [...guide.matchAll(/images\/[\w-]+\.png/g)].map(([file]) => file);
	expect(pictures.length).toBeGreaterThan(5);
	for (const file of pictures) expect(existsSync(path.join(projectRoot, 'docs', file)), file).toBe(true);
});
