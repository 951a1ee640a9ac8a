import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Faults made for real on the production build: one after the other, each with time to start servers. */
export default defineConfig({
	root: path.resolve(import.meta.dirname, '../..'),
	test: {
		include: ['tests/faults/*.test.ts'],
		setupFiles: ['tests/setup.ts'],
		fileParallelism: false,
		// A test of the full numbers (npm run endurance) lasts minutes.
		testTimeout: 1_800_000,
		hookTimeout: 60_000
	}
});
