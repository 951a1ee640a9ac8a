import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Job, startTypst, type Typst } from './typst.ts';

let typst: Typst;
beforeAll(() => {
	typst = startTypst();
});
afterAll(() => {
	typst.stop();
});

const said = {
	lang: 'fr',
	rtl: false,
	theme: 'jeunesse',
	title: 'Jeunesse',
	place: 'Haut-Valclair',
	site: 'Valclair'
};
const share = (data: Job['data'] = {}): Job => ({
	template: 'partage',
	as: 'png',
	data: { ...said, ...data }
});
const tokens = textAt('../../styles/tokens.css');

function textAt(file: string): string {
	return readFileSync(path.join(import.meta.dirname, file), 'utf8');
}

/** The colour at a point of the picture, `#rrggbb`. */
async function colourAt(png: Buffer, left: number, top: number): Promise<string> {
	const { data } = await sharp(png).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer({
		resolveWithObject: true
	});
	return `#${data.toString('hex')}`;
}

/** How many lines of pixels between these heights bear something else than the field. */
async function writtenBetween(png: Buffer, top: number, bottom: number): Promise<number> {
	const { data, info } = await sharp(png)
		.removeAlpha()
		.extract({ left: 150, top, width: 900, height: bottom - top })
		.raw()
		.toBuffer({ resolveWithObject: true });
	const field = data.subarray(0, 3).toString('hex');
	return Array.from({ length: info.height }, (_, y) =>
		data.subarray(y * info.width * 3, (y + 1) * info.width * 3)
	).filter((line) => line.toString('hex').replaceAll(field, '') !== '').length;
}

test.each([
	['jeunesse', '#fcdb4b'],
	['droits-et-demarches', '#003a49'],
	// A theme that has neither colours nor pictogram yet stands on the sky at dawn.
	['habitat', '#ffe6cf'],
	[null, '#ffe6cf']
])(
	'the picture of %s is as wide as networks ask and bears the colour of the screen',
	async (theme, colour) => {
		const png = await typst.draw(share({ theme }));
		expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
		expect(await colourAt(png, 4, 4)).toBe(colour);
		if (theme !== null) expect(tokens.includes(`--plaque: ${colour};`)).toBe(theme !== 'habitat');
		// WhatsApp shows none above 300 kB.
		expect(png.length).toBeLessThan(100_000);
	}
);

test.each([
	['Arabic, from right to left', { lang: 'ar', rtl: true, title: 'الطفولة المبكرة' }],
	['Turkish letters', { lang: 'tr', title: 'Yaşlılar ve aileleri, çocuklar, gençler' }],
	['a word as long as they come', { title: 'Anticonstitutionnellementissimement' }],
	[
		'a name of four lines',
		{ title: 'Enfants ayant des besoins particuliers, et leurs aidants : à qui parler ?' }
	]
])('%s: the words are drawn, and leave the margins free', async (_, data) => {
	const png = await typst.draw(share(data));
	expect(await writtenBetween(png, 185, 430)).toBeGreaterThan(60);
	// Between the river and the box of the words.
	for (const left of [105, 1090]) expect(await colourAt(png, left, 300)).toBe('#fcdb4b');
});

test('the landscape of a home has the fields of the screen, each in its colour', () => {
	const fields = [...textAt('templates/paysage.svg').matchAll(/<path fill="(#[0-9a-f]{6})" d="M[^"]*Q/g)].map(
		([, colour]) => colour
	);
	const plates = [...tokens.matchAll(/--plaque: (#[0-9a-f]{6})/g)].map(([, colour]) => colour);
	expect(fields).toHaveLength(11);
	expect(fields.toSorted()).toEqual(plates.toSorted());
});

test('what can’t be drawn is refused with its reason, and the next is drawn', async () => {
	await expect(typst.draw({ template: 'partage', as: 'png', data: {} })).rejects.toThrow(
		'dictionary does not contain key'
	);
	await expect(typst.draw(share())).resolves.toBeInstanceOf(Buffer);
});

test('a process that dies is replaced, and what it was drawing is refused', async () => {
	await typst.draw(share());
	const child = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
		.toString()
		.split('\n')
		.find((line) => line.includes('compiler.ts'));
	const drawing = typst.draw(share({ title: 'Perdu' }));
	process.kill(Number.parseInt(child ?? '', 10), 'SIGKILL');
	await expect(drawing).rejects.toThrow('typst ended without an answer');
	await expect(typst.draw(share())).resolves.toBeInstanceOf(Buffer);
});

test('many asked at once are drawn in turn', async () => {
	const pictures = await Promise.all(['Un', 'Deux', 'Trois'].map((title) => typst.draw(share({ title }))));
	expect(new Set(pictures.map((png) => png.toString('base64'))).size).toBe(3);
});
