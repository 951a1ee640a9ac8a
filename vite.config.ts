import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** An address that the table of access doesn't know stops the build: nobody has said who may call it. */
const declaredRoutes: Plugin = {
	name: 'declared-routes',
	apply: 'build',
	buildStart: {
		// The words that the table's own imports need are written by then.
		order: 'post',
		sequential: true,
		async handler() {
			const table = pathToFileURL(path.resolve(import.meta.dirname, 'src/lib/server/access.ts'));
			const { access } = (await import(table.href)) as { access: Record<string, unknown> };
			const files = globSync('src/routes/**/+{page,server}*', { cwd: import.meta.dirname });
			const routes = files.map(
				(file) => `/${path.dirname(path.relative('src/routes', file)).replace(/^\.$/, '')}`
			);
			const undeclared = new Set(routes).difference(new Set(Object.keys(access)));
			if (undeclared.size > 0)
				this.error(`Not in the table of access (src/lib/server/access.ts): ${[...undeclared].join(', ')}`);
		}
	}
};

export default defineConfig({
	plugins: [
		declaredRoutes,
		sveltekit(),
		// Tests read the words already generated: writing them again would pull them from under the type check beside.
		...(process.env.VITEST === undefined
			? [
					paraglideVitePlugin({
						project: './project.inlang',
						outdir: './src/lib/paraglide',
						strategy: ['baseLocale'],
						emitTsDeclarations: true
					})
				]
			: [])
	],
	build: { target: 'es2022' },
	test: {
		include: ['src/**/*.test.ts', 'tests/*.test.ts', 'migrations/*.test.ts'],
		env: { TZ: 'UTC' },
		setupFiles: ['tests/setup.ts'],
		// Files share a process, and what it has loaded: half the time. What a file could leave behind, tests/setup.ts puts back.
		isolate: false,
		// A limit against a test that hangs, wide enough for a busy machine: speed is measured elsewhere (npm run bench).
		testTimeout: 60_000
	}
});
