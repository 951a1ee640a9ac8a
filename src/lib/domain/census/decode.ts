/** A text as it was found in a file, or why it isn't one. */
export type Decoded = { text: string; encoding: string } | { problem: string };

const notText = 'Ce fichier n’est pas un tableau : enregistrez-le en CSV ou en XLSX, puis recommencez.';

/** The text of a file in any usual encoding: UTF-8 and UTF-16 with their marks or without, Windows-1252, ISO-8859-15. */
export function decodeText(bytes: Uint8Array): Decoded {
	const encoding = encodingOf(bytes);
	const text = new TextDecoder(encoding).decode(bytes);
	// Control signs that no keyboard types: a picture, a program, a document.
	const odd = text.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
	if (odd > 0) return { problem: notText };
	return { text: text.replace(/^\ufeff/, ''), encoding };
}

function encodingOf(bytes: Uint8Array): string {
	const [a, b, c] = bytes;
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	const head = bytes.subarray(0, 4000);
	const zeros = (parity: number) => head.filter((byte, i) => byte === 0 && i % 2 === parity).length;
	if (zeros(1) > head.length / 4 && zeros(0) < head.length / 20) return 'utf-16le';
	if (zeros(0) > head.length / 4 && zeros(1) < head.length / 20) return 'utf-16be';
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return 'utf-8';
	} catch {
		return isLatin9(bytes) ? 'iso-8859-15' : 'windows-1252';
	}
}

/**
 * Whether the bytes that the two French one-byte encodings read in two ways are œ and € in ISO-8859-15. Windows-1252
 * says those in 0x80-0x9F, which ISO-8859-15 doesn't use.
 */
function isLatin9(bytes: Uint8Array): boolean {
	return (
		bytes.every((byte) => byte < 0x80 || byte > 0x9f) &&
		bytes.some((byte) => byte === 0xbd || byte === 0xbc || byte === 0xa4)
	);
}

const separators = [';', ',', '\t', '|'] as const;

/** Lines looked at to tell the separator. */
const looked = 20;

/** What separates the cells of a text: the sign that cuts the most lines as it cuts the first one, outside quotes. */
export function separatorOf(text: string): string {
	const lines = text
		.slice(0, 200_000)
		.replace(/"[^"]*"/g, '')
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== '')
		.slice(0, looked);
	const scored = separators.map((separator) => {
		const counts = lines.map((line) => line.split(separator).length - 1);
		const usual = mostCommon(counts.filter((count) => count > 0));
		return { separator, score: counts.filter((count) => count === usual).length * Math.min(usual, 40) };
	});
	return scored.toSorted((a, b) => b.score - a.score)[0]?.separator ?? ',';
}

function mostCommon(numbers: readonly number[]): number {
	const counted = [...Map.groupBy(numbers, (one) => one)];
	return counted.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 0;
}
