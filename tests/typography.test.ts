import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#lib/server/root.ts';

/** The texts of a component, as markup: without its script, its style, its expressions and its tags. */
function textsOf(component: string): string {
	let markup = component.replace(/<(script|style)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, '');
	// Expressions hold others: the innermost go first.
	for (let before = ''; before !== markup;) {
		before = markup;
		markup = markup.replace(/\{[^{}]*\}/g, '\uFFFC');
	}
	return markup.replace(/<[^<>]*>/g, '').replace(/&[a-z]+;/g, '');
}

test('no French sign of the pages stands after an ordinary space, where a line could begin with it', () => {
	const components = globSync('src/**/*.svelte', { cwd: projectRoot });
	expect(components.length).toBeGreaterThan(50);
	const faults = components.flatMap((file) =>
		[
			...textsOf(readFileSync(path.join(projectRoot, file), 'utf8')).matchAll(
				/.{0,30}(?:\S[ \n\t]+[:;?!»](?!\S)|« ).{0,20}/gu
			)
		].map(([words]) => `${file}: ${words.trim()}`)
	);
	expect(faults).toEqual([]);
});
