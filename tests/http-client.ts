import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** What a server answered, byte for byte. */
export interface Received {
	status: number;
	headers: IncomingHttpHeaders;
	/** As it travelled. */
	bytes: Buffer;
	/** Decompressed. */
	text: string;
}

export interface Sent {
	method?: string;
	headers?: OutgoingHttpHeaders;
	body?: string | Buffer;
}

/** Asks a server of this machine for a path, sent exactly as written. */
export function ask(
	port: number,
	path: string,
	{ method = 'GET', headers = {}, body }: Sent = {}
): Promise<Received> {
	return new Promise((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				const bytes = Buffer.concat(chunks);
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					bytes,
					text: decoded(bytes, response.headers['content-encoding']).toString()
				});
			});
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
	if (bytes.length === 0 || encoding === undefined) return bytes;
	return encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes);
}

/** Writes bytes on a connection and gives what came back once the server closed it, or fell silent. */
export function askRaw(port: number, text: string | Buffer, silence = 1000): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		let received = '';
		const end = () => {
			socket.destroy();
			resolve(received);
		};
		socket.setEncoding('latin1');
		socket.setTimeout(silence, end);
		socket.on('data', (data) => (received += String(data)));
		socket.on('error', end);
		socket.on('close', end);
		socket.on('connect', () => socket.write(text));
	});
}
