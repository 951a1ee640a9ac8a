import { test as base } from '@playwright/test';
import { startSite, type Site } from '../site.ts';

export { startSite, type Site };

/** A journey on one server per worker; a page that logs an error fails its test. */
export const test = base.extend<{ failOnConsole: undefined }, { site: Site }>({
	site: [
		async ({ browserName: _browser }, use) => {
			const site = await startSite();
			await use(site);
			await site.stop();
		},
		{ scope: 'worker' }
	],
	baseURL: async ({ site }, use) => {
		await use(site.origin);
	},
	failOnConsole: [
		async ({ page }, use, info) => {
			const errors: string[] = [];
			page.on('console', (message) => {
				if (message.type() === 'error') errors.push(message.text());
			});
			page.on('pageerror', (error) => errors.push(error.message));
			await use(undefined);
			const expected = info.annotations.some(({ type }) => type === 'expects an error page');
			if (!expected && errors.length > 0) throw new Error(`The page logged: ${errors.join(' | ')}`);
		},
		{ auto: true }
	]
});

export { expect } from '@playwright/test';
