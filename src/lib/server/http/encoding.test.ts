import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compress, isCompressible, preferredEncoding } from './encoding.ts';

test.each([
	[undefined, 'identity'],
	['', 'identity'],
	['gzip, deflate, br, zstd', 'br'],
	['gzip, deflate', 'gzip'],
	['GZIP', 'gzip'],
	['deflate', 'identity'],
	['*', 'br'],
	['br;q=0, *', 'gzip'],
	['*;q=0', 'identity'],
	['br;q=0.5, gzip;q=0.8', 'gzip'],
	['br; q=0.8, gzip ; q=0.8', 'br'],
	['br;q=0', 'identity'],
	['gzip;q=0.2, identity;q=0.5', 'identity'],
	['identity, gzip', 'gzip'],
	['br;q=beaucoup', 'identity'],
	[',,;;=,', 'identity']
])('a browser that takes « %s » receives %s', (accepted, expected) => {
	expect(preferredEncoding(accepted)).toBe(expected);
	expect(preferredEncoding(accepted), 'the second time too').toBe(expected);
});

test('a thousand odd preferences are answered, and not remembered for ever', () => {
	for (let i = 0; i < 1000; i++) expect(preferredEncoding(`gzip, odd-${i}`)).toBe('gzip');
});

test.each([
	['text/html; charset=utf-8', 5000, true],
	['text/calendar', 5000, true],
	['application/json', 5000, true],
	['application/ld+json', 5000, true],
	['image/svg+xml', 5000, true],
	['text/html', 100, false],
	['image/png', 5000, false],
	['application/pdf', 5000, false],
	['', 5000, false]
])('%s of %i bytes: worth compressing? %s', (type, size, expected) => {
	expect(isCompressible(type, size)).toBe(expected);
});

test('what was compressed reads the same, and smaller with more effort', async () => {
	const page = Buffer.from(
		Array.from(
			{ length: 500 },
			(_, i) => `<li>${(i * 7919).toString(36)} rue ${(i * 104_729).toString(29)}</li>`
		).join('')
	);
	const quick = await compress(page, 'br', 'quick');
	const small = await compress(page, 'br', 'small');
	expect(brotliDecompressSync(quick)).toEqual(page);
	expect(brotliDecompressSync(small)).toEqual(page);
	expect(small.length).toBeLessThan(quick.length);
	expect(gunzipSync(await compress(page, 'gzip', 'quick'))).toEqual(page);
	expect(await compress(page, 'identity', 'quick')).toEqual(page);
});
