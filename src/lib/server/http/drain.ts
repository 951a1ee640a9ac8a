import type { IncomingMessage } from 'node:http';
import { bodyLimit } from './refusal.ts';

/**
 * Waits until the body of a request has come whole, though nobody reads it: a client that is still sending when the
 * connection ends never sees its answer. Past `bodyLimit`, or once the client is gone, waits no more.
 */
export async function drained(req: IncomingMessage): Promise<void> {
	if (req.complete || req.destroyed || Number(req.headers['content-length'] ?? 0) > bodyLimit) return;
	await new Promise<void>((resolve) => {
		let received = 0;
		const count = (chunk: Buffer) => {
			received += chunk.length;
			if (received > bodyLimit) done();
		};
		const flow = () => {
			req.resume();
		};
		const done = () => {
			req.off('data', count);
			req.off('pause', flow);
			for (const event of ['end', 'close', 'error']) req.off(event, done);
			resolve();
		};
		req.on('data', count);
		req.on('pause', flow);
		for (const event of ['end', 'close', 'error']) req.on(event, done);
		req.resume();
	});
}
