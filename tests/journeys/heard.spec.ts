import type { Page } from '@playwright/test';
import { pathIn } from '#lib/domain/language.ts';
import { markupFaults, shownFaults } from './page-faults.ts';
import { expect, test } from './server.ts';

/*
 * Pages as a screen reader goes through them: what axe doesn't see. What was judged by a person is in
 * docs/accessibility.md; here are the facts that must stay true.
 */

const kinds = [
	'',
	'/petite-enfance',
	'/sante-et-urgences',
	'/services/accueil-petite-enfance',
	'/services/creche',
	'/services/carte-grise',
	'/services/accueil-petite-enfance/signaler',
	'/moments',
	'/moments/garder-mon-bebe',
	'/moments/quelqu-un-me-fait-peur',
	'/agenda',
	'/agenda?mois=2026-12',
	'/agenda/cafe-des-parents',
	'/agenda/soiree-jeux',
	'/question',
	'/recherche?q=nounou',
	'/recherche?q=zzzzzz',
	'/recherche?gratuit=oui&age=3',
	'/numeros-utiles',
	'/comprendre',
	'/partager?page=petite-enfance',
	'/plan-du-site'
].map((kind) => `/haut-valclair${kind}`);
const pages = [
	'/',
	...kinds,
	'/plan-du-site',
	'/accessibilite',
	'/mentions-legales',
	'/donnees-personnelles'
];

interface Heard {
	role: string;
	name: string;
	/** A link's address, a heading's level. */
	url: string;
	level: number;
}

/** The page as it is told to a screen reader, in order. */
async function heardOn(page: Page): Promise<Heard[]> {
	const session = await page.context().newCDPSession(page);
	const { nodes } = await session.send('Accessibility.getFullAXTree');
	await session.detach();
	const byId = new Map(nodes.map((node) => [node.nodeId, node]));
	/** The nodes come rank by rank: they are heard branch by branch. */
	const inOrder = (id: string): typeof nodes => {
		const node = byId.get(id);
		return node ? [node, ...(node.childIds ?? []).flatMap(inOrder)] : [];
	};
	return inOrder(nodes[0]?.nodeId ?? '')
		.filter(({ ignored }) => !ignored)
		.map(({ role, name, properties = [] }) => {
			const of = (wanted: string): string => {
				const value: unknown = properties.find((one) => one.name === wanted)?.value.value;
				return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
			};
			return {
				role: String(role?.value),
				name: String(name?.value ?? '').trim(),
				url: of('url'),
				level: Number(of('level'))
			};
		});
}

for (const language of ['fr', 'ar'] as const)
	test(`in ${language}, a page heard in order has its parts, its headings, and links that can be told apart`, async ({
		page
	}) => {
		const faults: string[] = [];
		for (const path of pages.map((one) => pathIn(language, one))) {
			await page.goto(path);
			await page.locator('details').evaluateAll((all: HTMLDetailsElement[]) => {
				for (const one of all) one.open = true;
			});
			const heard = await heardOn(page);
			const all = (role: string) => heard.filter((one) => one.role === role);
			for (const part of ['banner', 'main', 'contentinfo'])
				if (all(part).length !== 1) faults.push(`${path} has ${all(part).length} ${part}`);
			for (const part of ['navigation', 'complementary', 'region']) {
				const names = all(part).map(({ name }) => name);
				if (names.includes('')) faults.push(`${path} has a ${part} without a name`);
				if (new Set(names).size < names.length)
					faults.push(`${path} has two ${part} of one name: ${names.join(', ')}`);
			}
			let before = 0;
			for (const { name, level } of all('heading')) {
				if (level > before + 1) faults.push(`${path} jumps from level ${before} to « ${name} »`);
				if (name === '') faults.push(`${path} has an empty heading`);
				before = level;
			}
			const links = Map.groupBy(all('link'), ({ name }) => name);
			for (const [name, to] of links)
				if (name === '' || new Set(to.map(({ url }) => url)).size > 1)
					faults.push(`${path} « ${name} » leads to ${to.map(({ url }) => url).join(' and ')}`);
			// The search is found at one place: the last link of every page.
			const last = all('link').at(-1)?.url ?? '';
			if (!last.endsWith('/recherche')) faults.push(`${path} ends with ${last}`);
			const empty = page.locator(':is(ul, ol, dl):not(:has(> *))');
			if ((await empty.count()) > 0) faults.push(`${path} has an empty list`);
		}
		expect(faults).toEqual([]);
	});

