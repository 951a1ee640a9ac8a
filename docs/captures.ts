import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findCode } from '#lib/server/codes/codes.ts';
import { sheetOf } from '#lib/server/paper/sheet.ts';
import { findSharePicture } from '#lib/server/share-picture.ts';
import { type Job, startTypst } from '#lib/server/typst/typst.ts';
import { beside } from '../tests/accounts.ts';
import { startSite } from '../tests/site.ts';
import { captureGuide } from './captures-guide.ts';

/*
 * npm run captures: current pictures of each kind of page, for docs/pages.md, the guide of mairies and the README.
 * The production build, Tuesday 24 November 2026 at 10 h 15; the real territory, and the fictional one for the guide.
 */
const folder = path.join(import.meta.dirname, 'images');
const commune = '/sillingy';

interface Capture {
	name: string;
	path: string;
	width?: number;
	height?: number;
	dark?: boolean;
	print?: boolean;
	/** The whole page, however long. */
	full?: boolean;
}

const captures: Capture[] = [
	{ name: 'telephone', path: `${commune}/petite-enfance` },
	{ name: 'telephone-nuit', path: `${commune}/petite-enfance`, dark: true },
	{ name: 'accueil-commune', path: commune },
	{ name: 'accueil-commune-1280', path: commune, width: 1280, full: true },
	{ name: 'accueil-territoire', path: '/' },
	{ name: 'theme-1280', path: `${commune}/petite-enfance`, width: 1280 },
	{ name: 'theme-papier', path: `${commune}/petite-enfance`, width: 794, height: 1123, print: true },
	{ name: 'urgences', path: `${commune}/sante-et-urgences` },
	{ name: 'fiche', path: `${commune}/services/service-petite-enfance`, height: 1700 },
	{ name: 'recherche', path: `${commune}/recherche?q=qui%20peut%20garder%20mon%20bebe` },
	{ name: 'rien-trouve', path: `${commune}/recherche?q=zzzz` },
	{ name: 'numeros-utiles', path: `${commune}/numeros-utiles` },
	{ name: 'arabe', path: `/ar${commune}/petite-enfance`, height: 1100 },
	{ name: 'comprendre', path: `/tr${commune}/comprendre`, height: 1100 },
	{ name: 'code-inconnu', path: '/q/O0O0O' }
];

mkdirSync(folder, { recursive: true });
const site = await startSite({ TERRITOIRE: 'fier-et-usses' });
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
	args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
});
try {
	for (const capture of captures) {
		const { width = 360, height = 760, dark = false } = capture;
		const page = await browser.newPage({
			viewport: { width, height },
			deviceScaleFactor: width < 500 ? 2 : 1,
			colorScheme: dark ? 'dark' : 'light',
			locale: 'fr-FR'
		});
		await take(page, capture);
		await page.close();
	}
	await captureGuide(browser, (page, name) => keep(page, name, true));
	await drawPaper();
} finally {
	await browser.close();
	await site.stop();
}

async function take(
	page: Page,
	{ name, path: address, print = false, full = false }: Capture
): Promise<void> {
	if (print) await page.emulateMedia({ media: 'print' });
	await page.goto(site.origin + address);
	await keep(page, name, full);
}

/** What is drawn rather than shown: the picture beside a shared address, and two sheets of a printed code. */
async function drawPaper(): Promise<void> {
	const [code] = site.query<{ code: string }>(
		`SELECT code FROM code JOIN code_target USING (code) WHERE object = 'petite-enfance' AND commune = '${commune.slice(1)}' LIMIT 1`
	);
	const typst = startTypst();
	try {
		const jobs = await beside(site, async (db) => {
			const printed = await findCode(db, code?.code ?? '');
			const picture = await findSharePicture(db, commune.slice(1), 'petite-enfance');
			if (!printed || !picture) throw new Error('Nothing to draw');
			const sheet = async (format: 'a4' | 'facture'): Promise<Job> => ({
				template: 'affiche',
				as: 'png',
				data: await sheetOf(db, printed, format, 'https://annuaire.exemple.fr')
			});
			return { partage: picture, affiche: await sheet('a4'), encart: await sheet('facture') };
		});
		for (const [name, job] of Object.entries(jobs)) {
			writeFileSync(path.join(folder, `${name}.png`), await typst.draw(job));
			console.log(`docs/images/${name}.png`);
		}
	} finally {
		typst.stop();
	}
}

async function keep(page: Page, name: string, fullPage: boolean): Promise<void> {
	// The clock is set for the pictures, and each page says so: not in its picture.
	await page.locator('.essai').evaluateAll((warnings) => {
		for (const warning of warnings) warning.remove();
	});
	await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
	console.log(`docs/images/${name}.png`);
}
