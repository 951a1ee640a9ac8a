import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import sharp from 'sharp';
import { pictograms } from '#lib/domain/pictograms.ts';
import type { Job, Outcome } from './typst.ts';

/*
 * The process in which typst draws, started by `startTypst`. Templates read /data.json, what they are asked to show,
 * and the identity of the site: /couleurs.json and /pictogrammes.json, by theme.
 */
const templates = path.join(import.meta.dirname, 'templates');

/** The fonts of paper and pictures, those of the project and no other: a page is the same on every machine. */
const fonts = [
	'atkinson-hyperlegible-next/500Medium/AtkinsonHyperlegibleNext_500Medium.ttf',
	'atkinson-hyperlegible-next/800ExtraBold/AtkinsonHyperlegibleNext_800ExtraBold.ttf',
	'noto-naskh-arabic/500Medium/NotoNaskhArabic_500Medium.ttf',
	'noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf'
];

// No picture is drawn twice.
sharp.cache(false);

const { resolve } = createRequire(import.meta.url);
const compiler = NodeCompiler.create({
	workspace: templates,
	fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(resolve(`@expo-google-fonts/${font}`))) }]
});

function provide(file: string, content: unknown): void {
	compiler.mapShadow(path.join(templates, file), Buffer.from(JSON.stringify(content)));
}

/** What each theme's field is filled with, and what is written on it, as on the screen. */
function coloursByTheme(): Record<string, { plaque: string; sur: string }> {
	const tokens = readFileSync(path.join(import.meta.dirname, '../../styles/tokens.css'), 'utf8');
	const fields = tokens.matchAll(/\.t-([a-z-]+) \{\s*--plaque: (#[0-9a-f]{6});\s*--sur: (#[0-9a-f]{6});/g);
	return Object.fromEntries(
		Array.from(fields, ([, theme = '', plaque = '', sur = '']) => [theme, { plaque, sur }])
	);
}

provide('couleurs.json', coloursByTheme());
provide('pictogrammes.json', pictograms);

async function draw({ template, as, data }: Job): Promise<Buffer> {
	// What no drawing of late had use for is let go: hundreds in a row would hold on to all of it.
	compiler.evictCache(3);
	if (as === 'pdf') return paper(template, data);
	return sharp(Buffer.from(compiler.plainSvg(compile(template, data))), { density: 72 })
		.png({ palette: true, colours: 128 })
		.toBuffer();
}

/** PDF/UA-1 refuses a sign that no font has: one pasted in a name must not keep a mairie from its poster, so it is left out. */
function paper(template: Job['template'], data: Job['data']): Buffer {
	try {
		return compiler.pdf(compile(template, data), { pdfStandard: 'ua-1' });
	} catch (fault) {
		const told = JSON.stringify(data);
		const left = withoutSigns(told, missingSigns(fault instanceof Error ? fault.message : ''));
		if (left === told) throw fault;
		return paper(template, JSON.parse(left) as Job['data']);
	}
}

/** The signs that the compiler says no font has, in its words: « the text `"🍼"` could not be displayed ». */
function missingSigns(message: string): string[] {
	return Array.from(
		message.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/gu),
		([, sign = '']) => sign
	);
}

function withoutSigns(json: string, signs: readonly string[]): string {
	return signs.reduce((left, sign) => left.replaceAll(sign, ''), json);
}

function compile(template: Job['template'], data: Job['data']): NodeTypstDocument {
	provide('data.json', data);
	const compiled = compiler.compile({ mainFilePath: path.join(templates, `${template}.typ`) });
	const fault = compiled.takeError();
	if (compiled.result === null)
		throw new Error(`${template}.typ: ${JSON.stringify(fault && compiler.fetchDiagnostics(fault))}`);
	return compiled.result;
}

function answer(outcome: Outcome): void {
	process.send?.(outcome);
}

process.on('message', (job: Job) => {
	draw(job).then(
		(file) => answer({ file }),
		(fault: unknown) => answer({ fault: fault instanceof Error ? fault.message : String(fault) })
	);
});
