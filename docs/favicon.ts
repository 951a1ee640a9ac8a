import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

/*
 * node docs/favicon.ts: draws static/favicon.ico from static/icone.svg, for the browsers and robots that ask for
 * nothing else. An .ico is a directory of PNG pictures.
 */
const folder = path.join(import.meta.dirname, '../static');
const sizes = [16, 32];

const browser = await chromium.launch({
	...(process.env.CHROMIUM_PATH === undefined ? {} : { executablePath: process.env.CHROMIUM_PATH }),
	args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
});
const svg = readFileSync(path.join(folder, 'icone.svg')).toString('base64');
const pictures: Buffer[] = [];
for (const size of sizes) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	await page.setContent(
		`<body style="margin:0"><img width="${size}" height="${size}" style="display:block" src="data:image/svg+xml;base64,${svg}">`
	);
	pictures.push(await page.screenshot({ omitBackground: true }));
}
await browser.close();

/** The header: reserved, type 1 (icon), how many; then for each its size, planes, depth, weight and place. */
const head = Buffer.alloc(6 + 16 * sizes.length);
head.writeUInt16LE(1, 2);
head.writeUInt16LE(sizes.length, 4);
let place = head.length;
for (const [i, picture] of pictures.entries()) {
	const entry = 6 + 16 * i;
	head.writeUInt8(sizes[i] ?? 0, entry);
	head.writeUInt8(sizes[i] ?? 0, entry + 1);
	head.writeUInt16LE(1, entry + 4);
	head.writeUInt16LE(32, entry + 6);
	head.writeUInt32LE(picture.length, entry + 8);
	head.writeUInt32LE(place, entry + 12);
	place += picture.length;
}
writeFileSync(path.join(folder, 'favicon.ico'), Buffer.concat([head, ...pictures]));
