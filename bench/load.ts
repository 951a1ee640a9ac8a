import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { finished } from './processes.ts';

/** What a browser says it takes. */
export const acceptEncoding = 'gzip, deflate, br';

const connections = 32;

/** How requests are made in numbers: wrk where the machine has it, else a Node process of our own. */
export async function chooseGenerator(): Promise<'wrk' | 'node'> {
	const wrk = spawn('wrk', ['--version'], { stdio: 'ignore' });
	return new Promise((resolve) => {
		wrk.on('error', () => {
			resolve('node');
		});
		wrk.on('exit', () => {
			resolve('wrk');
		});
	});
}

/** Answers per second for one address, over `seconds`. */
export async function throughput(generator: 'wrk' | 'node', url: string, seconds: number): Promise<number> {
	const output =
		generator === 'wrk'
			? await finished('wrk', [
					'-t1',
					`-c${connections}`,
					`-d${seconds}s`,
					'-H',
					`Accept-Encoding: ${acceptEncoding}`,
					url
				])
			: await finished(process.execPath, [path.join(import.meta.dirname, 'load.ts'), url, String(seconds)]);
	const rate = Number(/(?:Requests\/sec:\s*|^)([\d.]+)/m.exec(output)?.[1]);
	if (!(rate > 0) || /Non-2xx/.test(output)) throw new Error(`The load on ${url} went wrong:\n${output}`);
	return rate;
}

/** The bytes of a GET request, on a connection that stays open. */
export function requestFor(url: URL, headers = ''): string {
	return `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nAccept-Encoding: ${acceptEncoding}\r\n${headers}\r\n`;
}

/** One connection kept open. `ask` gives the whole answer, head and body, as it came. */
export async function openConnection(
	url: URL
): Promise<{ ask(request: string): Promise<Buffer>; close(): void }> {
	const socket = connect(Number(url.port), url.hostname);
	socket.setNoDelay(true);
	await new Promise((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('error', reject);
	});
	return {
		ask: (request) => answerOn(socket, request),
		close: () => socket.destroy()
	};
}

function answerOn(socket: Socket, request: string): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		let received: Buffer = Buffer.alloc(0);
		const stop = (settle: () => void) => {
			socket.off('data', read).off('error', fail);
			settle();
		};
		const fail = (error: Error) => {
			stop(() => {
				reject(error);
			});
		};
		const read = (chunk: Buffer) => {
			received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
			const end = endOf(received);
			if (end !== undefined && received.length >= end)
				stop(() => {
					resolve(received);
				});
		};
		socket.on('data', read).on('error', fail);
		socket.write(request);
	});
}

/** Length of the answer these bytes begin, once its head is whole. */
function endOf(received: Buffer): number | undefined {
	const head = received.indexOf('\r\n\r\n');
	if (head < 0) return undefined;
	const length = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
	return head + 4 + Number(length ?? 0);
}

/** Run as a program: as many answers as one Node process can take, printed per second. */
async function generate(url: URL, seconds: number): Promise<void> {
	const request = requestFor(url);
	const probe = await openConnection(url);
	const size = (await probe.ask(request)).length;
	probe.close();
	let bytes = 0;
	const sockets = Array.from({ length: connections }, () => {
		const socket = connect(Number(url.port), url.hostname);
		let mine = 0;
		socket.on('data', (chunk) => {
			bytes += chunk.length;
			mine += chunk.length;
			// Answers of one address all have one size: counting bytes is counting answers.
			if (mine >= size) {
				mine -= size;
				socket.write(request);
			}
		});
		socket.on('connect', () => socket.write(request));
		return socket;
	});
	await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	console.log(String(bytes / size / seconds));
	for (const socket of sockets) socket.destroy();
}

if (process.argv[1] === import.meta.filename)
	await generate(new URL(process.argv[2] ?? ''), Number(process.argv[3]));
