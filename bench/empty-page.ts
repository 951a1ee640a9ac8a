import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { finished, root } from './processes.ts';

const folder = path.join(root, '.cache/bench-page-vide');

/**
 * Builds a SvelteKit site of one page that holds nothing but text and style, as many bytes of each as `html`,
 * with the project's own configuration. It stands inside the project so that it is built with the same packages.
 * @returns the program that serves it on PORT
 */
export async function buildEmptyPage(html: string): Promise<string> {
	rmSync(folder, { recursive: true, force: true });
	const style = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)]
		.map((match) => match[1] ?? '')
		.join('');
	const text = 'Bien vivre sur le territoire. '
		.repeat(Math.ceil(html.length / 30))
		.slice(0, html.length - style.length);
	const rules = Array.from(
		{ length: Math.ceil(style.length / 22) },
		(_, i) => `:global(.n${10_000 + i}){margin:${1000 + i}px}`
	);
	const files: Record<string, string> = {
		'package.json': '{ "type": "module" }',
		'svelte.config.js': `export { default } from '${pathToFileURL(path.join(root, 'svelte.config.js')).href}';`,
		'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };`,
		'src/app.html':
			'<!doctype html><html lang="fr"><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
		'src/routes/+page.js': 'export const csr = false;',
		'src/routes/+page.svelte': `<p>${text}</p>\n<style>${rules.join('\n')}</style>`
	};
	for (const [file, content] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), content);
	}
	await finished(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build'], folder);
	return path.join(folder, 'build/index.js');
}
