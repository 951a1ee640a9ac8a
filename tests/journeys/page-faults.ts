import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
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

/**
 * What is wrong in the scripts of the page at this path, a line each: none may run. The only ones are what robots read of it
 * (JSON-LD), and say what they are about.
 */
export function scriptFaults(path: string, html: string): string[] {
	const faults = [...html.matchAll(/<script/gi)].flatMap(({ index }) => {
		const [, text] = /^<script type="application\/ld\+json">([^<>]*)<\/script>/.exec(html.slice(index)) ?? [];
		if (text === undefined) return ['a script that would run'];
		const { '@context': context, '@type': type } = JSON.parse(text) as Record<string, unknown>;
		return context === 'https://schema.org' && typeof type === 'string' ? [] : ['JSON-LD about nothing'];
	});
	return faults.map((fault) => `${path}: ${fault}`);
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
	faults.push(...(await cutFaults(page, path)));
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	return overflow > 0 ? [...faults, `${path} is wider than the screen`] : faults;
}

/** A telephone number, then a range of hours: each is read at one glance, never over two lines. */
const uncut = [
	String.raw`(?<!\d)0\d(?:[\s.]\d\d){4}(?!\d)`,
	String.raw`\d{1,2}\sh(?:\s\d\d)?\s–\u2060?\s\d{1,2}\sh(?:\s\d\d)?`
];

/** The telephone numbers and the hours that the page shown breaks over two lines, a line each. */
export async function cutFaults(page: Page, path: string): Promise<string[]> {
	const cut = await page.evaluate((patterns) => {
		const found: string[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode())
			for (const pattern of patterns)
				for (const match of (node.nodeValue ?? '').matchAll(new RegExp(pattern, 'g'))) {
					const range = document.createRange();
					range.setStart(node, match.index);
					range.setEnd(node, match.index + match[0].length);
					const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
					if (lines.size > 1) found.push(`cuts « ${match[0]} »`);
				}
		return found;
	}, uncut);
	return cut.map((fault) => `${path} ${fault}`);
}

/** The choices of a list that are wider than it, arrow left out. */
export async function cutChoices(list: Locator): Promise<string[]> {
	return list.evaluate((select: HTMLSelectElement) => {
		const style = getComputedStyle(select);
		const arrow = 16;
		const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
		const ruler = document.createElement('span');
		ruler.setAttribute('style', 'position: absolute; visibility: hidden; white-space: nowrap');
		document.body.append(ruler);
		ruler.style.font = style.font;
		const cut = [...select.options]
			.map(({ text }) => text)
			.filter((text) => {
				ruler.textContent = text;
				return ruler.offsetWidth > room;
			});
		ruler.remove();
		return cut;
	});
}
