import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { finished, root } from './processes.ts';

const folder = path.join(root, '.cache/bench-page-vide');

/**
 * Builds a SvelteKit site of one page that holds nothing but text, `size` bytes as sent, uncompressed.
 * It must stand inside the project so that it is built with the same packages.
 * @returns the program that serves it on PORT
 */
export async function buildEmptyPage(size: number): Promise<string> {
	rmSync(folder, { recursive: true, force: true });
	const shell =
		'<!doctype html><html lang="fr"><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>';
	const text = 'Bien vivre sur le territoire. '
		.repeat(Math.ceil(size / 30))
		.slice(0, Math.max(0, size - 150));
	const files: Record<string, string> = {
		'package.json': '{ "type": "module" }',
		'svelte.config.js': `import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter({ precompress: false }) } };`,
		'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };`,
		'src/app.html': shell,
		'src/routes/+page.js': 'export const csr = false;',
		'src/routes/+page.svelte': `<p>${text}</p>`
	};
	for (const [file, content] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), content);
	}
	await finished(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build'], folder);
	return path.join(folder, 'build/index.js');
}
