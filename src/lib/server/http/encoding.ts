import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, type BrotliOptions, constants, gunzip, gzip } from 'node:zlib';

/** How a body travels, by the name HTTP gives it. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** `quick` is for an answer someone waits for, `small` for one that will be sent many times. */
export type Effort = 'quick' | 'small';

const brotli = promisify(brotliCompress);
const unbrotli = promisify(brotliDecompress);
const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Below this many bytes, compressing saves nothing a network would notice. */
const smallest = 400;

/**
 * The best encoding among those a client takes: brotli, then gzip, then none.
 * @param accepted the Accept-Encoding header (RFC 9110 §12.5.3); undefined when absent
 */
export function preferredEncoding(accepted: string | undefined): Encoding {
	if (accepted === undefined) return 'identity';
	const known = preferences.get(accepted);
	if (known !== undefined) return known;
	const preferred = readPreference(accepted);
	// Browsers send a handful of values; whoever sends thousands is not worth remembering.
	if (preferences.size < 200) preferences.set(accepted, preferred);
	return preferred;
}

const preferences = new Map<string, Encoding>();

function readPreference(accepted: string): Encoding {
	const weights = new Map<string, number>();
	for (const part of accepted.toLowerCase().split(',')) {
		const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
		const weight = parameters.find((parameter) => parameter.startsWith('q='));
		weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
	}
	const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
	const best = Math.max(weightOf('br'), weightOf('gzip'));
	if (best === 0 || best < (weights.get('identity') ?? 0)) return 'identity';
	return weightOf('br') === best ? 'br' : 'gzip';
}

/** Whether a body of this type and size gains from being compressed. */
export function isCompressible(contentType: string, size: number): boolean {
	return (
		size >= smallest &&
		/^(text\/|application\/(json|javascript|xml|manifest\+json|ld\+json|geo\+json|rss\+xml|atom\+xml|x-ndjson)|image\/svg\+xml)/i.test(
			contentType
		)
	);
}

/** The body in that encoding, off the main thread. `small` takes ten times longer and gains a tenth. */
export async function compress(body: Buffer, encoding: Encoding, effort: Effort): Promise<Buffer> {
	if (encoding === 'br') return compact(await brotli(body, brotliOptions(body.length, effort)));
	if (encoding === 'gzip') return compact(await zip(body, { level: effort === 'small' ? 9 : 6 }));
	return body;
}

/** What `compress` was given. */
export async function decompress(body: Buffer, encoding: Encoding): Promise<Buffer> {
	if (encoding === 'br') return unbrotli(body);
	return encoding === 'gzip' ? unzip(body) : body;
}

function brotliOptions(size: number, effort: Effort): BrotliOptions {
	// A window as large as the body is enough; the usual one costs megabytes for a page of 40 kB.
	const window = Math.min(22, Math.max(16, Math.ceil(Math.log2(size)) + 1));
	return {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: effort === 'small' ? 11 : 5,
			[constants.BROTLI_PARAM_LGWIN]: window,
			[constants.BROTLI_PARAM_SIZE_HINT]: size,
			[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT
		}
	};
}

/** zlib gives a piece of a larger block, which would stay in memory as long as the piece does. */
function compact(bytes: Buffer): Buffer {
	const alone = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(alone);
	return alone;
}
