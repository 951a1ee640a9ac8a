import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#lib/server/root.ts';
import { filesUnder } from './source-tree.ts';

/** What is said otherwise, and how (docs/vocabulary.md). */
const others: [RegExp, string][] = [
	[/\b(à|la|les|une fiche) revoir\b/i, 'vérifier'],
	[/\bfiches? à relire\b|\bfaire relire\b|(?<!page )à relire (avant|depuis)/i, 'vérifier'],
	[/\brelecture\b(?!-| \$\{)/i, 'vérification'],
	[/\b(vérifier|vérifiez|contrôler) (avant de|et) (publier|publiez|envoyer)/i, 'relire'],
	[/\bsera relue avant\b/i, 'acceptée']
];

test('one thing has one word, at the desk, in mails and in the guide', () => {
	const files = [...filesUnder('src'), 'messages/fr/interface.json', 'docs/guide-mairie.md'].filter(
		(file) => /\.(svelte|ts|json|md)$/.test(file) && !file.includes('/paraglide/')
	);
	expect(files.length).toBeGreaterThan(200);
	const faults = files.flatMap((file) => {
		const text = readFileSync(path.join(projectRoot, file), 'utf8').replace(/\s+/g, ' ');
		return others.flatMap(([pattern, word]) => {
			const found = pattern.exec(text)?.[0];
			return found === undefined ? [] : `${file}: « ${found} » (${word})`;
		});
	});
	expect(faults).toEqual([]);
});
