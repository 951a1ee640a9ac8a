import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { speakAs } from '#lib/domain/language.ts';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { test } from '../../../../tests/world.ts';
import { findCode, issueCode, type PrintedCode } from '../codes/codes.ts';
import type { Db } from '../database/schema.ts';
import { listenToReaders } from '../speaking.ts';
import { startTypst, type Typst } from '../typst/typst.ts';
import { type SheetFormat, sheetFormats, sheetOf } from './sheet.ts';

const origin = 'https://annuaire.valclair.example';

let typst: Typst;
beforeAll(async () => {
	typst = startTypst();
	const wasmBinary = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
	await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer }, fireImmediately: true });
});
afterAll(() => {
	typst.stop();
});

async function codeTo(db: Db, dataDir: string, kind: string, object: string): Promise<PrintedCode> {
	const wanted = { kind, commune: 'haut-valclair', object, support: 'affiche' };
	const code = await findCode(db, await issueCode(db, dataDir, wanted, 'essai'));
	if (!code) throw new Error('No code');
	return code;
}

const pdf = async (db: Db, code: PrintedCode, format: SheetFormat) =>
	(
		await typst.draw({ template: 'affiche', as: 'pdf', data: await sheetOf(db, code, format, origin) })
	).toString('latin1');

describe('a sheet says', () => {
	test('the question that its page answers, where, the address to type and a person to call', async ({
		db,
		world
	}) => {
		const code = await codeTo(db, world.dataDir, 'theme', 'petite-enfance');
		expect(await sheetOf(db, code, 'a4', origin)).toMatchObject({
			theme: 'petite-enfance',
			where: 'Petite enfance à Haut-Valclair',
			question: 'Qui peut garder mon bébé\u202f?',
			other: null,
			typed: `annuaire.valclair.example/q/${code.code.toLowerCase()}`,
			call: {
				invitation: 'Ou appelez\u202f: Accueil petite enfance',
				number: '04\u202f65\u202f71\u202f00\u202f20'
			},
			site: 'Communauté de communes du Valclair',
			proof: false
		});
	});

	test('of a home, and of a theme that is gone, the welcome of its commune and the mairie’s number', async ({
		db,
		world
	}) => {
		for (const code of [
			await codeTo(db, world.dataDir, 'accueil', ''),
			await codeTo(db, world.dataDir, 'theme', 'disparu')
		])
			expect(await sheetOf(db, code, 'a6', origin)).toMatchObject({
				theme: null,
				where: 'Bienvenue à Haut-Valclair',
				call: { number: '04\u202f65\u202f71\u202f00\u202f01' }
			});
	});

	test('the question in the language of its page too, and that it is a proof where the site has no https address', async ({
		db,
		world
	}) => {
		onTestFinished(() => {
			speakAs(() => baseLocale);
		});
		listenToReaders();
		const code = await codeTo(db, world.dataDir, 'theme-tr', 'petite-enfance');
		const sheet = await sheetOf(db, code, 'a4', 'http://127.0.0.1:3000');
		expect(sheet).toMatchObject({ question: 'Qui peut garder mon bébé\u202f?', proof: true });
		expect(sheet.other).toMatchObject({ lang: 'tr', rtl: false });
		expect(JSON.stringify(sheet.other)).toMatch(/[ğışçöü]/);
		const easy = await codeTo(db, world.dataDir, 'theme-facile', 'petite-enfance');
		expect((await sheetOf(db, easy, 'a4', origin)).other).toBeNull();
	});
});

// Points of 1/72 inch, 210 mm being 595.28.
const sizes: Record<SheetFormat, [number, number]> = {
	a4: [595.28, 841.89],
	a3: [841.89, 1190.69],
	a6: [297.64, 420.94],
	facture: [280.63, 595.28],
	etiquettes: [595.28, 841.89]
};

for (const format of sheetFormats)
	test(`as « ${format} », it is one tagged page in French, of its size, whose codes a camera reads`, async ({
		db,
		world
	}) => {
		const code = await codeTo(db, world.dataDir, 'theme', 'petite-enfance');
		const file = await pdf(db, code, format);
		expect(file).toMatch(/^%PDF-1\.7/);
		for (const sign of ['/StructTreeRoot', '/Marked true', '/Lang (fr)', 'pdfuaid:part', '/FontFile'])
			expect(file, sign).toContain(sign);
		const boxes = [...file.matchAll(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
			Number(width),
			Number(height)
		]);
		expect(boxes).toHaveLength(1);
		for (const [i, size] of sizes[format].entries()) expect(boxes[0]?.[i]).toBeCloseTo(size, 0);

		const data = await sheetOf(db, code, format, origin);
		const png = await typst.draw({ template: 'affiche', as: 'png', data });
		const symbols = await readBarcodes(png, { formats: ['QRCode'], maxNumberOfSymbols: 30 });
		expect(symbols).toHaveLength(format === 'etiquettes' ? 24 : 1);
		for (const { text, extra } of symbols) {
			expect(text).toBe(`${origin}/q/${code.code}`.toUpperCase());
			expect(extra).toContain('"ECLevel":"Q"');
		}
	});

test('a sign that no font has is left out of the sheet, which is made all the same', async ({
	db,
	world
}) => {
	const code = await codeTo(db, world.dataDir, 'theme', 'petite-enfance');
	const data = await sheetOf(db, code, 'a6', origin);
	const made = (question: string) =>
		typst.draw({ template: 'affiche', as: 'pdf', data: { ...data, question } });
	const plain = await made('Qui garde mon bébé, et où ?');
	const odd = await made('Qui garde 🍼mon bébé, 日本№\u{1F469}\u200D\u{1F37C}et où ?');
	expect(Math.abs(odd.length - plain.length)).toBeLessThan(200);
	await expect(made('日本')).resolves.toBeInstanceOf(Buffer);
});

test('words as long as they come, in letters of several languages, still make a sheet', async ({
	db,
	world
}) => {
	const code = await codeTo(db, world.dataDir, 'theme', 'petite-enfance');
	for (const format of sheetFormats) {
		const data = {
			...(await sheetOf(db, code, format, origin)),
			question:
				'Anticonstitutionnellementissimement, ou une question qui n’en finit pas du tout, vraiment pas\u202f?',
			other: { lang: 'ar', rtl: true, words: 'من يمكنه أن يرعى طفلي الرضيع؟' },
			call: {
				invitation: 'Ou appelez\u202f: Maison des familles, des aînés et de leurs aidants',
				number: '04 65 71 00 00'
			},
			proof: true
		};
		expect((await typst.draw({ template: 'affiche', as: 'pdf', data })).length).toBeGreaterThan(10_000);
	}
});
