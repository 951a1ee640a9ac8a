import { expect, test } from 'vitest';
import { decodeText, separatorOf } from './decode.ts';

const text = 'nom;téléphone\r\nŒuvre d’été ; 12 €;04 65 71 00 01\r\n';
/** « nom;Œuvre à 12 € » in a one-byte encoding, where these two signs have their own numbers. */
const latin = (euro: number, oe: number) =>
	Buffer.concat([
		Buffer.from('nom;'),
		Buffer.from([oe]),
		Buffer.from('uvre à 12 ', 'latin1'),
		Buffer.from([euro])
	]);
const utf16 = (isBig: boolean, content: string) => {
	const bytes = Buffer.from(content, 'utf16le');
	return isBig ? bytes.swap16() : bytes;
};

test.each([
	['UTF-8', new TextEncoder().encode(text)],
	['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${text}`)],
	['UTF-16 little end first', utf16(false, `\ufeff${text}`)],
	['UTF-16 big end first', utf16(true, `\ufeff${text}`)]
])('%s is read', (_, bytes) => {
	expect(decodeText(bytes)).toMatchObject({ text });
});

test('the two old French encodings are told apart by their euro and their œ', () => {
	expect(decodeText(latin(0x80, 0x8c))).toEqual({ text: 'nom;Œuvre à 12 €', encoding: 'windows-1252' });
	expect(decodeText(latin(0xa4, 0xbc))).toEqual({ text: 'nom;Œuvre à 12 €', encoding: 'iso-8859-15' });
});

test('UTF-16 without its mark is read, what holds control signs is not a text', () => {
	const plain = 'nom;telephone\r\nMairie;0465710001\r\n';
	expect(decodeText(utf16(false, plain))).toMatchObject({ text: plain });
	expect(decodeText(new Uint8Array([110, 111, 109, 0, 59, 1, 2]))).toHaveProperty('problem');
	expect(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]))).toHaveProperty(
		'problem'
	);
});

test.each([
	['nom,adresse\n"a","1 rue; 2e étage"\nb,c', ','],
	['nom;adresse\n"Dupont, Jean";x\nb;"1, 2, 3"', ';'],
	['nom\tville\na, b\tc', '\t'],
	['nom|ville\na|b', '|'],
	['Recensement\n\nnom;ville;tel\na;b;c\nd;e;f', ';'],
	['nom\nMairie\nÉcole', ';'],
	['', ';']
])('%j is cut by %j', (content, separator) => {
	expect(separatorOf(content)).toBe(separator);
});
