import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [
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
		setupFiles: ['tests/console.ts'],
		// A limit against a test that hangs, wide enough for a busy machine: speed is measured elsewhere (npm run bench).
		testTimeout: 60_000
	}
});
