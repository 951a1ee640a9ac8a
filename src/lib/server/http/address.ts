import type { IncomingMessage } from 'node:http';

/**
 * The address a request comes from. Behind a proxy on this machine, the one the proxy saw: the last of
 * X-Forwarded-For, which it wrote itself. Anyone else may write what they like in that header: it is not read.
 */
export function clientAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
	const peer = socket.remoteAddress ?? '';
	if (!/^(127\.|::1$|::ffff:127\.)/.test(peer)) return peer;
	const seen = String(headers['x-forwarded-for'] ?? '')
		.split(',')
		.at(-1)
		?.trim();
	return seen === undefined || seen === '' ? peer : seen;
}