test('what stays in French in another language says that it is French', async ({ page }) => {
	const textsOf = () =>
		page.evaluate(() => {
			const texts: { text: string; lang: string }[] = [];
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			for (let node = walker.nextNode(); node; node = walker.nextNode()) {
				// An address cut at its slashes is of no language.
				if (node.parentElement?.closest('[translate=no]')) continue;
				texts.push({
					text: (node.nodeValue ?? '').replace(/\s+/g, ' ').trim(),
					lang: node.parentElement?.closest('[lang]')?.getAttribute('lang') ?? ''
				});
			}
			return texts.filter(({ text }) => /\p{L}{3}/u.test(text));
		});
	// Addresses, and names that other languages take as they are.
	const same = /[@/]|\.(fr|example)$|^France services$|^(Français|English|Português|Türkçe|العربية)/;
	const faults: string[] = [];
	for (const path of pages) {
		await page.goto(path);
		const french = new Set((await textsOf()).map(({ text }) => text));
		for (const language of ['tr', 'ar'] as const) {
			await page.goto(pathIn(language, path.replace(/\?.*/, '')) + (/\?.*/.exec(path)?.[0] ?? ''));
			for (const { text, lang } of await textsOf())
				if (lang !== 'fr' && french.has(text) && !same.test(text))
					faults.push(`${language} ${path} « ${text} »`);
		}
	}
	expect(faults).toEqual([]);
});

test('French words quoted in a sentence of another language are told as French', async ({ page }) => {
	await page.goto('/tr/haut-valclair/agenda/soiree-jeux');
	const cancelled = page.locator('.message', { hasText: 'İptal edildi' });
	await expect(cancelled.locator('[lang=fr]')).toHaveText('le chauffage est en panne');
	await page.goto('/ar/haut-valclair/services/accueil-petite-enfance');
	await expect(page.locator('.verif [lang=fr][dir=ltr]')).toHaveText('Communauté de communes du Valclair');
	await page.goto('/en/haut-valclair/services/creche');
	await expect(page.locator('.en-attendant [lang=fr]')).toHaveText('Accueil petite enfance');
});

test('pages that refuse or don’t find have nothing that axe finds, in the light and in the dark', async ({
	page
}) => {
	test.info().annotations.push({ type: 'expects an error page' });
	await page.setViewportSize({ width: 320, height: 740 });
	const faults: string[] = [];
	const wanted: [string, number][] = [
		['/haut-valclair/rien', 404],
		['/haut-valclair/services/rien', 404],
		['/ar/haut-valclair/rien', 404],
		['/en/rien', 404],
		['/rien', 404],
		['/rien.php', 404],
		['/q/22222', 404],
		['/q/0OIL', 404],
		['/haut-valclair/%c0', 400]
	];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const [path, status] of wanted) {
			expect((await page.goto(path))?.status(), path).toBe(status);
			faults.push(...(await shownFaults(page, path)));
			if (colorScheme === 'light') faults.push(...(await markupFaults(path, await page.content())));
			await expect(page.getByRole('main'), path).toHaveCount(1);
			await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
		}
	}
	expect(faults).toEqual([]);
});

