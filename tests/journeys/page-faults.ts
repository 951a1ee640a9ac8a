import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: {
		// Svelte writes what HTML allows: these two are matters of style.
		'void-style': 'off',
		'doctype-style': 'off',
		// Boxes of one group bear one name, as HTML would have it.
		'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
		'attribute-boolean-style': 'off',
		// Numbers to call stand in <bdi> and <b>: the rule only knows <a href="tel:">.
		'tel-non-breaking': 'off',
		// The whole style of a page travels in it, and its policy allows that style only.
		'no-inline-style': 'error',
		'no-trailing-whitespace': 'off',
		'long-title': 'off'
	}
});

/** What is wrong in the HTML of the page at this path, a line each. */
export async function markupFaults(path: string, html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	return results.flatMap(({ messages }) =>
		messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId}: ${message}`)
	);
}

/** What axe finds on the pages at these paths, and which of them are wider than the screen, a line each. */
export async function faultsOf(page: Page, paths: string[]): Promise<string[]> {
	const faults: string[] = [];
	for (const path of paths) {
		await page.goto(path);
		faults.push(...(await shownFaults(page, path)));
	}
	return faults;
}

/** The same, of the page that is shown, called `path`. */
export async function shownFaults(page: Page, path: string): Promise<string[]> {
	// These pages have no frames: the older way of running axe sees as much, in half the time.
	const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
	const faults = violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`);
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	return overflow > 0 ? [...faults, `${path} is wider than the screen`] : faults;
}
