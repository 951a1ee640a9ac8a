import process from 'node:process';
import { defineConfig } from '@playwright/test';

/** Journeys in a real browser, on the production build: each worker starts a server of its own (tests/journeys/server.ts). */
export default defineConfig({
	testDir: 'tests/journeys',
	fullyParallel: true,
	// A limit against a page that hangs, wide enough for a busy machine: speed is measured elsewhere (npm run bench).
	timeout: 120_000,
	workers: 2,
	forbidOnly: true,
	reporter: 'list',
	outputDir: 'test-results',
	use: {
		browserName: 'chromium',
		locale: 'fr-FR',
		timezoneId: 'Europe/Paris',
		screenshot: 'only-on-failure',
		// A trace slows every journey by a third: ask for it, on the one to understand (npx playwright test NAME --trace on).
		trace: 'off',
		launchOptions: {
			...(process.env.CHROMIUM_PATH === undefined ? {} : { executablePath: process.env.CHROMIUM_PATH }),
			// Chromium's sandbox refuses to run as root, as in most containers.
			args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
		}
	}
});