test('a mistyped code says so in the title, and beside its field', async ({ page }) => {
	test.info().annotations.push({ type: 'expects an error page' });
	await page.goto('/q/22222');
	await expect(page).toHaveTitle(/^Erreur\s: /);
	const field = page.getByLabel('Votre code');
	await expect(field).toHaveAttribute('aria-invalid', 'true');
	await expect(field).toHaveAccessibleDescription(/Ce n’est pas grave.*Un code a 5 signes/);
});

for (const { language, mark, error, form, field } of [
	{ language: 'fr', mark: /^Erreur\s: /, error: /phrase/, form: 'question', field: '#texte' },
	{ language: 'ar', mark: /^خطأ: /, error: /./, form: 'question', field: '#texte' },
	{
		language: 'fr',
		mark: /^Erreur\s: /,
		error: /Cochez/,
		form: 'services/creche/signaler',
		field: '#raisons'
	}
] as const)
	test(`in ${language}, ${form} sent empty says so in its title, and each error leads to its field`, async ({
		page
	}) => {
		test.info().annotations.push({ type: 'expects an error page' });
		await page.goto(pathIn(language, `/haut-valclair/${form}`));
		const title = await page.title();
		await page.locator('button.plein').click();
		await expect(page).toHaveTitle(mark);
		expect(title).not.toMatch(mark);
		await page.getByRole('alert').getByRole('link').first().focus();
		await page.keyboard.press('Enter');
		await expect(page.locator(field)).toBeFocused();
		await expect(page.locator(field)).toHaveAccessibleDescription(error);
	});

test('what must be filled is told in words, and so is how a mail and a number are written', async ({
	page
}) => {
	await page.goto('/haut-valclair/question');
	await expect(page.getByLabel('Votre question')).toHaveAccessibleDescription(/^Obligatoire\./);
	await expect(page.getByLabel('Votre courriel')).toHaveAccessibleDescription(
		/^Facultatif.*prenom@exemple\.fr/
	);
	await expect(page.getByLabel('Votre téléphone')).toHaveAccessibleDescription(/^Facultatif.*04.65.71.00.00/);
});

test('hours have a title, and today’s are told apart in words too', async ({ page }) => {
	await page.goto('/haut-valclair/services/accueil-petite-enfance');
	const hours = page.getByRole('table');
	await expect(hours.locator('caption')).toHaveText(/^\s*Horaires de la semaine\.\s+Ouvert\s+jusqu’à/);
	await expect(hours.locator('[aria-current=date]')).toHaveText('mardi');
	await page.goto('/haut-valclair/agenda?mois=2026-11');
	await expect(page.locator('td[aria-current=date] .jour')).toHaveText('mardi 24 novembre');
});

test('the first Tab leads to the content, past the header', async ({ page }) => {
	for (const path of [
		'/haut-valclair',
		'/haut-valclair/petite-enfance',
		'/haut-valclair/recherche?q=nounou'
	]) {
		await page.goto(path);
		await page.keyboard.press('Tab');
		await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		await expect(page.locator('main :focus'), path).toHaveCount(1);
	}
});

test('with letters twice as large on a wide screen, or spaced out on a small one, nothing goes out of sight', async ({
	page
}) => {
	const wider: string[] = [];
	for (const path of [...pages, ...kinds.map((one) => pathIn('tr', one.replace(/\?.*/, '')))]) {
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.goto(path);
		const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		await page.evaluate(() => {
			document.documentElement.style.fontSize = '200%';
		});
		if ((await overflow()) > 0) wider.push(`${path} with large letters`);
		await page.setViewportSize({ width: 360, height: 740 });
		await page.evaluate(() => {
			document.documentElement.style.fontSize = '';
			for (const element of document.querySelectorAll<HTMLElement>('body *')) {
				if (!(element instanceof HTMLElement)) continue;
				element.style.lineHeight = '1.5';
				element.style.letterSpacing = '0.12em';
				element.style.wordSpacing = '0.16em';
			}
		});
		if ((await overflow()) > 0) wider.push(`${path} spaced out`);
	}
	expect(wider).toEqual([]);
});
